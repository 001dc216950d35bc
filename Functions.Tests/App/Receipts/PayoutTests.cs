using System.Globalization;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Receipts;

namespace Autopay.Tests.App.Receipts;

/// <summary>A deposit ties when it adds up to the cent and every line in it is told by our receipts.</summary>
public sealed class PayoutTests
{
    private static readonly DateOnly Arrives = new(2020, 2, 1);
    private readonly WaitingReceipts waiting = new();
    private readonly ReceiptDesk desk;

    public PayoutTests() => desk = new ReceiptDesk(waiting, new Fixtures.ScratchReportStore());

    [Theory]
    [InlineData(4080, true)]
    [InlineData(4079, false)]
    [InlineData(4081, false)]
    [InlineData(4120, false)]
    public async Task A_deposit_is_its_lines_less_their_fees_to_the_cent(long deposit, bool addsUp)
    {
        waiting.Add("A-1", 4120);

        var tie = await TieAsync(deposit, Line(PayoutLineKind.Charge, 4120, fee: 40));

        Assert.Equal((addsUp, addsUp, 40L), (tie.AddsUp, tie.Ties, tie.FeeCents));
        Assert.Empty(tie.Unmatched);
    }

    [Fact]
    public async Task A_fee_that_is_a_line_of_its_own_is_no_receipt_of_ours_and_counts_in_the_deposit()
    {
        waiting.Add("A-1", 4120);

        var tie = await TieAsync(
            4100,
            Line(PayoutLineKind.Charge, 4120),
            new PayoutLine(PayoutLineKind.Other, "fee_1", null, -20, 0)
        );

        Assert.Equal((true, -20L), (tie.Ties, tie.OtherCents));
    }

