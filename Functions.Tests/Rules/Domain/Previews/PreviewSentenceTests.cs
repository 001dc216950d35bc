using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>A preview in words: what the person reads who is about to press the button.</summary>
public sealed class PreviewSentenceTests
{
    private static readonly Deferral Merge = new()
    {
        Id = new DeferralId("late"),
        Cycles = [new CycleNumber(1)],
        DueFrom = Day("2020-01-22"),
        DueTo = Day("2020-02-05"),
        Action = DeferralAction.Merge,
        Reason = "No bill was mailed",
    };

    private static readonly ChangePreview Some = new(new(1_200, 100_675_00), 1, [], default, default, null);

    private static readonly BacklogCleared Clear = new([new CycleNumber(1)], new Dictionary<string, DateOnly>());

    [Fact]
    public void A_clear_says_that_it_charges_nothing_where_a_release_has_to_be_approved() =>
        Assert.Equal(
            "1,200 debits, $100,675.00, of 1 account, will not be held any more. "
                + "Nothing is charged by this: a release has to be approved first.",
            Of(Clear, new Controls())
        );

    [Fact]
    public void Without_approvals_it_says_when_the_first_would_leave() =>
        Assert.EndsWith(
            "held any more. The first would leave on 2020-02-20 at 10:00.",
            Of(
                Clear,
                new Controls { Policies = new Policies { ReleaseApproval = false } },
                Some with
                {
                    FirstDue = At("2020-02-20", "10:00").Utc,
                }
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_stays_held_and_what_is_with_the_bank_is_said_apart() =>
        Assert.Equal(
            "No debit changes. 1 debit, $50.00, is held, with this or without it. "
                + "2 debits, $60.50, are with the bank already: this does not reach them.",
            Of(
                new BacklogReopened([new CycleNumber(1)]),
                new Controls(),
                new ChangePreview(default, 0, [], new(1, 5_000), new(2, 6_050), null)
            )
        );

    [Fact]
    public void An_estimate_says_about_and_names_no_accounts() =>
        Assert.StartsWith(
            "About 1,200 debits, $100,675.00, will be held again.",
            PreviewSentence.Of(
                new BacklogReopened([new CycleNumber(1)]),
                new Controls(),
                Some with
                {
                    Accounts = null,
                },
                isEstimate: true,
                City
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_end_of_a_merge_is_no_release_and_while_charging_is_halted_nothing_leaves() =>
        Assert.Equal(
            "1,200 debits, $100,675.00, of 1 account, will not be merged any more. "
                + "Nothing leaves as things are: charging is stopped.",
            Of(
                new DeferralWithdrawn(Merge.Id),
                new Controls { Deferrals = [Merge], Halt = new Halt("Bank file looks short", "ann", default) }
            )
        );

    private static string Of(ControlChange change, Controls before, ChangePreview? preview = null) =>
        PreviewSentence.Of(change, before, preview ?? Some, isEstimate: false, City);
}
