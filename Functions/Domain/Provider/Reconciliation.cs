namespace Autopay.Domain.Provider;

/// <summary>How our books and the provider's disagree about one intent.</summary>
public enum DifferenceKind
{
    /// <summary>An attempt of ours names an intent that the provider does not know.</summary>
    OursOnly,

    /// <summary>An intent with our metadata moved money, or is about to, and no attempt of ours knows it.</summary>
    TheirsOnly,

    AmountDiffers,

    StateDiffers,

    /// <summary>Money came back, and our books do not show it, or not all of it (R20).</summary>
    ReturnUnseen,

    /// <summary>More or less was given back at the provider than our books show.</summary>
    RefundUnseen,

    /// <summary>Two intents of one debit charge: the worst there is.</summary>
    ChargedTwice,
}

/// <summary>One disagreement, in words for a person.</summary>
public sealed record Difference(DifferenceKind Kind, string IntentId, string? Debit, string Detail)
{
    /// <summary>When it was first found, UTC; null until its run ends.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether recording what the intent says of itself may settle it.</summary>
    public bool IsCurable =>
        Kind is DifferenceKind.StateDiffers or DifferenceKind.ReturnUnseen or DifferenceKind.RefundUnseen;
}

/// <summary>Compares one intent with what the ledger has of it. Asks nothing and charges nothing.</summary>
public static class Reconciliation
{
    /// <param name="debit">The debit that the intent names, archived or not, with all that came back of it; null when
    /// the ledger has none.</param>
    public static Difference? Compare(AccountLedger? ledger, Debit? debit, IntentReading intent)
    {
        if (ledger?.Funds.FirstOrDefault(funds => funds.Id.Value == intent.IntentId) is { } taken)
        {
            return CompareMoney(taken, intent);
        }

        return debit?.Attempts.FirstOrDefault(attempt => attempt.IntentId == intent.IntentId) is { } attempt
                ? CompareAmounts(attempt, intent)
                    ?? CompareStates(attempt, intent)
                    ?? CompareReturns(debit, attempt, intent)
                    ?? CompareRefunds(debit, attempt, intent)
            : MovesMoney(intent)
                ? new Difference(
                    DifferenceKind.TheirsOnly,
                    intent.IntentId,
                    intent.DebitId,
                    $"{intent.Amount} is {intent.Status} at the provider, and no attempt knows the intent"
                )
            : null;
    }

    /// <summary>Never confirmed, and no living attempt needs it: harmless, and cancelled by reconcile.</summary>
    public static bool IsOrphan(Debit? debit, IntentReading intent) =>
        intent.Status == IntentStatus.Untouched
        && !(
            debit?.LivingAttempt is { } living
            && living.Number == intent.AttemptNumber
            && (living.IntentId is null || living.IntentId == intent.IntentId)
        );

    public static bool MovesMoney(IntentReading intent) =>
        intent.Status is IntentStatus.Processing or IntentStatus.Succeeded or IntentStatus.RequiresAction;

    // Taken in as money after a restore: what was returned or refunded since leaves it again.
    private static Difference? CompareMoney(Funds taken, IntentReading intent) =>
        taken.Amount - taken.Reversed <= intent.KeptByUs
            ? null
            : new Difference(
                DifferenceKind.ReturnUnseen,
                intent.IntentId,
                intent.DebitId,
                $"{intent.KeptByUs} of it is left at the provider, our books show {taken.Amount - taken.Reversed} "
                    + "as money of the account"
            );

    private static Difference? CompareAmounts(Attempt attempt, IntentReading intent) =>
        attempt.Amount == intent.Amount && attempt.Currency == intent.Currency && attempt.Customer == intent.Customer
            ? null
            : Of(
                DifferenceKind.AmountDiffers,
                attempt,
                intent,
                $"ours is {attempt.Amount} of {attempt.Customer}, "
                    + $"theirs {intent.Amount} {intent.Currency} of {intent.Customer}"
            );

    private static Difference? CompareStates(Attempt attempt, IntentReading intent)
    {
        var agrees = intent.Status switch
        {
            IntentStatus.Untouched => attempt.Phase
                is AttemptPhase.Planned
                    or AttemptPhase.Locked
                    or AttemptPhase.Unknown,
            IntentStatus.Processing => attempt.Phase == AttemptPhase.Submitted,
            IntentStatus.Succeeded => attempt.Phase == AttemptPhase.Collected,
            IntentStatus.Dead => attempt.Phase == AttemptPhase.Refused,
            IntentStatus.Cancelled => attempt.Phase is AttemptPhase.Refused or AttemptPhase.Abandoned,
            _ => false,
        };
        return agrees
            ? null
            : Of(DifferenceKind.StateDiffers, attempt, intent, $"ours is {attempt.Phase}, theirs {intent.Status}");
    }

    // Only what was collected can come back: an earlier attempt that the bank refused knows nothing of it.
    private static Difference? CompareReturns(Debit debit, Attempt attempt, IntentReading intent) =>
        attempt.Phase != AttemptPhase.Collected
        || Money.Min(intent.ReturnedCents, attempt.Amount) == debit.ReturnedCents + debit.Lost
            ? null
            : Of(
                DifferenceKind.ReturnUnseen,
                attempt,
                intent,
                $"{intent.ReturnedCents} came back at the provider, our books show {debit.ReturnedCents + debit.Lost}"
            );

    // What is only asked for may not be there yet; what we gave up on must not be there.
    private static Difference? CompareRefunds(Debit debit, Attempt attempt, IntentReading intent)
    {
        var sent = debit
            .Refunds.Where(refund => refund.Counts && refund.RefundId is not null)
            .Sum(refund => refund.Amount);
        return attempt != debit.LastAttempt || (intent.Refunded >= sent && intent.Refunded <= debit.Refunded)
            ? null
            : Of(
                DifferenceKind.RefundUnseen,
                attempt,
                intent,
                $"{intent.Refunded} was given back at the provider, our books show {debit.Refunded}"
            );
    }

    private static Difference Of(DifferenceKind kind, Attempt attempt, IntentReading intent, string detail) =>
        new(kind, intent.IntentId, attempt.Debit.Value, detail);
}
