using Autopay.Application.Ports.Provider;
using Autopay.Application.Receipts;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Receipts;

/// <summary>Reports see each receipt once, wherever it is while they look.</summary>
public sealed class MonthAndPayoutTests
{
    private readonly WaitingReceipts waiting = new();
    private readonly ScratchReportStore records = new();
    private readonly ReceiptDesk desk;

    public MonthAndPayoutTests() => desk = new ReceiptDesk(waiting, records);

    [Fact]
    public async Task A_month_counts_a_batch_once_although_its_receipts_have_not_left_their_buckets()
    {
        var steps = new Steps();
        waiting.Add("A-1", 4120);
        steps.Break(5, StepFault.CrashBefore); // The delete: after read, write, read, read.
        await IssueReceiptsTests.TryAsync(() =>
            new ReceiptDesk(new SteppedReceipts(waiting, steps), records).IssueAsync()
        );
        Assert.Single(waiting.Rows);
        Assert.Single(waiting.Batches);

        var month = await desk.MonthAsync();

        Assert.Equal((4120L, 0), (month.Totals.NetCents, month.NotIssued.Rows));
    }

    [Fact]
    public async Task A_batch_that_is_issued_while_a_month_is_read_is_in_it_once()
    {
        waiting.Add("A-1", 1000);
        await desk.IssueAsync();
        waiting.Add("A-2", 4120);
        waiting.Meanwhile = () => desk.IssueAsync();

        var month = await desk.MonthAsync();

        Assert.Equal(2, waiting.Batches.Count);
        Assert.Equal((5120L, 2), (month.Totals.NetCents, month.Totals.Rows));
    }

    [Fact]
    public async Task A_month_has_its_first_day_and_its_last_one_and_no_other_months()
    {
        foreach (var (cents, day) in new[] { (1, "2019-12-31"), (10, "2020-01-01"), (100, "2020-01-31") })
        {
            waiting.Add("A-1", cents, on: DateOnly.ParseExact(day, "yyyy-MM-dd"));
        }

        await desk.IssueAsync();
        waiting.Add("A-1", 1_000, on: new DateOnly(2020, 2, 1));
        await desk.IssueAsync();

        var month = await desk.MonthAsync();

        Assert.Equal((110L, 2), (month.Totals.NetCents, month.Totals.Rows));
        Assert.Equal([(1, 110L)], month.Batches.Select(batch => (batch.Number, batch.Totals.NetCents)));
    }

    [Fact]
    public void Deposits_are_added_up_sum_by_sum()
    {
        var one = new PayoutTie(
            "po_1",
            new DateOnly(2020, 1, 31),
            "paid",
            1,
            20,
            300,
            4_000,
            50_000,
            600_000,
            true,
            []
        );
        var other = one with { DepositCents = 2, CollectedCents = 30, ReturnedCents = 400, Unmatched = ["odd"] };

        Assert.Equal(new PayoutTotals(2, 3, 50, 700, 8_000, 100_000, 1_200_000, 1), PayoutTotals.Of([one, other]));
    }

    [Fact]
    public async Task An_account_that_begins_like_a_formula_is_told_once()
    {
        waiting.Add("-123", 4120);

        var batch = await desk.IssueAsync();

        Assert.Empty(waiting.Rows);
        Assert.Null(await desk.IssueAsync());
        Assert.Contains(",'-123,", waiting.Batches[batch!.Number], StringComparison.Ordinal);
        Assert.Equal((4120L, 1), ((await desk.MonthAsync()).Totals.NetCents, (await desk.MonthAsync()).Totals.Rows));
    }

    [Theory]
    [InlineData("heard one by one", new long[] { -1000, -2000 }, new long[] { -1000, -2000 }, true)]
    [InlineData("heard at once", new long[] { -1000, -2000 }, new long[] { -3000 }, true)]
    [InlineData("heard in parts", new long[] { -3000 }, new long[] { -1000, -2000 }, true)]
    [InlineData("one of them is not heard yet", new long[] { -1000, -2000 }, new long[] { -2000 }, false)]
    [InlineData("the same amount twice, heard once", new long[] { -1000, -1000 }, new long[] { -1000 }, false)]
    [InlineData("the first of them is in this window", new long[] { -1000 }, new long[] { -1000, -2000 }, true)]
    public async Task The_disputes_of_one_intent_tie_line_by_line(string story, long[] disputes, long[] told, bool tie)
    {
        Array.ForEach(told, cents => waiting.Add("A-1", cents));

        var payouts = await desk.TieAsync([
            .. disputes.Select(
                (cents, index) => new PayoutLine(PayoutLineKind.Dispute, $"dp_{index}", "pi_1", cents, 0)
            ),
        ]);

        Assert.True(payouts.All(payout => payout.Ties) == tie, story);
    }
}
