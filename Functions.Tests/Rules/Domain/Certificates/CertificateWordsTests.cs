using static Autopay.Tests.Rules.Domain.Certificates.Counting;

namespace Autopay.Tests.Rules.Domain.Certificates;

/// <summary>What a certificate says in words and in order, and whether two are of the same clear.</summary>
public sealed class CertificateWordsTests
{
    [Fact]
    public void Each_number_of_totals_has_its_sentence()
    {
        Assert.Equal("nothing was counted", Certificate([]).ToSentence());
        Assert.Equal("the one total agrees", Certificate([Total("W1", 0, 0)]).ToSentence());
        Assert.Equal("all 2 totals agree", Certificate([Total("W1", 0, 0), Total("W2", 0, 0)]).ToSentence());
        Assert.Equal("1 of 1 totals differs, by $1.00", Certificate([Total("W1", 1, 100)]).ToSentence());
        Assert.Equal(
            "2 of 3 totals differ, by $3.00",
            Certificate([Total("W1", 1, 100), Total("W2", 0, 0), Total("W3", 2, 200)]).ToSentence()
        );
        Assert.Equal(
            "all 2 totals agree, and 2 counts were lowered",
            Certificate([
                    Total("W1", 0, 0).InPlaceOf(Total("W1", 1, 0)),
                    Total("W2", 0, 0).InPlaceOf(Total("W2", 0, 1)),
                ])
                .ToSentence()
        );
    }

    [Fact]
    public void Too_much_and_too_little_do_not_make_up_for_each_other()
    {
        var said = Certificate([Total("W1", 1, 100), Total("W2", 1, 100)], Paid("1", 200, "W1"));

        Assert.Equal([100, -100], said.Differences.Select(line => line.Difference.Cents));
        Assert.Equal(200, said.DifferenceCents.Cents);
        Assert.False(said.IsBorneOut);
    }

    [Fact]
    public void Without_totals_it_is_borne_out_and_says_that_there_are_none()
    {
        Assert.False(Certificate([]).HasTotals);
        Assert.True(Certificate([Total("W1", 0, 0)]).HasTotals);
        Assert.Null(Certificate([Total("W1", 0, 0)]).InPlace);
    }

