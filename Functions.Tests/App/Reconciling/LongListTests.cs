using System.Globalization;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;
using CsCheck;

namespace Autopay.Tests.App.Reconciling;

/// <summary>The provider's list is read in several ranges of time: none of its intents is missed, and none comes
/// twice.</summary>
public sealed class LongListTests
{
    private const int PageSize = 10;
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Anything between a trickle over weeks and a release that created all of them within a minute.
    private static readonly Gen<IReadOnlyList<IntentReading>> Lists = Gen.Select(
            Gen.Int[0, 70 * 24 * 60],
            Gen.OneOf(Gen.Int[1, 60], Gen.Int[1, 70 * 24 * 3600])
        )
        .SelectMany(
            (minute, spread) =>
                Gen.Int[0, spread].Array[0, 300].Select(seconds => Of(seconds.Select(at => (minute * 60) + at)))
        );

    [Fact]
    public void Every_intent_comes_once_wherever_the_ranges_are_cut() =>
        Lists.Sample(
            intents =>
            {
                var read = Read(intents);
                Assert.Equal(
                    intents.Select(intent => intent.IntentId).Order(),
                    read.SelectMany(round => round).SelectMany(page => page.Intents).Select(it => it.IntentId).Order()
                );
                Assert.All(read, round => Assert.InRange(round.Count, 1, IntentRanges.AtOnce));
            },
            iter: 300
        );

    [Fact]
    public void A_list_that_fits_a_page_costs_one_call()
    {
        var round = Assert.Single(Read(Of(Enumerable.Range(0, PageSize))));

        Assert.Single(round);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(5)]
    public void A_long_list_is_read_eight_pages_at_once(int secondsApart)
    {
        var intents = Of(Enumerable.Range(0, 4_000).Select(number => number * secondsApart / 4));

        var read = Read(intents);

        // Eight at once would be fifty; a range has to be cut before it can be read from both ends.
        Assert.InRange(read.Count, 50, 75);
        Assert.InRange(read.Sum(round => round.Count), 400, 440);
    }

    [Fact]
    public void Those_of_one_second_stay_together()
    {
        var read = Read(Of(Enumerable.Repeat(3_000, 95)));

        Assert.Equal(95, read.SelectMany(round => round).Sum(page => page.Intents.Count));
    }

    private static List<IReadOnlyList<IntentPage>> Read(IReadOnlyList<IntentReading> intents)
    {
        List<IReadOnlyList<IntentPage>> read = [];
        IReadOnlyList<IntentRange> ranges = [new IntentRange(Begin)];
        while (ranges.Count > 0)
        {
            read.Add([.. ranges.Select(range => intents.PageOf(range, PageSize))]);
            ranges = IntentRanges.After(read[^1]);
        }

        return read;
    }

    private static IReadOnlyList<IntentReading> Of(IEnumerable<int> seconds) =>
        [
            .. seconds
                .Order()
                .Select(
                    (second, number) =>
                        new IntentReading
                        {
                            IntentId = string.Create(CultureInfo.InvariantCulture, $"pi_{number}"),
                            Status = IntentStatus.Succeeded,
                            Amount = new Money(1),
                            CreatedAt = Begin.AddSeconds(second),
                        }
                ),
        ];
}
