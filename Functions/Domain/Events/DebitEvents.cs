namespace Autopay.Domain.Events;

public sealed record DebitScheduled(Debit Debit, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit.Id)} scheduled";
}

public sealed record LineAdded(DebitId Debit, BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} takes a bill";
}

public sealed record LineRemoved(DebitId Debit, BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} drops a bill";
}

public sealed record DebitDeferred(DebitId Debit, IReadOnlyList<DeferralId> HeldBy, DateOnly On, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} deferred";
}

/// <summary>It has waited too long for something that may never come: on finance's list (R32).</summary>
public sealed record DebitNotCollected(DebitId Debit, DateOnly Since, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} not being collected";
}

/// <summary>Nothing defers the debit any more.</summary>
public sealed record DebitReleased(DebitId Debit, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} released";
}

/// <summary>
/// The whole debit moved into another one: folded by a merge deferral (R8), or carried when null (R11).
/// </summary>
public sealed record DebitMerged(DebitId Debit, DebitId Into, DeferralId? Deferral, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} merged into {NumberOf(Into)}";
}

public sealed record DebitUnmerged(DebitId Debit, DebitId From, IReadOnlyList<DebitLine> Lines, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} un-merged";
}

public sealed record DebitSatisfied(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} satisfied";
}

public sealed record DebitSentToReview(DebitId Debit, IReadOnlyList<ReviewCheck> Checks, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} needs review";
}

public sealed record DebitApproved(DebitId Debit, IReadOnlyList<WaivedCheck> Waived, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} approved";
}

public sealed record DebitCancelled(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} cancelled";

    /// <summary>Because autopay is off: undone soon, its bills get a debit again (R23).</summary>
    public bool AutopayOff { get; init; }
}

public sealed record DebitToRetry(DebitId Debit, DateOnly RetryOn, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} to be retried";
}

/// <summary>The retry was refused because its amount is no longer the same (R18).</summary>
public sealed record DebitSuperseded(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} superseded";
}

public sealed record DebitUncollected(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} uncollected";
}

public sealed record DebitDeclined(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} declined";
}

/// <summary>A dispute or return after Collected (R20): what leaves "collected" of each bill.</summary>
/// <param name="Total">What the books give up for it, cents; part of it may have been reversed credit.</param>
public sealed record ReturnReceived(
    DebitId Debit,
    Money Total,
    IReadOnlyList<AttemptLine> Lines,
    string Code,
    string Reason
) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} returned";

    public DateOnly On { get; init; }

    /// <summary>
    /// What was returned beyond that, because it had been given back before (signed cents: a refund that failed since
    /// makes it smaller).
    /// </summary>
    public Money Lost { get; init; }

    /// <summary>The intent whose money came back; null in histories from before it was kept.</summary>
    public string? IntentId { get; init; }
}
