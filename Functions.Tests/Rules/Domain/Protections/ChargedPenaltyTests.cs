using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42: what the billing system has charged is kept, compared and never collected.</summary>
public sealed class ChargedPenaltyTests
{
    private static AccountScenario GivenABill() =>
        GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000).On("2020-02-03");

    private static RecordPenalty Charged(string on, long cents = 500, string bill = "jan", string? reversed = null) =>
        new(
            new ChargedPenalty("f1", new BillId(bill), new Money(cents), Day(on))
            {
                ReversedOn = reversed is null ? null : Day(reversed),
            },
            At("2020-02-03", "06:00")
        );

    private static IReadOnlyList<WrongPenalty> Wrong(AccountScenario account) =>
        ProtectionTally.WrongOf(account.Ledger, account.Controls, City, account.Archived);

    private static ProtectionProof Proof(AccountScenario account)
    {
        var tally = new ProtectionTally();
        tally.Add(account.Ledger, account.Controls, Wrong(account));
        return tally.Proof;
    }

    [Fact]
    public void A_penalty_that_comes_twice_changes_nothing_and_is_never_collected()
    {
        var account = GivenABill().Do(Charged("2020-01-30"));
        Assert.Equal(5_000, account.Ledger.BillOf(new BillId("jan")).Open.Cents);
        Assert.Empty(account.Do(Charged("2020-01-30")).LastEvents);
        Assert.Single(account.Ledger.Penalties);
    }

    [Theory]
    [InlineData("2020-01-31", 500, "jan", "is known as 5.00")]
    [InlineData("2020-01-30", 600, "jan", "is known as 5.00")]
    [InlineData("2020-01-30", 500, "feb", "has no bill feb")]
    public void Other_numbers_under_its_id_and_a_bill_that_is_not_there_are_refused(
        string on,
        long cents,
        string bill,
        string why
    )
    {
        var account = GivenABill().Do(Charged("2020-01-30"));
        var refused = Assert.Throws<RefusedException>(() => account.Do(Charged(on, cents, bill)));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_on_its_first_day_stands_and_one_of_the_day_before_is_to_be_reversed()
    {
        Assert.Empty(Wrong(GivenABill().Do(Charged("2020-01-30"))));
        var wrong = Assert.Single(Wrong(GivenABill().Do(Charged("2020-01-29"))));
        Assert.Equal((PenaltyVerdict.NotYet, 500), (wrong.Answer.Verdict, wrong.Penalty.Amount.Cents));
    }

    [Fact]
    public void Money_that_is_posted_late_turns_a_penalty_into_one_to_be_reversed()
    {
        var account = GivenABill().Do(Charged("2020-01-30"));
        account.On("2020-02-17").WhenAPaymentIsPosted("p", 5_000, "jan", received: "2020-01-29");
        Assert.Equal(PenaltyVerdict.PaidInTime, Assert.Single(Wrong(account)).Answer.Verdict);
    }

    [Fact]
    public void The_proof_counts_bills_penalties_those_that_stand_and_their_cents()
    {
        var account = GivenABill().Waived("w", "2020-01-22").Do(Charged("2020-01-30")).Do(Second("2020-01-31", null));
        var taken = GivenABill().Waived("w", "2020-01-22").Do(Second("2020-01-29", "2020-02-02"));
        var never = GivenABill().Waived("w", "2020-01-22");
        var tally = new ProtectionTally();
        foreach (var it in new[] { account, taken, never })
        {
            tally.Add(it.Ledger, it.Controls, Wrong(it));
        }

        Assert.Equal(new ProtectionProof(3, 1, 2, 3, 2, 2, 1_100, Day("2020-01-31")), tally.Proof);

        static RecordPenalty Second(string on, string? reversed) =>
            new(
                new ChargedPenalty("f2", new BillId("jan"), new Money(600), Day(on))
                {
                    ReversedOn = reversed is null ? null : Day(reversed),
                },
                At("2020-02-03", "06:00")
            );
    }

    [Fact]
    public void Nothing_is_proven_while_a_penalty_in_the_windows_stands()
    {
        var account = GivenABill().Waived("w", "2020-01-22");
        Assert.Equal(
            "1 bill in the windows, 0 penalised; no penalties file has named a bill that is known",
            Proof(account).Sentence
        );
        account.Do(Charged("2020-01-30"));
        Assert.Equal("1 bill in the windows, 1 penalised; 1 to be reversed", Proof(account).Sentence);
        account.Do(Charged("2020-01-30", reversed: "2020-02-02"));
        var proof = Proof(account);
        Assert.Equal("1 bill in the windows, 0 penalised", proof.Sentence);
        Assert.Equal((1, 1, 0), (proof.EverCharged, proof.Penalties, proof.Standing));
    }

    [Fact]
    public void An_older_file_does_not_undo_a_reversal()
    {
        var account = GivenABill().Do(Charged("2020-01-30", reversed: "2020-02-02"));
        Assert.Empty(account.Do(Charged("2020-01-30")).LastEvents);
        Assert.Equal(Day("2020-02-02"), Assert.Single(account.Ledger.Penalties).ReversedOn);
    }

    [Fact]
    public void A_penalty_leaves_the_row_with_its_bill()
    {
        var account = GivenABill().Do(Charged("2020-01-30")).WhenAPaymentIsPosted("p", 5_000, "jan");
        account.On("2023-03-01").WhenEvaluated();
        Assert.Empty(account.Ledger.Bills);
        Assert.Empty(account.Ledger.Penalties);
    }
}
