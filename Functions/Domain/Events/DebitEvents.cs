using static Autopay.Domain.Ledger.DebitState;

namespace Autopay.Domain.Events;

public sealed record DebitScheduled(Debit Debit, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit.Id)} scheduled";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        (ledger with { Debits = [.. ledger.Debits, Debit], NextDebit = ledger.NextDebit + 1 }).WithBills(
            Debit.Lines,
            BillMarks.Scheduled
        );
}

public sealed record LineAdded(DebitId Debit, BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} takes a bill";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger
            .WithDebit(Debit, debit => debit with { Lines = [.. debit.Lines, new DebitLine { Bill = Bill }] })
            .WithBill(
                Bill,
                bill => bill with { Marks = bill.Marks | BillMarks.Scheduled | ledger.DebitOf(Debit).MarkInside }
            );
}

public sealed record LineRemoved(DebitId Debit, BillId Bill, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} drops a bill";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(Debit, debit => debit with { Lines = [.. debit.Lines.Where(line => line.Bill != Bill)] });
}

public sealed record DebitDeferred(DebitId Debit, IReadOnlyList<DeferralId> HeldBy, DateOnly On, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} deferred";

    internal override AccountLedger ApplyTo(AccountLedger ledger)
    {
        var before = ledger.DebitOf(Debit);
        var marks =
            before.HeldBy.Count > 0 && HeldBy.Count == 0 ? BillMarks.Deferred | BillMarks.Released : BillMarks.Deferred;
        return ledger
            .WithDebit(
                Debit,
                debit =>
                    debit.MoveTo(Deferred, Reason) with
                    {
                        HeldBy = HeldBy,
                        DeferredOn = debit.DeferredOn ?? On,
                        Grant = HeldBy.Count == 0 ? debit.Grant : null,
                    }
            )
            .WithBills(before.Lines, marks);
    }
}

/// <summary>It has waited too long for something that may never come: on finance's list (R32).</summary>
public sealed record DebitNotCollected(DebitId Debit, DateOnly Since, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} not being collected";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(Debit, debit => debit with { NotCollected = new NotCollected(Reason, Since) });
}

/// <summary>Nothing defers the debit any more.</summary>
public sealed record DebitReleased(DebitId Debit, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} released";

    internal override AccountLedger ApplyTo(AccountLedger ledger)
    {
        var before = ledger.DebitOf(Debit);
        var released = ledger.WithDebit(
            Debit,
            debit => debit.MoveTo(before.StateUnsent, Reason) with { HeldBy = [], DeferredOn = null }
        );
        return before.HeldBy.Count > 0 ? released.WithBills(before.Lines, BillMarks.Released) : released;
    }
}

/// <summary>
/// The whole debit moved into another one: folded by a merge deferral (R8), or carried when null (R11).
/// </summary>
public sealed record DebitMerged(DebitId Debit, DebitId Into, DeferralId? Deferral, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} merged into {NumberOf(Into)}";

    internal override AccountLedger ApplyTo(AccountLedger ledger)
    {
        var part = ledger.DebitOf(Debit);
        var moved = part.Lines.Select(line => line with { Trail = [.. line.Trail, new Hop(part.Id, Deferral)] });
        var marks = Deferral is null ? BillMarks.None : BillMarks.Merged;
        return ledger
            .WithDebit(
                Debit,
                debit => debit.MoveTo(Merged, Reason) with { MergedInto = Into, HeldBy = [], DeferredOn = null }
            )
            .WithDebit(Into, parent => parent with { Lines = [.. parent.Lines, .. moved] })
            .WithBills(part.Lines, ledger.DebitOf(Into).MarkInside | marks);
    }
}

public sealed record DebitUnmerged(DebitId Debit, DebitId From, IReadOnlyList<DebitLine> Lines, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} un-merged";

    internal override AccountLedger ApplyTo(AccountLedger ledger)
    {
        var returned = Lines.Select(line => line.Bill).ToHashSet();
        return ledger
            .WithDebit(
                From,
                parent => parent with { Lines = [.. parent.Lines.Where(line => !returned.Contains(line.Bill))] }
            )
            .WithDebit(Debit, part => part.MoveTo(Scheduled, Reason) with { MergedInto = null, Lines = Lines });
    }
}

public sealed record DebitSatisfied(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} satisfied";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithClosed(Debit, Satisfied, On, Reason).WithBills(ledger.DebitOf(Debit).Lines, BillMarks.Satisfied);
}

public sealed record DebitSentToReview(DebitId Debit, IReadOnlyList<ReviewCheck> Checks, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} needs review";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger
            .WithDebit(
                Debit,
                debit => debit.MoveTo(NeedsReview, Reason) with { Reviews = Checks, HeldBy = [], Grant = null }
            )
            .WithBills(ledger.DebitOf(Debit).Lines, BillMarks.Reviewed);
}

public sealed record DebitApproved(DebitId Debit, IReadOnlyList<WaivedCheck> Waived, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} approved";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit => debit.MoveTo(debit.StateUnsent, Reason) with { Reviews = [], Waived = Waived }
        );
}

public sealed record DebitCancelled(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} cancelled";

    /// <summary>Because autopay is off: undone soon, its bills get a debit again (R23).</summary>
    public bool AutopayOff { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        WithWhatComesBack(ledger).WithClosed(Debit, Cancelled, On, Reason);

    private AccountLedger WithWhatComesBack(AccountLedger ledger) =>
        AutopayOff && ledger.LastOff is { } off
            ? ledger with
            {
                LastOff = off with { Lines = [.. off.Lines, .. LinesOf(ledger.DebitOf(Debit))] },
            }
            : ledger;

    private static IEnumerable<CancelledLine> LinesOf(Debit debit) =>
        debit.Lines.Select(line => new CancelledLine(
            line.Bill,
            debit.RetryOn ?? (debit.BornOfRetry ? debit.DueDate : null)
        ));
}

/// <summary>An approved release lets the debit go.</summary>
public sealed record ReleaseGranted(DebitId Debit, ReleaseGrant Grant, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} may go";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(Debit, debit => debit with { Grant = Grant });
}

/// <summary>What a release let go did not leave in time: it needs another one.</summary>
public sealed record GrantLapsed(DebitId Debit, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} may not go any more";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(Debit, debit => debit with { Grant = null, Reason = Reason });
}

public sealed record DebitToRetry(DebitId Debit, DateOnly RetryOn, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} to be retried";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit.MoveTo(RetryScheduled, Reason) with
                {
                    RetryOn = RetryOn,
                    FailedAttempts = debit.FailedAttempts + 1,
                }
        );
}

/// <summary>The retry was refused because its amount is no longer the same (R18).</summary>
public sealed record DebitSuperseded(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} superseded";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger.WithClosed(Debit, Superseded, On, Reason);
}

public sealed record DebitUncollected(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} uncollected";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger.WithClosed(Debit, Uncollected, On, Reason);
}

public sealed record DebitDeclined(DebitId Debit, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} declined";

    internal override AccountLedger ApplyTo(AccountLedger ledger) => ledger.WithClosed(Debit, Declined, On, Reason);
}