    [Fact]
    public void What_should_have_been_counted_is_counted_in_days_over_all_channels_and_not_borne_out()
    {
        var said = Certificate([Total("W1", 0, 0)]);
        Assert.Equal((0, true), (said.DaysUncounted, said.IsBorneOut));

        var missing = said with { Uncounted = [new("cash", [Day, Day.AddDays(1)]), new("check", [Day])] };
        Assert.Equal((3, false), (missing.DaysUncounted, missing.IsBorneOut));
        Assert.NotEqual(said.Hash, missing.Hash);
        Assert.NotEqual(missing.Hash, (missing with { Uncounted = [missing.Uncounted[0]] }).Hash);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    [InlineData(23, true)]
    public void Of_the_counts_that_were_replaced_twenty_are_named(int replaced, bool more)
    {
        var said = Certificate([
            .. Enumerable
                .Range(1, replaced)
                .Select(number => Total($"W{number:00}", 1, 100).InPlaceOf(Total($"W{number:00}", 0, 0))),
        ]);

        Assert.Equal(more, said.InPlace!.EndsWith($"; and {replaced - 20} more", StringComparison.Ordinal));
        Assert.Contains("drawer W20:", said.InPlace, StringComparison.Ordinal);
        Assert.DoesNotContain("drawer W21:", said.InPlace, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_in_the_order_of_day_channel_drawer_and_cycle()
    {
        TotalKey[] inOrder =
        [
            Key("W2", Two, "card", Day),
            Key("", null, "cash", Day),
            Key("W1", null, "cash", Day),
            Key("W1", One, "cash", Day),
            Key("W1", Two, "cash", Day),
            Key("W2", null, "cash", Day),
            Key("W1", null, "check", Day),
            Key("", null, "card", Day.AddDays(1)),
        ];

        Assert.Equal(inOrder, inOrder.Reverse().Order());
        Assert.Equal(1, inOrder[0].CompareTo(null));
        Assert.Equal(0, inOrder[1].CompareTo(Key("", null, "cash", Day)));
        Assert.Equal("2020-01-28 cash, drawer W1, cycle 2", inOrder[4].ToString());
        Assert.Equal("2020-01-28 cash", inOrder[1].ToString());
    }

    [Fact]
    public void The_same_count_once_more_says_the_same_whoever_says_it()
    {
        var total = Total("W1", 1, 100);
        Assert.True(total.SaysTheSameAs(total with { Counted = Office with { By = "ann" }, Import = "f" }));
        Assert.False(total.SaysTheSameAs(Total("W1", 2, 100)));
        Assert.False(total.SaysTheSameAs(Total("W1", 1, 101)));
        Assert.False(total.SaysTheSameAs(Total("W2", 1, 100)));
        Assert.Null(total.InPlaceOf(null).Replaced);
    }

    [Fact]
    public void Two_documents_are_of_the_same_clear_whichever_number_they_have()
    {
        var (said, clear) = (Certificate([Total("W1", 1, 100)]), Office with { By = "ann" });
        var first = CertificateDocument.Of(1, said, clear, null);

        Assert.True(first.IsOfTheSameClear(CertificateDocument.Of(2, said, clear, null)));
        Assert.False(first.IsOfTheSameClear(CertificateDocument.Of(2, said, Office, null)));
        Assert.False(first.IsOfTheSameClear(CertificateDocument.Of(2, Certificate([]), clear, null)));
        Assert.False(first.IsOfTheSameClear(CertificateDocument.Of(2, said, clear, Office)));
        Assert.True(first.Overridden);
        Assert.False(CertificateDocument.Of(1, Certificate([Total("W1", 0, 0)]), clear, null).Overridden);
        Assert.All(
            new[] { clear with { Name = "Ann" }, clear with { Role = "Approver" }, clear with { Operation = "o" } },
            other => Assert.False((first with { Asked = other }).IsIntact)
        );
    }

    [Fact]
    public void The_record_tells_how_many_totals_said_something_new_their_sums_and_what_they_replaced()
    {
        var told = TotalsCounted.Of([
            (Total("W1", 2, 250) with { Import = "control-totals-1" }, Total("W1", 1, 100)),
            (Total("W2", 3, 50), null),
        ]);

        Assert.Equal((2, 5, 300, "control-totals-1"), (told.Totals, told.Receipts, told.Sum.Cents, told.Import));
        Assert.Equal(["2020-01-28 cash, drawer W1: 2 of $2.50, before 1 of $1.00 by supervisor"], told.Replaced);
        var many = TotalsCounted.Of([.. Enumerable.Range(0, 101).Select(_ => (Total("W1", 1, 1), Total("W1", 0, 0)))]);
        Assert.Equal((101, 100), (many.Totals, many.Replaced.Count));
    }

    [Fact]
    public void Of_a_channels_counts_the_last_day_decides_and_each_channel_is_told_by_its_name()
    {
        var said = Certificate([
            Total("W1", 1, 100, day: Day.AddDays(1)),
            Total("W1", 1, 100),
            Total("W1", 1, 100, channel: "card"),
            Total("W1", 0, 0, channel: "check", day: Day.AddDays(9)),
        ]);

        Assert.Equal(
            ["card", "cash"],
            Watermarks.Contradictions(new Dictionary<string, DateOnly>(), said).Select(it => it.Split(' ')[0])
        );
        var through = new Dictionary<string, DateOnly> { ["card"] = Day, ["cash"] = Day };
        Assert.StartsWith(
            "cash is said to be received through 2020-01-28, and there is a count of a later day: 2020-01-29",
            Assert.Single(Watermarks.Contradictions(through, said)),
            StringComparison.Ordinal
        );
        through["cash"] = Day.AddDays(1);
        Assert.Empty(Watermarks.Contradictions(through, said));
    }
}
