using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>
/// The README's walkthrough at the pages: the same files, the same days, the same numbers. What is done is done with
/// the hand that the office has; what became of it is asked of the routes and of the bank.
/// </summary>
internal sealed class OutageStory(SampleOffice office, Album album)
{
    private Clerk Preparer => office.Preparer;

    private Clerk Approver => office.Approver;

    public async Task RunAsync()
    {
        await FilesComeAsync();
        await album.TakeAsync(Moment.Morning);
        await EverythingIsHeldAsync();
        await album.TakeAsync(Moment.Held);
        await AMissingReceiptKeepsTheCycleAsync();
        await album.TakeAsync(Moment.Differs);
        await TheCycleIsClearedAsync();
        await ThePlanIsSealedAsync();
        await album.TakeAsync(Moment.Sealed);
        await AnotherPersonApprovesAsync();
        await album.TakeAsync(Moment.WaitsForGo);
        await SomebodyPaysAndABillIsCorrectedAsync();
        await TheRestGoesAsync();
        await TheRecordIsWholeAsync();
        await TheBankAnswersAsync();
        await album.TakeAsync(Moment.Answered);
    }

    private async Task FilesComeAsync()
    {
        await office.SendAsync("accounts.csv", "all applied");
        await office.SendAsync("bills-2020-01-08.csv", "16 rows, $1,051.85: all applied");
        await office.SendAsync("bills-2020-01-15.csv", "all applied");
        await office.SendAsync("bills-2020-01-22.csv", "all applied");
    }

    private async Task EverythingIsHeldAsync()
    {
        await Preparer.ComeInAsync();
        await Preparer.FollowAsync("Hold or merge debits …");
        await Preparer.FollowAsync("Outage that began today");
        await Preparer.WriteDayAsync("Due from", new DateOnly(2020, 1, 22));
        await Preparer.WriteDayAsync("to, inclusive", new DateOnly(2020, 2, 5));
        var preview = Preparer.Page.Locator(".preview");
        await Assertions.Expect(preview).ToContainTextAsync("Cycle 1 · West, Wed, Jan 22, 2020: 15 debits, $1,006.75");
        await Assertions.Expect(Preparer.Page.Locator("form[data-stale]")).ToHaveCountAsync(0);
        var button = await Preparer.Page.Locator("[data-act]").InnerTextAsync();
        Assert.Matches(@"^Hold \d\d debits, \$", button);
        await Preparer.AgreeAsync(button, "Cashier system down");
        await office.App.IdleAsync();
        Assert.Contains("In force for cycles 1, 2, 3, 4", await Preparer.TextAsync(), StringComparison.Ordinal);

        await office.WaitUntilAsync("2020-01-22T07:00");
        Assert.Equal(0, office.App.Sandbox.Control.Ledger("debit_id").Totals.Intents);
        await Preparer.FollowAsync("Today");
        await Preparer.FollowAsync("Cycle 1 · West");
        Assert.Contains("15 debits on hold, $1,006.75", await Preparer.TextAsync(), StringComparison.Ordinal);
    }

    private async Task AMissingReceiptKeepsTheCycleAsync()
    {
        await office.WaitUntilAsync("2020-02-17T16:00");
        await office.SendAsync("payments-2020-02-17.csv", "all applied");
        await Preparer.FollowAsync("Today");
        await Preparer.FollowAsync("Cycle 1 · West: Nobody has said that all back payments are in");
        await CountAsync(new DateOnly(2020, 1, 24), "cash", "$57.35");
        await CountAsync(new DateOnly(2020, 1, 27), "cash", "$64.00");
        await CountAsync(new DateOnly(2020, 1, 31), "check", "$60.00");
        await CountAsync(new DateOnly(2020, 2, 3), "cash", "$100.00");

        Assert.Contains(
            "Cycle 1 cannot be cleared: for Feb 3 the office counted 1 cash payment, $100.00, in drawer W1 that is not entered "
                + "here. A customer could be charged $100.00 that they have paid.",
            await Preparer.TextAsync(),
            StringComparison.Ordinal
        );
        await Assertions.Expect(Preparer.Button("Clear cycle 1")).ToBeDisabledAsync();
        var clear =
            """{"state":"cleared","reason":"All in","receivedThrough":{"cash":"2020-02-17","check":"2020-02-17"}}""";
        Assert.Equal(409, (await office.App.PutAsync("api/cycles/1/backlog", clear, "preparer")).Status);
    }

