using Autopay.Pages.Pictures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>Bars of round dollars: every debit is in one of them, and there are few.</summary>
public sealed class SizeBinsTests
{
    [Fact]
    public void Every_debit_is_in_one_bar_by_what_is_sent_and_by_what_was_billed()
    {
        var bins = Of(Debit(34_00, 34_00), Debit(59_99, 60_00), Debit(60_00, 60_00), Debit(120_55, 180_55))!;

        Assert.Equal((4, 4), (bins.Bins.Sum(bin => bin.Now), bins.Bins.Sum(bin => bin.Billed)));
        Assert.Equal((34_00, 120_55, 61_00), (bins.Least.Cents, bins.Most.Cents, bins.Median.Cents));
        Assert.All(bins.Bins, bin => Assert.Equal(0, bin.From.Cents % 100));
        Assert.Equal(bins.Bins.Skip(1).Select(bin => bin.From), bins.Bins.SkipLast(1).Select(bin => bin.To));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 99_999_99)]
    [InlineData(10_000_00, 10_000_01)]
    public void There_are_at_most_twelve_bars(long least, long most)
    {
        var bins = Of(Debit(least, least), Debit(most, most))!;

        Assert.InRange(bins.Bins.Count, 1, 12);
    }

    [Fact]
    public void Of_nothing_there_is_no_picture() => Assert.Null(Of());

    [Fact]
    public void Sums_of_two_buckets_are_the_sums_of_all_their_debits()
    {
        var (one, other) = (Sizes(Debit(34_00, 34_00)), Sizes(Debit(12_10, 30_00), Debit(34_50, 34_50)));

        var both = one + other;

        var all = Sizes(Debit(34_00, 34_00), Debit(12_10, 30_00), Debit(34_50, 34_50));
        Assert.Equal((12_10, 34_50), (both.Least.Cents, both.Most.Cents));
        Assert.Equal(all.Now.OrderBy(it => it.Key), both.Now.OrderBy(it => it.Key));
        Assert.Equal(all.Billed.OrderBy(it => it.Key), both.Billed.OrderBy(it => it.Key));
        Assert.Same(one, one + Sizes());
        Assert.Same(other, Sizes() + other);
    }

    private static SizeBins? Of(params (Money Now, Money Billed)[] debits) => SizeBins.Of(Sizes(debits));

    private static SizeSums Sizes(params (Money Now, Money Billed)[] debits) => SizeSums.Of(debits);

    private static (Money Now, Money Billed) Debit(long now, long billed) => (new Money(now), new Money(billed));
}
