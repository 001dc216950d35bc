using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>Two directors read the same plan, and both agree at the same moment.</summary>
public sealed class TwoApproversTests(AzuriteFixture azurite, Chromium chromium)
{
    [Fact]
    public async Task Two_who_approve_at_the_same_instant_approve_once_and_the_other_reads_who_did()
    {
        await using var app = await Office.ClearedAsync(azurite);
        await ReleaseActs.SealedAsync(app);
        await using var one = await ReadyAsync(app, "approver");
        await using var other = await ReadyAsync(app, "ann");

        await Task.WhenAll(Approve(one).ClickAsync(), Approve(other).ClickAsync());

        // Either the page of what was recorded, or who was quicker.
        var told = await Task.WhenAll(ToldAsync(one), ToldAsync(other));
        Assert.Single(told, it => it.StartsWith("Recorded at 10:", StringComparison.Ordinal));
        var late = Assert.Single(told, it => !it.StartsWith("Recorded at 10:", StringComparison.Ordinal));
        Assert.Matches(@"(approver|ann) (has approved it already|approved \()", late);
        var acts = (await app.GetAsync("api/audit"))["acts"].EnumerateArray();
        Assert.Single(acts, act => act.GetProperty("what").GetString() == "approvalGiven");
        await app.IdleAsync();
        Assert.Equal(1, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    private async Task<Visitor> ReadyAsync(AppHost app, string who)
    {
        var approver = await Visitor.ComeAsync(chromium, app, who);
        await approver.OpenAsync("/console/releases/R-1");
        await approver.Page.FillAsync("#approve-total", "$158.00");
        await approver.Page.FillAsync("#approve-reason", "Read it");
        return approver;
    }

    private static Microsoft.Playwright.ILocator Approve(Visitor approver) =>
        approver.Page.GetByRole(
            Microsoft.Playwright.AriaRole.Button,
            new() { Name = "Approve: send 3 debits, $158.00", Exact = true }
        );

    private static async Task<string> ToldAsync(Visitor approver)
    {
        var told = approver.Page.Locator(
            "p.done, form:has(#approve-reason) [data-answer]:not([data-kind=wait]):not(:empty)"
        );
        await told.First.WaitForAsync();
        return await told.First.InnerTextAsync();
    }
}
