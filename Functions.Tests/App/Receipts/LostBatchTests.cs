using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Receipts;
using Autopay.Rehearsal.World;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Receipts;

/// <summary>
/// After a restore the billing system knows the last batch of books that are gone: it hears nothing of it twice, and
/// nothing of it is lost.
/// </summary>
public sealed class LostBatchTests
{
    private const int Restored = 5;
    private readonly WaitingReceipts store = new();
    private readonly ScratchLedgerStore ledgers = new();
    private ScratchReportStore records = new();

    private ReceiptDesk Desk => new(store, records, ledgers);

    private IEnumerable<ReceiptLine> Heard =>
        store.Batches.OrderBy(batch => batch.Key).SelectMany(batch => ReceiptCsv.Read(batch.Value));

    [Theory]
    [InlineData("b1")]
    [InlineData(null)]
    public async Task A_charge_that_reconcile_takes_over_is_not_told_again_and_counts_once(string? bill)
    {
        await TellAndLoseAsync(("A-1", 4120, "pi_1", null, null));
        store.Add("A-1", 4120, "pi_1", Restored, bill: bill);
        store.Add("A-2", 700, "pi_2", Restored);

        await ThenCountedAsync(4820, before: true);
        await Desk.IssueAsync();
        await Desk.IssueAsync();

        await ThenCountedAsync(4820);
        Assert.Equal(["pi_1", "pi_2"], Heard.Select(line => line.Intent));
        Assert.Empty(store.Rows);
        Assert.True(
            (await Desk.TieAsync(new PayoutLine(PayoutLineKind.Charge, "ch_1", "pi_1", 4120, 0))).Single().Ties
        );
    }

    [Fact]
    public async Task A_charge_that_is_taken_over_after_the_lost_batch_is_not_told_again_either()
    {
        await TellAndLoseAsync(("A-1", 4120, "pi_1", null, null));
        await Desk.IssueAsync();
        store.Add("A-1", 4120, "pi_1", Restored);

        Assert.Equal(0, (await Desk.MonthAsync()).NotIssued.Rows);
        Assert.Null(await Desk.IssueAsync());

        Assert.Empty(store.Rows);
        await ThenCountedAsync(4120);
    }

    [Fact]
    public async Task A_refund_that_is_taken_over_is_not_told_again_and_its_failure_is()
    {
        await TellAndLoseAsync(("A-1", -900, "pi_1", "re_1", ReceiptKind.Reversed));
        await Desk.IssueAsync();
        store.Add("A-1", -900, "pi_1", Restored, code: "re_1", kind: ReceiptKind.Refunded);
        store.Add("A-1", 900, "pi_1", Restored, operation: 9, code: "re_1", kind: ReceiptKind.Refunded);

        await Desk.IssueAsync();

        Assert.Equal([-900, 900], Heard.Select(line => line.AmountCents));
        Assert.Empty(store.Rows);
    }

    [Theory]
    [InlineData(-1000L)]
    [InlineData(-3000L)]
    [InlineData(0L)]
    public async Task Money_that_came_back_in_lost_books_is_taken_back_and_told_as_these_books_know_it(long known)
    {
        await TellAndLoseAsync(("A-1", -1000, "pi_1", "R10", null));
        if (known < 0)
        {
            store.Add("A-1", known, "pi_1", Restored);
        }

        await Desk.IssueAsync();
        await Desk.IssueAsync();

        Assert.Equal(known, Heard.Sum(line => line.AmountCents));
        Assert.Equal(Heard.Count(), Heard.Select(line => line.Id).Distinct().Count());
        await ThenCountedAsync(known);
        Assert.Null(await Desk.IssueAsync());
    }

    [Fact]
    public async Task A_return_that_these_books_know_although_it_left_its_bucket_while_the_backup_was_made_stays_told()
    {
        var (account, now) = (new AccountId("A-1"), new DateTimeOffset(2020, 2, 1, 0, 0, 0, TimeSpan.Zero));
        var debit = new DebitId(account, 1, 1);
        var after = AccountLedger.Open(account) with
        {
            Operations = 1,
            LateReturns = [new LateReturn(debit, new Money(1000))],
        };
        await ledgers.SaveAsync(
            Bucket.Of(account),
            [
                new LedgerSave(
                    new LedgerEntry(AccountLedger.Open(account), null, null),
                    [
                        new ReturnReceived(debit, new Money(1000), [], "R10", "test")
                        {
                            On = new DateOnly(2020, 1, 15),
                            IntentId = "pi_1",
                        },
                    ],
                    after,
                    null,
                    "op",
                    new Authority("test", "test", now)
                ),
            ],
            default
        );
        await TellAndLoseAsync(("A-1", -1000, "pi_1", "R10", null));

        Assert.Empty((await Desk.IssueAsync())!.LostReturns);
        Assert.Null(await Desk.IssueAsync());
        Assert.Equal(-1000, Heard.Sum(line => line.AmountCents));
    }

    [Fact]
    public async Task A_receipt_under_an_id_of_the_lost_batch_is_kept_and_told_under_another()
    {
        await TellAndLoseAsync(("A-1", 4120, "pi_1", null, null));
        store.Add("A-1", 700, "pi_2", operation: 1);

        await Desk.IssueAsync();
        Assert.Single(store.Rows);
        await Desk.IssueAsync();

        Assert.Empty(store.Rows);
        Assert.Equal(
            [("A-1|1-00000001.1", 4120L), ("A-1|1-00000001.1~2", 700L)],
            Heard.Select(line => (line.Id, line.AmountCents))
        );
        await ThenCountedAsync(4820);
    }

    [Fact]
    public async Task What_waited_when_the_backup_was_made_leaves_with_the_lost_batch()
    {
        store.Add("A-1", 4120);
        var backup = store.Rows.ToList();
        store.Add("A-2", 700, "pi_2");
        await Desk.IssueAsync();
        (records, _) = (new ScratchReportStore(), 0);
        store.Restore(backup);

        var batch = await Desk.IssueAsync();

        Assert.Equal((1, 2, 1), (batch!.Number, batch.Totals.Rows, batch.Lost));
        Assert.Empty(store.Rows);
    }

    private async Task TellAndLoseAsync(
        (string Account, long Cents, string Intent, string? Code, ReceiptKind? Kind) told
    )
    {
        store.Add(told.Account, told.Cents, told.Intent, code: told.Code, kind: told.Kind);
        await Desk.IssueAsync();
        records = new ScratchReportStore();
        store.Restore([]);
    }

    private async Task ThenCountedAsync(long cents, bool before = false)
    {
        var month = await Desk.MonthAsync();
        Assert.Equal((cents, before), (month.Totals.NetCents, month.NotIssued.Rows > 0));
    }
}
