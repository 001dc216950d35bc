using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>One bill leaves a hold: asked for on its account's page, agreed to by another person (R38).</summary>
public sealed class ExemptionPageTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Account = "/console/accounts/A-1";

    [Fact]
    public async Task A_bill_leaves_a_hold_by_two_people_and_goes_back_by_one()
    {
        await using var app = await Office.HeldAsync(azurite);
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await preparer.OpenAsync(Account);
        await preparer.Page.ClickAsync("text=Take bill B-A-1, $41.20, out of 'outage'");

        var shown = await preparer.TextAsync();
        Assert.Matches(
            @"Bill B-A-1, \$41\.20, leaves on Wed, Jan 22, 2020 at \d+:\d\d a\.m\., without a release\.",
            shown
        );
        Assert.Contains("Another person has to agree. Until then nothing changes.", shown, StringComparison.Ordinal);
        await preparer.Page.FillAsync("#act-reason", "A final bill");
        await preparer.Page.ClickAsync("text=Take $41.20 out");

        await preparer.WaitForAsync("main .notice", "Waits for another person:");
        Assert.Empty(await ExemptionsAsync(app));
        await AgreeAsync(app);
        Assert.Equal(["outage"], await ExemptionsAsync(app));

        await preparer.OpenAsync(Account);
        await preparer.Page.ClickAsync("text=Put bill B-A-1, $41.20, back into 'outage'");
        Assert.Contains("Without this it leaves on Wed, Jan 22", await preparer.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Another person", await preparer.TextAsync(), StringComparison.Ordinal);
        await preparer.Page.FillAsync("#act-reason", "It was another bill");
        await preparer.Page.ClickAsync("text=Put $41.20 back");
        await preparer.Page.WaitForURLAsync("**/console/accounts/A-1?acted=true*");
        Assert.Empty(await ExemptionsAsync(app));
    }

    private async Task AgreeAsync(AppHost app)
    {
        await using var approver = await Visitor.ComeAsync(chromium, app, "approver");
        await approver.OpenAsync("/console");
        await approver.Page.ClickAsync("main a:has-text('A-1')");
        await approver.Page.ClickAsync("main table a:has-text('Approve')");
        var form = approver.Page.Locator("#ApproveRequest form");
        await form.Locator("textarea").FillAsync("I know of the final bill");
        await form.Locator("[data-act]").ClickAsync();
        await approver.Page.WaitForURLAsync("**/console/work?gone=**");
        await app.IdleAsync();
    }

    private static async Task<IEnumerable<string?>> ExemptionsAsync(AppHost app) =>
        (await app.GetAsync("api/accounts/A-1"))["bills"]
            [0]
            .GetProperty("exemptions")
            .EnumerateArray()
            .Select(it => it.GetString());
}
