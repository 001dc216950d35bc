using static Autopay.Domain.Ledger.DebitState;

namespace Autopay.Domain.Ledger;

/// <summary>The state table of rules.md (I6): any other move throws.</summary>
public static class DebitTransitions
{
    private static readonly Dictionary<DebitState, DebitState[]> Allowed = new()
    {
        [Scheduled] = [Deferred, Merged, Cancelled, Satisfied, NeedsReview, Charging],
        // A deferred retry becomes a retry again, or ends as one (R17, R18).
        [Deferred] = [Scheduled, Merged, Cancelled, Satisfied, NeedsReview, RetryScheduled, Superseded, Uncollected],
        // A retry that a person reviewed becomes a retry again (R27, R34).
        [NeedsReview] = [Scheduled, Cancelled, RetryScheduled],
        [Merged] = [Scheduled, Deferred],
        [Charging] = [Scheduled, Unknown, Submitted, Collected, RetryScheduled, Superseded, Uncollected, Declined],
        [Unknown] = [Scheduled, Submitted, Collected, RetryScheduled, Superseded, Uncollected, Declined],
        [Submitted] = [Collected, RetryScheduled, Superseded, Uncollected, Declined],
        [RetryScheduled] = [Charging, Deferred, Cancelled, NeedsReview, Superseded, Uncollected],
    };

    /// <exception cref="InvalidOperationException">The move is not in the table: a bug of ours.</exception>
    public static Debit MoveTo(this Debit debit, DebitState next, string reason)
    {
        if (debit.State != next && !IsAllowed(debit.State, next))
        {
            throw new InvalidOperationException($"Debit {debit.Id} cannot go from {debit.State} to {next}.");
        }

        return debit with
        {
            State = next,
            Reason = reason,
            NotCollected = null,
        };
    }

    public static bool IsAllowed(DebitState from, DebitState to) =>
        Allowed.TryGetValue(from, out var next) && next.Contains(to);
}
