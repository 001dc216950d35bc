using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Releases;

/// <summary>What people look at before hundreds of debits go: the largest, and how many of each size.</summary>
public sealed class PlanSketchTests
{
    private static readonly Money Cent = new(1);

    [Fact]
    public void The_largest_come_first_and_of_the_same_size_in_the_order_of_their_accounts_and_debits()
    {
        PlanLine[] lines = [Line("c", 500), Line("a", 500, debit: 2), Line("a", 500), Line("b", 501)];

        Assert.Equal(["b-1-0001", "a-1-0001", "a-1-0002", "c-1-0001"], Names(PlanSketch.Of(lines)));
    }

    [Fact]
    public void Of_all_lines_twenty_are_kept_and_every_one_is_counted()
    {
        var sketch = PlanSketch.Of([.. Enumerable.Range(1, 21).Select(number => Line($"{number:00}", number))]);

        Assert.Equal((21, 231, 20), (sketch.Lines, sketch.Open.Cents, sketch.Largest.Count));
        Assert.Equal(("21-1-0001", "02-1-0001"), (Names(sketch)[0], Names(sketch)[^1]));
    }

    [Fact]
    public void Sizes_are_of_what_goes_to_the_bank_in_whole_dollars_now_and_as_it_was_billed()
    {
        var sizes = PlanSketch
            .Of([
                Line("a", 199, billed: 200),
                Line("b", 100, billed: 100),
                Line("c", 99, billed: 299),
                Line("d", 1, billed: 90_000) with
                {
                    Outcome = PlanOutcome.Review,
                },
            ])
            .Sizes;

        Assert.Equal((99, 199), (sizes.Least.Cents, sizes.Most.Cents));
        Assert.Equal([(0, 1), (1, 2)], InOrder(sizes.Now));
        Assert.Equal([(1, 1), (2, 2)], InOrder(sizes.Billed));
    }

    [Fact]
    public void Two_buckets_together_are_what_one_of_all_their_lines_would_be()
    {
        PlanLine[] left = [.. Enumerable.Range(1, 15).Select(number => Line($"l{number:00}", 100 * number))];
        PlanLine[] right = [.. Enumerable.Range(1, 15).Select(number => Line($"r{number:00}", (100 * number) + 50))];

        ThenTogether(left, right);
        ThenTogether(right, left);
        ThenTogether(left, []);
        ThenTogether([], right);
        ThenTogether(left, [Line("m", 10) with { Outcome = PlanOutcome.Waits }]);

        static void ThenTogether(PlanLine[] some, PlanLine[] others)
        {
            var (sum, whole) = (PlanSketch.Of(some) + PlanSketch.Of(others), PlanSketch.Of([.. some, .. others]));
            Assert.Equal((whole.Lines, whole.Open), (sum.Lines, sum.Open));
            Assert.Equal(Names(whole), Names(sum));
            Assert.Equal((whole.Sizes.Least, whole.Sizes.Most), (sum.Sizes.Least, sum.Sizes.Most));
            Assert.Equal(InOrder(whole.Sizes.Now), InOrder(sum.Sizes.Now));
            Assert.Equal(InOrder(whole.Sizes.Billed), InOrder(sum.Sizes.Billed));
        }
    }

    [Fact]
    public void What_a_plan_before_had_of_a_debit_is_told_also_where_nothing_has_changed()
    {
        var line = Line("a", 500);

        Assert.Equal(new Money(500), PlanComparison.Compare(line, Before(500)).LastPlan);
        Assert.Equal(new Money(499), PlanComparison.Compare(line, Before(499)).LastPlan);
        Assert.Null(PlanComparison.Compare(line, null).LastPlan);
        var flagged = PlanComparison.Compare(line with { Flags = [PlanFlag.Unusual] }, Before(501));
        Assert.Equal([PlanFlag.Unusual, PlanFlag.Changed], flagged.Flags);

        Dictionary<DebitId, Money> Before(long cents) => new() { [line.Debit] = new Money(cents) };
    }

    [Fact]
    public void What_is_gone_since_the_plan_before_is_listed_by_account_and_debit_and_asks_for_nothing()
    {
        DebitId[] ids = [Line("b", 1).Debit, Line("a", 1, debit: 2).Debit, Line("a", 1).Debit];

        var gone = PlanComparison.GoneSince(ids.Select(id => KeyValuePair.Create(id, Cent)), []).ToList();

        Assert.Equal(["a-1-0001", "a-1-0002", "b-1-0001"], gone.Select(line => line.Debit.Value));
        Assert.All(
            gone,
            line => Assert.Equal((Money.Zero, Money.Zero, Money.Zero), (line.Billed, line.PaidElsewhere, line.ToBank))
        );
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(1, null, 1)]
    [InlineData(null, 2, 2)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 2)]
    public void Of_two_buckets_the_one_that_moved_last_says_when(int? left, int? right, int? last) =>
        Assert.Equal(Moved(last).MovedAt, (Moved(left) + Moved(right)).MovedAt);

    [Fact]
    public void More_debits_than_can_be_counted_are_no_sum() =>
        Assert.Throws<OverflowException>(() => new PlanSum(int.MaxValue, Cent) + new PlanSum(1, Cent));

    private static ReleaseProgress Moved(int? hours) =>
        new() { MovedAt = hours is { } some ? At("2020-02-20", "10:00").Utc.AddHours(some) : null };

    private static PlanLine Line(string account, long cents, int debit = 1, long? billed = null) =>
        new()
        {
            Debit = new DebitId(new AccountId(account), 1, debit),
            DueDate = Day("2020-01-22"),
            Outcome = PlanOutcome.ToBank,
            Billed = new Money(billed ?? cents),
            PaidElsewhere = Money.Zero,
            Bills = [new AttemptLine(new BillId("b"), new Money(cents))],
            Customer = "cus_1",
            PaymentMethod = "pm_1",
        };

    private static List<string> Names(PlanSketch sketch) => [.. sketch.Largest.Select(line => line.Debit.Value)];

    private static IEnumerable<(long, int)> InOrder(IReadOnlyDictionary<long, int> sizes) =>
        sizes.OrderBy(it => it.Key).Select(it => (it.Key, it.Value));
}
