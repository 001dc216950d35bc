using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>A cycle is opened again by one of two who wanted to.</summary>
public sealed class ReopenPageTests(AzuriteFixture azurite, Chromium chromium)
{
    [Fact]
    public async Task Two_at_once_the_second_reads_the_firsts_act_with_what_it_would_do_now()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await using var second = await Visitor.ComeAsync(chromium, app, "preparer");
        await second.OpenAsync("/console/cycles/1/reopen");
        Assert.Equal("Reopen Cycle 1 · West: hold 3 debits, $158.00", await ActAsync(second));
        await second.Page.FillAsync("#act-reason", "The text of the second");
        var first =
            """{"id":"first","cycles":[2],"dueFrom":"2020-02-26","dueTo":"2020-02-26","action":"hold","reason":"First was here"}""";
        Assert.Equal(201, (await app.PostAsync("api/deferrals", first, "ann")).Status);
        await app.ImportAsync("payments", Csv.Payments(("P-7", "A-2", "63.00")));
        // What is paid whole is nothing to hold, as soon as a walk has seen it.
        await app.TickAsync();
        await app.IdleAsync();

        await second.Page.ClickAsync("[data-act]");

        var answer = await second.WaitForAsync(".answer", "Since you opened this page");
        Assert.Contains("ann declared a hold or a merge ('First was here')", answer, StringComparison.Ordinal);
        Assert.Contains("Nothing of yours was recorded.", answer, StringComparison.Ordinal);
        Assert.Equal("The text of the second", await second.Page.InputValueAsync("#act-reason"));
        Assert.True((await app.GetAsync("api/cycles/1"))["backlog"].GetProperty("cleared").GetBoolean());
        await second.WaitForAsync("[data-act]", "Reopen Cycle 1 · West: hold 2 debits, $95.00");

        await second.PressAsync("Reopen Cycle 1 · West: hold 2 debits, $95.00");
        Assert.False((await app.GetAsync("api/cycles/1"))["backlog"].GetProperty("cleared").GetBoolean());
    }

    private static async Task<string> ActAsync(Visitor visitor) =>
        (await visitor.Page.InnerTextAsync("[data-act]")).Trim();
}
