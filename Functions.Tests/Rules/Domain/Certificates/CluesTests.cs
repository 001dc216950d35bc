using static Autopay.Tests.Rules.Domain.Certificates.Counting;

namespace Autopay.Tests.Rules.Domain.Certificates;

/// <summary>Where to look for a difference.</summary>
public sealed class CluesTests
{
    [Fact]
    public void Without_anything_like_it_the_receipt_itself_has_to_be_found() =>
        Assert.Equal(
            "No payment of $60.00 is in suspense, in a row that waits, or posted elsewhere: look for the receipts of "
                + "2020-01-28 cash, drawer W3.",
            Assert.Single(Missing([Paid("1", 5999, "W1")])).Text
        );

    [Fact]
    public void The_same_amount_by_another_channel_in_another_drawer_on_another_day_or_of_another_cycle() =>
        Assert.Equal(
            ["OtherChannel 1", "OtherDrawer 2", "OtherDay 3"],
            Missing([
                    Paid("3", 6000, "W3", day: Day.AddDays(20)),
                    Paid("2", 6000, "W1"),
                    Paid("1", 6000, "W3", channel: "check"),
                    Paid("4", 6000, "W3", day: Day.AddDays(40)),
                    Paid("5", 6000, "W1", day: Day.AddDays(1)),
                    Paid("6", 6001, "W1"),
                ])
                .Select(Text)
        );

    [Fact]
    public void The_same_drawers_payment_of_another_cycles_account() =>
        Assert.Equal(["OtherCycle 1"], Of([Total("W3", 1, 6000, One)], [Paid("1", 6000, "W3", Two)], []).Select(Text));

    [Theory]
    [InlineData("cash", "W9", 0, 100, true)]
    [InlineData("check", "W3", 30, 100, true)]
    [InlineData("check", "W9", 0, 6000, true)]
    [InlineData("check", "W9", 0, 5900, false)]
    [InlineData("cash", "W9", 1, 6000, false)]
    public void Suspense_of_that_channel_and_day_of_that_drawer_or_of_that_amount_on_the_day(
        string channel,
        string drawer,
        int days,
        long cents,
        bool isNear
    )
    {
        var funds = Funds("S", channel, drawer, Day.AddDays(days), cents);

        Assert.Equal(
            isNear ? "Suspense S" : "Nothing ",
            Text(Missing([], new UnpostedPayment(ClueKind.Suspense, "20-9907", funds))[0])
        );
    }

    [Fact]
    public void A_clue_is_a_sentence_with_the_facts_beside_it()
    {
        var clue = Missing([], new UnpostedPayment(ClueKind.Conflict, "A-1", Funds("S", "cash", "W3", Day, 5000)))[0];

        Assert.Equal(
            "Payment S of $50.00, account A-1, 2020-01-28 cash, drawer W3: it contradicts what is stored under its id, and "
                + "waits for a person's word.",
            clue.Text
        );
        Assert.Equal(
            ("A-1", "S", Day, "cash", "W3", 5000L),
            (clue.Account, clue.Payment?.Value, clue.ReceivedOn, clue.Channel, clue.Drawer, clue.Cents?.Cents)
        );
    }

    [Fact]
    public void Too_much_here_names_the_payment_that_is_as_large_and_what_was_reversed() =>
        Assert.Equal(
            ["Reversed 1", "TooMuchHere 2"],
            Of(
                    [Total("W3", 1, 100)],
                    [
                        Paid("1", 300, "W3") with
                        {
                            Reversed = new Money(300),
                        },
                        Paid("2", 200, "W3"),
                        Paid("3", 100, "W3"),
                    ],
                    []
                )
                .Select(Text)
        );

    private static IReadOnlyList<Clue> Missing(PostedPayment[] posted, params UnpostedPayment[] unposted) =>
        Of([Total("W3", 1, 6000), Total("W1", 1, 1)], posted, unposted, "W3");

    private static IReadOnlyList<Clue> Of(
        IReadOnlyList<ControlTotal> totals,
        PostedPayment[] posted,
        UnpostedPayment[] unposted,
        string drawer = "W3"
    ) =>
        new Clues(posted, unposted).Of(
            Certificate(totals, posted).Differences.First(line => line.Key.Drawer == drawer)
        );

    private static string Text(Clue clue) => $"{clue.Kind} {clue.Payment}";

    private static Funds Funds(string id, string channel, string drawer, DateOnly day, long cents) =>
        new()
        {
            Id = new PaymentId(id),
            Source = FundsSource.BackPayment,
            Amount = new Money(cents),
            Channel = channel,
            Drawer = drawer,
            ReceivedOn = day,
            PostedOn = day,
        };
}