    [Theory]
    [InlineData(PayoutLineKind.Charge, 4120)]
    [InlineData(PayoutLineKind.Refund, -4120)]
    [InlineData(PayoutLineKind.Refund, 4120)]
    [InlineData(PayoutLineKind.Dispute, -4120)]
    public async Task A_line_of_which_no_receipt_tells_is_named(PayoutLineKind kind, long cents)
    {
        waiting.Add("A-2", cents, "pi_2", code: "re_2");

        var tie = await TieAsync(cents, Line(kind, cents));

        Assert.Equal((true, false), (tie.AddsUp, tie.Ties));
        Assert.StartsWith($"{kind} src_1 of ", Assert.Single(tie.Unmatched), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_charge_of_somebody_else_on_the_same_stripe_account_is_named()
    {
        waiting.Add("A-1", 4120);

        var tie = await TieAsync(
            8240,
            Line(PayoutLineKind.Charge, 4120),
            new PayoutLine(PayoutLineKind.Charge, "ch_9", null, 4120, 0)
        );

        Assert.Equal(["Charge ch_9 of 41.20, intent none"], tie.Unmatched);
    }

    [Theory]
    [InlineData(4119, false)]
    [InlineData(4120, true)]
    [InlineData(4121, false)]
    public async Task A_charge_is_told_to_the_cent_over_all_its_bills(long told, bool ties)
    {
        waiting.Add("A-1", 1000, bill: "b1");
        waiting.Add("A-1", told - 1000, bill: "b2");

        Assert.Equal(ties, (await TieAsync(4120, Line(PayoutLineKind.Charge, 4120))).Ties);
    }

    [Theory]
    [InlineData(ReceiptKind.Refunded, -1499, false)]
    [InlineData(ReceiptKind.Refunded, -1500, true)]
    [InlineData(ReceiptKind.Refunded, -1501, false)]
    [InlineData(ReceiptKind.Reversed, -1500, true)]
    [InlineData(ReceiptKind.Returned, -1500, false)]
    public async Task Money_that_we_gave_back_is_told_to_the_cent_as_that(ReceiptKind kind, long told, bool ties)
    {
        waiting.Add("A-1", told, code: "src_1", kind: kind);

        Assert.Equal(ties, (await TieAsync(-1500, Line(PayoutLineKind.Refund, -1500))).Ties);
    }

    [Fact]
    public async Task A_refund_is_not_told_by_another_refund_of_the_same_amount()
    {
        waiting.Add("A-1", -1500, code: "src_1", kind: ReceiptKind.Refunded);

        var tie = await TieAsync(
            -3000,
            Line(PayoutLineKind.Refund, -1500),
            Line(PayoutLineKind.Refund, -1500) with
            {
                SourceId = "src_2",
            }
        );

        Assert.Equal(["Refund src_2 of -15.00, intent pi_1"], tie.Unmatched);
    }

    [Fact]
    public async Task A_refund_that_failed_after_it_was_told_ties_as_gone_and_as_come_back()
    {
        waiting.Add("A-1", -1500, code: "src_1", kind: ReceiptKind.Refunded);
        waiting.Add("A-1", 1500, code: "src_1", kind: ReceiptKind.Refunded);

        Assert.True((await TieAsync(-1500, Line(PayoutLineKind.Refund, -1500))).Ties);
        Assert.True((await TieAsync(1500, Line(PayoutLineKind.Refund, 1500))).Ties);
    }

    [Fact]
    public async Task A_failure_that_was_not_told_is_named()
    {
        waiting.Add("A-1", -1500, code: "src_1", kind: ReceiptKind.Refunded);

        var tie = await TieAsync(0, Line(PayoutLineKind.Refund, -1500), Line(PayoutLineKind.Refund, 1500));

        Assert.Equal((true, 0L), (tie.AddsUp, tie.RefundedCents));
        Assert.Equal(["Refund src_1 of 15.00, intent pi_1"], tie.Unmatched);
    }

    [Theory]
    [InlineData("2020-05-01", true)]
    [InlineData("2020-05-02", false)]
    public async Task What_was_issued_90_days_before_still_tells_of_a_line(string from, bool ties)
    {
        waiting.Add("A-1", 4120);
        await desk.IssueAsync();

        var payout = new ProviderPayout("po_1", Arrives, "paid", 4120, [Line(PayoutLineKind.Charge, 4120)]);
        var tie = Assert.Single(
            await desk.TiePayoutsAsync(DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture), payout)
        );

        Assert.Equal(ties, tie.Ties);
    }

    [Fact]
    public async Task The_sums_of_some_days_count_what_does_not_tie()
    {
        waiting.Add("A-1", 4120);
        var good = new ProviderPayout("po_1", Arrives, "paid", 4080, [Line(PayoutLineKind.Charge, 4120, fee: 40)]);
        var late = new ProviderPayout("po_2", Arrives, "paid", 1, []);
        var strange = new ProviderPayout(
            "po_3",
            Arrives,
            "paid",
            -50,
            [new PayoutLine(PayoutLineKind.Dispute, "dp_1", "pi_9", -50, 0)]
        );

        var totals = PayoutTotals.Of(await desk.TiePayoutsAsync(good, late, strange));

        Assert.Equal(new PayoutTotals(3, 4031, 4120, -50, 0, 0, 40, DoNotTie: 2), totals);
    }

    [Fact]
    public async Task A_batch_nets_what_was_returned_refunded_and_reversed()
    {
        waiting.Add("A-1", 10_000);
        waiting.Add("A-1", -1000, code: "R10");
        waiting.Add("A-1", -200, code: "re_1", kind: ReceiptKind.Refunded);
        waiting.Add("A-1", -30, code: "re_2", kind: ReceiptKind.Reversed);

        var batch = await desk.IssueAsync();

        Assert.Equal(new ReceiptTotals(4, 10_000, -1000, -200, -30), batch!.Totals);
        Assert.Equal(8770, batch.Totals.NetCents);
        Assert.Equal(8770, (await desk.MonthAsync()).Totals.NetCents);
    }

    private async Task<PayoutTie> TieAsync(long deposit, params PayoutLine[] lines) =>
        Assert.Single(await desk.TiePayoutsAsync(new ProviderPayout("po_1", Arrives, "paid", deposit, lines)));

    private static PayoutLine Line(PayoutLineKind kind, long cents, long fee = 0) =>
        new(kind, "src_1", "pi_1", cents, fee);
}
