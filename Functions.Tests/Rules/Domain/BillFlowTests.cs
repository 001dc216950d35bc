using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Where every cent of bills is: each in one place, and all of them together what was billed.</summary>
public sealed class BillFlowTests
{
    private static readonly DateOnly Day = new(2020, 1, 22);

    [Theory]
    [InlineData(DebitState.Deferred, "on hold")]
    [InlineData(DebitState.NeedsReview, "a person")]
    [InlineData(DebitState.Scheduled, "waits")]
    [InlineData(DebitState.RetryScheduled, "waits")]
    [InlineData(DebitState.Charging, "with the bank")]
    [InlineData(DebitState.Submitted, "with the bank")]
    [InlineData(DebitState.Unknown, "with the bank")]
    [InlineData(DebitState.Uncollected, "left")]
    public void What_is_open_of_a_bill_is_where_its_debit_is(DebitState state, string place)
    {
        var flow = FlowOf(state);

        Assert.Equal(new BillCount(1, 4120), PlacesOf(flow).Single(it => it.Count.Cents > 0).Count);
        Assert.Equal(place, PlacesOf(flow).Single(it => it.Count.Cents > 0).Name);
        Assert.Equal(new BillCount(1, 4120), flow.Billed);
        Assert.True(flow.AddsUp);
    }

    [Fact]
    public void What_no_debit_ever_took_is_paid_another_way()
    {
        var ledger = AccountLedger.Open(new AccountId("A-1")).Apply(FirstEvents.Opened("B-1", 4120));

        var flow = BillFlow.Of(ledger, ledger.Bills[0]);

        Assert.Equal((new BillCount(1, 4120), default), (flow.NotOnAutopay, flow.Left));
        Assert.True(flow.AddsUp);
    }

    [Fact]
    public void A_sum_that_was_kept_without_its_parts_says_that_it_does_not_add_up() =>
        Assert.False((FlowOf(DebitState.Deferred) with { OnHold = default }).AddsUp);

    [Fact]
    public void Sums_add_place_by_place()
    {
        var sum = FlowOf(DebitState.Deferred) + FlowOf(DebitState.Submitted);

        Assert.Equal(
            (new BillCount(2, 8240), new BillCount(1, 4120), new BillCount(1, 4120)),
            (sum.Billed, sum.OnHold, sum.WithBank)
        );
        Assert.True(sum.AddsUp);
    }

    private static BillFlow FlowOf(DebitState state)
    {
        var ledger = AccountLedger
            .Open(new AccountId("A-1"))
            .Apply(FirstEvents.Enrolled())
            .Apply(FirstEvents.Opened("B-1", 4120));
        var debit = new Debit
        {
            Id = new DebitId(ledger.Id, 1, 1),
            DueDate = Day,
            Lines = [new DebitLine { Bill = new BillId("B-1") }],
            Reason = "Bill imported",
            ScheduledOn = Day,
            State = state,
        };
        return BillFlow.Of(ledger with { Debits = [debit] }, ledger.Bills[0] with { Marks = BillMarks.Scheduled });
    }

    private static IEnumerable<(string Name, BillCount Count)> PlacesOf(BillFlow flow) =>
        [
            ("paid", flow.PaidElsewhere),
            ("collected", flow.Collected),
            ("on hold", flow.OnHold),
            ("waits", flow.Waits),
            ("a person", flow.Review),
            ("with the bank", flow.WithBank),
            ("left", flow.Left),
            ("another way", flow.NotOnAutopay),
        ];
}