    private async Task CountAsync(DateOnly day, string channel, string sum)
    {
        await Preparer.UnfoldAsync("Type one total");
        await Preparer.WriteDayAsync("Received", day);
        await Preparer.ChooseAsync("Channel", channel);
        await Preparer.WriteAsync("Drawer (empty: all others)", "W1");
        await Preparer.WriteAsync("Receipts", "1");
        await Preparer.WriteAsync("Their sum", sum);
        await Preparer.AgreeAsync("Enter this total", "Counted by the cashiers");
    }

    private async Task TheCycleIsClearedAsync()
    {
        await office.WaitUntilAsync("2020-02-18T17:00");
        await office.SendAsync("payments-2020-02-18.csv", "15 rows, $1,079.90: 14 applied, 1 not");
        await office.WaitUntilAsync("2020-02-20T09:00");
        await office.SendAsync("payments-2020-02-20.csv", "all applied");
        await office.WaitUntilAsync("2020-02-20T10:00");
        await Preparer.FollowAsync("Today");
        await Preparer.FollowAsync("Cycle 1 · West: Nobody has said that all back payments are in");
        Assert.Contains("all 4 totals agree", await Preparer.TextAsync(), StringComparison.Ordinal);
        foreach (var channel in new[] { "Cash", "Check", "Card" })
        {
            await Preparer.WriteDayAsync(channel, new DateOnly(2020, 2, 20));
        }

        await Preparer.WriteDayAsync("Online", new DateOnly(2020, 2, 19));
        await Assertions
            .Expect(Preparer.Page.Locator(".preview"))
            .ToContainTextAsync("received through Feb 20 (online: Feb 19) is entered. Nothing is charged by this.");
        await Preparer.AgreeAsync("Clear cycle 1", "All receipts are entered");
        await office.App.IdleAsync();
        Assert.Equal(0, office.App.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    private async Task ThePlanIsSealedAsync()
    {
        await Preparer.FollowAsync("Next: the plan of the release");
        await Preparer.AgreeAsync("Prepare the plan of cycle 1", "Cycle 1 is cleared");
        await Assertions.Expect(Preparer.Page.Locator("h1")).ToHaveTextAsync("R-1: 12 debits, $777.00, could be sent");
        var text = await Preparer.TextAsync();
        Assert.Contains("$1,006.75", text, StringComparison.Ordinal);
        Assert.Contains("10-0004", text, StringComparison.Ordinal);
        await Preparer.AgreeAsync("Seal: 12 debits, $777.00", "Looked at every debit");

        Assert.Contains(
            "You prepared this plan, so you cannot approve it. That is on purpose: it protects you.",
            await Preparer.TextAsync(),
            StringComparison.Ordinal
        );
        await Assertions.Expect(Preparer.Button("Approve: send 12 debits, $777.00")).ToHaveCountAsync(0);
        Assert.Equal(403, (await ApproveAsync("preparer")).Status);
    }

    private async Task AnotherPersonApprovesAsync()
    {
        await Approver.ComeInAsync();
        await Approver.FollowAsync("Approve release R-1: 12 debits of cycle 1, $777.00");
        await Approver.WriteAsync("Type the total, $777.00, to agree", "$777.00");
        await Approver.AgreeAsync("Approve: send 12 debits, $777.00", "Read it");
        await Assertions
            .Expect(Approver.Page.Locator("h1"))
            .ToHaveTextAsync("R-1: 5 debits sent, $265.30; the rest of $777.00 waits for a go");
        Assert.Equal(5, office.App.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    private async Task SomebodyPaysAndABillIsCorrectedAsync()
    {
        await office.SendAsync(
            "payments-late.csv",
            "payment_id,account_id,amount,channel,drawer,received_on,bill_id\nR0220-09,10-0016,20.00,cash,W1,2020-02-20,\n",
            "1 row, $20.00: all applied"
        );
        await office.SendAsync(
            "bill-adjustments-late.csv",
            "adjustment_id,account_id,bill_id,amount,reason\nA0220-01,10-0015,10-0015-2020-01,5.00,read again\n",
            "1 row, $5.00: all applied"
        );
    }

    private async Task TheRestGoesAsync()
    {
        await Approver.FollowAsync("Today");
        await Approver.FollowAsync("Cycle 1 · West: R-1 waits for a go");
        var go = Approver
            .Page.GetByRole(AriaRole.Button)
            .And(Approver.Page.Locator("form[data-send$='/go'] [data-act]"));
        await Approver.AgreeAsync((await go.InnerTextAsync()).Trim(), "The first five are with the bank");
        await Assertions
            .Expect(Approver.Page.Locator("h1"))
            .ToHaveTextAsync("R-1: 11 debits sent, $679.75; nothing is left to go");
        var progress = (await office.App.GetAsync("api/releases/R-1/progress"))["progress"];
        var rows = await Approver.Page.Locator("[data-part] tbody tr").AllInnerTextsAsync();
        Assert.Contains(
            rows,
            row =>
                row.StartsWith("Stopped", StringComparison.Ordinal)
                && row.EndsWith("1\t$77.25", StringComparison.Ordinal)
        );
        Assert.Equal(7725, progress.GetProperty("stopped").GetProperty("cents").GetInt64());
        await Approver.FollowAsync("Which one was stopped");
        Assert.Contains("1 debit, $77.25: stopped", await Approver.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("10-0015", await Approver.Page.InnerTextAsync("#lines ~ table"), StringComparison.Ordinal);
        Assert.Equal(67975, progress.GetProperty("sent").GetProperty("cents").GetInt64());
    }

    private async Task TheRecordIsWholeAsync()
    {
        await office.Viewer.ComeInAsync();
        await office.Viewer.FollowAsync("Audit");
        await office.Viewer.Hand.PressAsync(office.Viewer.Page.GetByText("Verify again", new() { Exact = true }));
        await office.Viewer.LoadAsync();
        Assert.StartsWith(
            "The record is whole",
            await office.Viewer.Page.InnerTextAsync("h1"),
            StringComparison.Ordinal
        );
        Assert.True((await office.App.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }

    private async Task TheBankAnswersAsync()
    {
        await office.WaitUntilAsync("2020-02-26T12:00");
        await Eventually.HoldsAsync(
            "the bank has answered",
            async () => (await office.App.GetAsync("api/cycles/1"))["collectedCents"].GetInt64() == 62400
        );
        await office.App.TickAsync();
        var viewer = office.Viewer;
        await viewer.FollowAsync("Today");
        await viewer.FollowAsync("Cycle 1 · West");
        Assert.Contains("$624.00", await viewer.TextAsync(), StringComparison.Ordinal);
        await viewer.WriteAsync("Find an account, bill, payment or Stripe id", "10-0004");
        await viewer.Hand.PressAsync(viewer.Page.Locator("form.find button"));
        await Assertions.Expect(viewer.Page.Locator("h1")).ToContainTextAsync("Account 10-0004");
        Assert.Contains("$36.40 was debited on Thu, Feb 20, 2020", await viewer.TextAsync(), StringComparison.Ordinal);
        await viewer.FollowAsync("Why?");
        Assert.Contains("we debited $36.40 from your bank account", await viewer.TextAsync(), StringComparison.Ordinal);
        await viewer.FollowAsync("Lo mismo en español");
        Assert.Contains("debitamos $36.40", await viewer.TextAsync(), StringComparison.Ordinal);
    }

    private async Task<Answer> ApproveAsync(string who)
    {
        var hash = (await office.App.GetAsync("api/releases/R-1"))["hash"].GetString();
        return await office.App.PostAsync(
            "api/releases/R-1/approve",
            $$"""{"hash":"{{hash}}","totalCents":77700,"reason":"Mine"}""",
            who
        );
    }
}
