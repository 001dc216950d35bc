using static Autopay.Tests.Rules.Domain.Certificates.Counting;

namespace Autopay.Tests.Rules.Domain.Certificates;

/// <summary>What a certificate binds, what may not contradict it, and what two people approve of it.</summary>
public sealed class CertificateTests
{
    private static readonly Certificate Said = Certificate([Total("W1", 1, 100)], Paid("1", 100, "W1")) with
    {
        ReceivedThrough = new Dictionary<string, DateOnly> { ["cash"] = Day, ["check"] = Day },
    };

    public static TheoryData<string> Others { get; } = [.. Altered.Keys];

    private static Dictionary<string, Certificate> Altered =>
        new()
        {
            ["cycle"] = Said with { Cycle = Two },
            ["a channel's day"] = Through(("cash", Day), ("check", Day.AddDays(1))),
            ["a channel less"] = Through(("cash", Day)),
            ["count"] = WithLine(line => line with { CountedCount = 2 }),
            ["counted cents"] = WithLine(line => line with { Counted = new Money(101) }),
            ["entered count"] = WithLine(line => line with { EnteredCount = 0 }),
            ["entered cents"] = WithLine(line => line with { Entered = Money.Zero }),
            ["day"] = WithLine(line => line with { Key = line.Key with { ReceivedOn = Day.AddDays(1) } }),
            ["channel"] = WithLine(line => line with { Key = line.Key with { Channel = "card" } }),
            ["drawer"] = WithLine(line => line with { Key = line.Key with { Drawer = "W1 0" } }),
            ["total's cycle"] = WithLine(line => line with { Key = line.Key with { Cycle = One } }),
            ["who counted"] = WithLine(line => line with { CountedBy = Office with { By = "somebody else" } }),
            ["when"] = WithLine(line => line with { CountedBy = Office with { At = Office.At.AddTicks(1) } }),
            ["file"] = WithLine(line => line with { Import = "control-totals-1" }),
            ["what was counted before"] = WithLine(line => line with { Replaced = [new(1, new Money(90), Office)] }),
            ["a line less"] = Said with { Lines = [] },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public void Whatever_is_altered_alters_the_hash(string what) => Assert.NotEqual(Said.Hash, Altered[what].Hash);

    [Fact]
    public void The_same_in_another_order_has_the_same_hash()
    {
        var two = Certificate([Total("W1", 1, 100), Total("W2", 0, 0)], Paid("1", 100, "W1"));

        Assert.Equal(Through(("check", Day), ("cash", Day)).Hash, Said.Hash);
        Assert.Equal((two with { Lines = [.. two.Lines.Reverse()] }).Hash, two.Hash);
    }

    [Fact]
    public void A_kept_certificate_that_was_altered_is_not_intact()
    {
        var document = CertificateDocument.Of(1, Said, Office, null);

        Assert.True(document.IsIntact);
        Assert.False((document with { Certificate = Altered["count"] }).IsIntact);
    }

    [Fact]
    public void Who_cleared_when_and_why_is_part_of_a_document()
    {
        var document = CertificateDocument.Of(1, Said, Office, Office);
        CertificateDocument[] altered =
        [
            document with
            {
                Asked = Office with { By = "somebody else" },
            },
            document with
            {
                Asked = Office with { At = Office.At.AddDays(1) },
            },
            document with
            {
                Asked = Office with { Why = "another reason" },
            },
            document with
            {
                Overridden = !document.Overridden,
            },
            document with
            {
                OverrideAskedBy = null,
            },
            document with
            {
                OverrideAskedBy = Office with { By = "somebody else" },
            },
            document with
            {
                Version = 2,
            },
        ];

        Assert.All(altered, it => Assert.False(it.IsIntact));
        Assert.NotEqual(Said.Hash, document.Hash);
    }

    [Fact]
    public void A_channel_that_was_counted_must_be_named() =>
        Assert.Equal(
            ["cash was counted (2020-01-28 cash, drawer W1), and receivedThrough does not name cash."],
            Watermarks.Contradictions(new Dictionary<string, DateOnly> { ["check"] = Day }, Said)
        );

    [Fact]
    public void A_count_of_a_later_day_contradicts_its_channels_watermark() =>
        Assert.Equal(
            [
                "cash is said to be received through 2020-01-27, and there is a count of a later day: 2020-01-28 cash, "
                    + "drawer W1: counted 1, $1.00; entered 1, $1.00.",
            ],
            Watermarks.Contradictions(new Dictionary<string, DateOnly> { ["cash"] = Day.AddDays(-1) }, Said)
        );

    [Fact]
    public void Neither_a_later_payment_nor_a_day_without_receipts_contradicts_it() =>
        Assert.Empty(
            Watermarks.Contradictions(
                new Dictionary<string, DateOnly> { ["cash"] = Day },
                Certificate(
                    [Total("W1", 1, 100), Total("W1", 0, 0, day: Day.AddDays(1))],
                    Paid("1", 100, "W1"),
                    Paid("2", 100, "W2", day: Day.AddDays(2))
                )
            )
        );

    [Fact]
    public void An_override_shows_cycle_differences_watermarks_and_hash_and_clears_for_the_one_who_approves()
    {
        var asked = new Controls().Change(
            new ApprovalAsked(
                "o",
                new BacklogClearing([Two], Said.ReceivedThrough)
                {
                    Override = new CertificateOverride(Said.Hash, 8, 1, new Money(6000)),
                }
            ),
            Office with
            {
                By = "ann",
            }
        );
        Assert.Equal(
            "Cycle 2 is cleared although 1 of 8 counted totals differ, by $60.00. Received through cash 2020-01-28, "
                + $"check 2020-01-28. Certificate {Said.Hash}",
            asked.Approvals[0].Shown
        );

        var given = asked.Change(new ApprovalGiven("o", asked.Approvals[0].Hash), Office with { By = "bob" });

        Assert.Equal(
            ("bob", Said.Hash),
            (given.BacklogOf(Two).Clearing!.By, given.BacklogOf(Two).Clearing!.Override!.Certificate)
        );
        Assert.False(given.BacklogOf(Two).Cleared);
    }

    [Theory]
    [InlineData(1, 100, 0)]
    [InlineData(2, 100, 1)]
    [InlineData(1, 101, 1)]
    [InlineData(0, 0, 0)]
    public void A_count_that_was_lowered_is_not_borne_out_and_one_that_was_raised_is(int count, long cents, int lowered)
    {
        var said = Certificate([Total("W1", 1, 100).InPlaceOf(Total("W1", count, cents))], Paid("1", 100, "W1"));

        Assert.Equal((lowered, lowered == 0), (said.Lowered.Count, said.IsBorneOut));
        Assert.Equal(
            $"2020-01-28 cash, drawer W1: 1 of $1.00, before {count} of ${new Money(cents)} by supervisor",
            said.InPlace
        );
    }

    [Fact]
    public void A_count_that_was_lowered_and_raised_again_less_far_stays_lowered()
    {
        var first = Total("W1", 2, 200);
        var said = Certificate(
            [Total("W1", 1, 100).InPlaceOf(Total("W1", 0, 0).InPlaceOf(first))],
            Paid("1", 100, "W1")
        );

        Assert.Equal("the one total agrees, and 1 count was lowered", said.ToSentence());
        Assert.EndsWith("before 0 of $0.00 by supervisor, before 2 of $2.00 by supervisor", said.InPlace);
    }

    private static Certificate Through(params (string Channel, DateOnly Day)[] channels) =>
        Said with
        {
            ReceivedThrough = channels.ToDictionary(it => it.Channel, it => it.Day),
        };

    private static Certificate WithLine(Func<CertificateLine, CertificateLine> change) =>
        Said with
        {
            Lines = [change(Said.Lines[0])],
        };
}
