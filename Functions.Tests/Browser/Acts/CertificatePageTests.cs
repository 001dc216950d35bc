using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>Does what was counted equal what was entered?</summary>
public sealed class CertificatePageTests(AzuriteFixture azurite, Chromium chromium)
{
    private const string Page = "/console/cycles/1/certificate";

    private const string Counted =
        """{"totals":[{"receivedOn":"2020-01-20","channel":"cash","drawer":"W3","count":2,"amountCents":8000}],"reason":"Slips"}""";

    [Fact]
    public async Task A_missing_receipt_keeps_the_cycle_from_being_cleared_until_it_is_entered()
    {
        await using var app = await Office.HeldAsync(azurite);
        await app.ImportAsync("payments", Payment("P-1", "A-4", "20.00"));
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await preparer.OpenAsync(Page);
        await preparer.Page.ClickAsync("text=Type one total");
        await preparer.FillAsync("Received", "2020-01-20");
        await preparer.FillAsync("Drawer (empty: all others)", "W3");
        await preparer.FillAsync("Receipts", "2");
        await preparer.FillAsync("Their sum", "$80.00");
        await preparer.Page.FillAsync("#count-reason", "The slips");
        await preparer.PressAsync("Enter this total");

        var text = await preparer.TextAsync();
        Assert.Contains("You cannot clear cycle 1: 1 of 1 totals differs, by $60.00", text, StringComparison.Ordinal);
        Assert.Contains(
            "Cycle 1 cannot be cleared: for Jan 20 the office counted 1 cash payment, $60.00, in drawer W3 that is not entered "
                + "here. A customer could be charged $60.00 that they have paid.",
            text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "6000",
            $"{(await app.GetAsync("api/cycles/1/certificate"))["totals"].GetProperty("differenceCents")}"
        );
        Assert.True(
            await preparer
                .Page.Locator("#clear-reason ~ * [data-act], form:has(#clear-reason) [data-act]")
                .First.IsDisabledAsync()
        );
        await chromium.FitsEveryoneAsync(app, "preparer", Page, "certificate");

        await app.ImportAsync("payments", Payment("P-2", "A-3", "60.00"));
        await app.IdleAsync();
        await preparer.OpenAsync(Page);
        await preparer.FillAsync("Cash", "2020-01-21");
        await preparer.FillAsync("Online", "2020-01-20");
        await preparer.WaitForAsync(
            ".preview",
            "You say that every payment for cycle 1 received through Jan 21 (online: Jan 20) is entered. Nothing is charged by "
                + "this. Next, a plan is made, and another person approves it."
        );
        await preparer.Page.FillAsync("#clear-reason", "All entered");
        await preparer.PressAsync("Clear cycle 1");

        Assert.Contains(
            "Cycle 1 is cleared: the one total agrees",
            await preparer.TextAsync(),
            StringComparison.Ordinal
        );
        Assert.True((await app.GetAsync("api/cycles/1"))["backlog"].GetProperty("cleared").GetBoolean());
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    [Fact]
    public async Task An_approver_overrides_by_typing_what_the_differences_come_to()
    {
        await using var app = await Office.HeldAsync(azurite);
        await app.PutAsync("api/cycles/1/certificate", Counted, "preparer");
        await using var preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await using var approver = await Visitor.ComeAsync(chromium, app, "approver");
        await preparer.OpenAsync(Page);
        await preparer.Page.ClickAsync("text=An approver can override with a reason");
        await preparer.Page.FillAsync("#override-reason", "The receipts burned");
        await preparer.PressAsync("Ask for an override of $80.00");
        Assert.Contains(
            "You asked for this, so you cannot approve it",
            await preparer.TextAsync(),
            StringComparison.Ordinal
        );

        await approver.OpenAsync(Page);
        await approver.Page.FillAsync("#override-total", "80.00");
        await approver.Page.FillAsync("#override-reason", "Both customers were asked");
        await approver.PressAsync("Clear cycle 1 in spite of $80.00");

        Assert.Contains("cleared in spite of differences", await approver.TextAsync(), StringComparison.Ordinal);
    }

    private static string Payment(string id, string account, string amount) =>
        $"{Csv.PaymentsHeader}\n{id},{account},{amount},cash,W3,2020-01-20,\n";
}
