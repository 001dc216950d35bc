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
        var document = new CertificateDocument(1, Said, Said.Hash, Office, false);

        Assert.True(document.IsIntact);
        Assert.False((document with { Certificate = Altered["count"] }).IsIntact);
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
