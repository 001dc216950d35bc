using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>Whom does a hold stop, and until when: counted while the form is filled in.</summary>
public sealed class DeferralPageTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Outage = "/console/deferrals/new?ready=outage";

    [Fact]
    public async Task The_outage_that_began_today_is_held_with_the_count_that_was_shown()
    {
        await using var app = await Office.OpenAsync(azurite);
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await preparer.OpenAsync("/console/deferrals/new");
        Assert.True(await preparer.Page.Locator("[data-act]").IsDisabledAsync());
        await preparer.Page.ClickAsync("text=Outage that began today");

        var preview = await preparer.Page.InnerTextAsync(".preview");
        Assert.Contains("Hold 4 debits of 4 accounts, $179.20.", preview, StringComparison.Ordinal);
        Assert.Contains(
            "Cycle 2: no bills in this window yet; bills that arrive later are held as well.",
            preview,
            StringComparison.Ordinal
        );
        Assert.Contains("Not stopped: 0 debits are already with the bank.", preview, StringComparison.Ordinal);
        Assert.Contains("The first one would have left tomorrow at ", preview, StringComparison.Ordinal);

        await preparer.FillAsync("to, inclusive", "2020-02-05");
        await preparer.Page.FillAsync("#act-reason", "Cashier system down");
        await preparer.Page.Locator("form[data-send]:not([data-stale])").WaitForAsync();
        await preparer.PressAsync("Hold 4 debits, $179.20");

        Assert.Contains(
            "In force for cycles 1, 2, until each is cleared",
            await preparer.TextAsync(),
            StringComparison.Ordinal
        );
        var deferral = (await app.GetAsync("api/controls"))["deferrals"][0];
        Assert.Equal(
            ("2020-01-22", "2020-02-05", "Cashier system down"),
            (
                deferral.GetProperty("dueFrom").GetString(),
                deferral.GetProperty("dueTo").GetString(),
                deferral.GetProperty("reason").GetString()
            )
        );

        await app.IdleAsync();
        await preparer.OpenAsync(new Uri(preparer.Page.Url).AbsolutePath);
        await preparer.Page.FillAsync("#act-reason", "It was an exercise");
        await preparer.PressAsync("Withdraw: 4 debits, $179.20");
        Assert.Contains("Recorded at 7:", await preparer.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Withdrawn: it holds nothing any more", await preparer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_at_once_the_second_gets_the_conflict_with_the_firsts_act_and_keeps_the_text()
    {
        await using var app = await Office.OpenAsync(azurite);
        await using var second = await Visitor.ComeAsync(chromium, app, "preparer");
        await second.OpenAsync(Outage);
        await second.Page.FillAsync("#act-reason", "The text of the second");
        await app.PostAsync(
            "api/deferrals",
            """{"id":"first","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-01-22","action":"hold","reason":"First was here"}""",
            "ann"
        );
        await app.IdleAsync();

        await second.Page.ClickAsync("[data-act]");

        var answer = await second.WaitForAsync(".answer", "Since you opened this page");
        Assert.Matches(
            @"^Since you opened this page, ann declared a hold or a merge \('First was here'\) at 7:\d\d a\.m\. Nothing of yours "
                + @"was recorded\. Your text is still here; this is what it would do now\.$",
            answer
        );
        Assert.Equal("The text of the second", await second.Page.InputValueAsync("#act-reason"));
        await second.WaitForAsync(".preview", "4 debits more, $179.20, are held already");
        Assert.Contains("'First was here'", await second.Page.InnerTextAsync(".preview"), StringComparison.Ordinal);
        Assert.Equal(1, (await app.GetAsync("api/controls"))["deferrals"].GetArrayLength());

        await second.PressAsync("Hold what arrives");
        Assert.Equal(2, (await app.GetAsync("api/controls"))["deferrals"].GetArrayLength());
    }

    [Fact]
    public async Task It_fits_everyone_and_a_viewer_reads_who_may()
    {
        await using var app = await Office.HeldAsync(azurite);
        await using var viewer = await Visitor.ComeAsync(chromium, app, "viewer", script: false);
        await viewer.OpenAsync(Outage);
        Assert.Contains("This needs the role Preparer.", await viewer.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Both must end before those debits go.", await viewer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (await viewer.OpenAsync("/console/deferrals/none")).Status);

        await chromium.FitsEveryoneAsync(app, "preparer", Outage, "declare");
        await chromium.FitsEveryoneAsync(app, "preparer", "/console/deferrals/outage", "deferral");
    }
}
