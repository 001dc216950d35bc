using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The state table of the rules: what it names is allowed, every other move throws.</summary>
public sealed class StateTableTests
{
    // As in the rules, with the moves that R7, R17 and R18 ask of a deferred retry, R27 and R34 of a retry in review,
    // and P4 of a first answer.
    private static readonly Dictionary<DebitState, DebitState[]> Table = new()
    {
        [Scheduled] = [Deferred, Merged, Cancelled, Satisfied, NeedsReview, Charging],
        [Deferred] = [Scheduled, Merged, Cancelled, Satisfied, NeedsReview, RetryScheduled, Superseded, Uncollected],
        [NeedsReview] = [Scheduled, Cancelled, RetryScheduled],
        [Merged] = [Scheduled, Deferred],
        [Charging] = [Scheduled, Unknown, Submitted, Collected, RetryScheduled, Superseded, Uncollected, Declined],
        [Unknown] = [Scheduled, Submitted, Collected, RetryScheduled, Superseded, Uncollected, Declined],
        [Submitted] = [Collected, RetryScheduled, Superseded, Uncollected, Declined],
        [RetryScheduled] = [Charging, Deferred, Cancelled, NeedsReview, Superseded, Uncollected],
    };

    public static TheoryData<DebitState, DebitState> Moves =>
        new(
            from before in Enum.GetValues<DebitState>()
            from after in Enum.GetValues<DebitState>()
            where before != after
            select (before, after)
        );

    [Theory]
    [MemberData(nameof(Moves))]
    public void Only_the_moves_of_the_table_are_allowed(DebitState before, DebitState after)
    {
        var debit = GivenAnAccount().WhenABillIsImported("jan", 5_000).Debit(1) with { State = before };
        if (Table.GetValueOrDefault(before, []).Contains(after))
        {
            Assert.Equal(after, debit.MoveTo(after, "why").State);
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => debit.MoveTo(after, "why"));
        }
    }

    [Theory]
    [InlineData(Cancelled)]
    [InlineData(Satisfied)]
    [InlineData(Collected)]
    [InlineData(Superseded)]
    [InlineData(Uncollected)]
    [InlineData(Declined)]
    public void A_terminal_state_has_no_way_out(DebitState state)
    {
        var debit = GivenAnAccount().WhenABillIsImported("jan", 5_000).Debit(1) with { State = state };
        Assert.True(debit.IsTerminal);
        Assert.DoesNotContain(Enum.GetValues<DebitState>(), next => DebitTransitions.IsAllowed(state, next));
    }

    [Fact]
    public void Unsent_charging_and_terminal_states_exclude_each_other_and_leave_review_and_merged()
    {
        var debit = GivenAnAccount().WhenABillIsImported("jan", 5_000).Debit(1);
        var others = Enum.GetValues<DebitState>().Select(state => debit with { State = state }).ToList();
        Assert.All(
            others,
            it => Assert.True((it.IsUnsent ? 1 : 0) + (it.IsCharging ? 1 : 0) + (it.IsTerminal ? 1 : 0) <= 1)
        );
        Assert.Equal(
            [NeedsReview, Merged],
            others.Where(it => !it.IsUnsent && !it.IsCharging && !it.IsTerminal).Select(it => it.State)
        );
    }

    [Theory]
    [InlineData(IntentStatus.Untouched, "", Unknown)]
    [InlineData(IntentStatus.Unknown, "", Unknown)]
    [InlineData(IntentStatus.Processing, "", Submitted)]
    [InlineData(IntentStatus.Succeeded, "", Collected)]
    [InlineData(IntentStatus.Cancelled, "", Scheduled)]
    [InlineData(IntentStatus.Dead, "R01", RetryScheduled)]
    [InlineData(IntentStatus.Dead, "R02", Uncollected)]
    [InlineData(IntentStatus.RequiresAction, "", Declined)]
    public void Unknown_is_left_on_the_providers_word_only(IntentStatus says, string code, DebitState state) =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On(Due["jan"])
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenTheConfirmIsLost()
            .ThenDebits(Unknown)
            .WhenEvaluated()
            .WhenFinanceHalts()
            .WhenFinanceHolds("feb")
            .WhenFinanceResumes()
            .ThenDebits(Unknown)
            .TheBankSays(says, code)
            .ThenDebit(1, state);

    [Fact]
    public void The_banks_yes_is_final_for_charging() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .TheProviderRepeats(1)
            .ThenNothingHappened()
            .TheProviderSays(1, IntentStatus.Dead, "R01")
            .ThenNothingHappened()
            .ThenDebits(Collected);

    [Fact]
    public void The_banks_no_is_final_for_its_attempt() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo("R01")
            .TheProviderSays(1, IntentStatus.Succeeded)
            .ThenNothingHappened()
            .ThenDebits(RetryScheduled);
}
