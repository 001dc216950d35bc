using static Autopay.Domain.Ledger.DebitState;

namespace Autopay.Domain.Events;

/// <summary>P0: the attempt is saved before the provider is asked.</summary>
public sealed record AttemptPlanned(Attempt Attempt, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Attempt.Debit)} charge planned";

    public override bool IsForTheCustomer() => false;

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Attempt.Debit,
            debit => debit.MoveTo(Charging, Reason) with { Attempts = [.. debit.Attempts, Attempt] }
        );
}

/// <summary>P2: the pre-charge check said yes; the bills are in flight.</summary>
public sealed record AttemptLocked(
    DebitId Debit,
    string IntentId,
    long ControlsVersion,
    DateTimeOffset At,
    string Reason
) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} charge locked";

    public override bool IsForTheCustomer() => false;

    /// <summary>The civil day on which it may be sent; null for what was sent without us (R27).</summary>
    public DateOnly? On { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger)
    {
        var locked = ledger.WithDebit(
            Debit,
            debit =>
                debit
                    .MoveTo(Charging, Reason)
                    .WithLastAttempt(attempt =>
                        attempt with
                        {
                            Phase = AttemptPhase.Locked,
                            IntentId = IntentId,
                            ControlsVersion = ControlsVersion,
                            TouchedAt = At,
                            LockedOn = On,
                        }
                    )
        );
        return ledger
            .DebitOf(Debit)
            .Living.Lines.Aggregate(
                locked,
                (changed, line) =>
                    changed.WithBill(line.Bill, bill => bill with { InFlight = bill.InFlight + line.Cents })
            );
    }
}

/// <summary>It was locked and never sent; another whole pre-charge check said yes (R27).</summary>
public sealed record AttemptLockedAgain(DebitId Debit, long ControlsVersion, DateTimeOffset At, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} charge locked again";

    public override bool IsForTheCustomer() => false;

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit.WithLastAttempt(attempt => attempt with { ControlsVersion = ControlsVersion, TouchedAt = At })
        );
}

/// <summary>The attempt is proven dead without a submission; the debit goes back.</summary>
public sealed record AttemptAbandoned(DebitId Debit, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} not charged";

    /// <summary>Why the provider refused the confirm, when that is for a person to look at (R27).</summary>
    public string? ConfirmRefused { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        Landing
            .Land(ledger, Debit)
            .WithDebit(
                Debit,
                debit =>
                    (
                        debit.MoveTo(debit.StateUnsent, Reason) with
                        {
                            Discrepancy = null,
                            Stopped = false,
                            ConfirmRefused = ConfirmRefused,
                        }
                    ).WithLastAttempt(attempt => attempt with { Phase = AttemptPhase.Abandoned, Code = Reason })
            );
}

/// <summary>The answer to a confirm was lost: only the intent can tell (P4).</summary>
public sealed record AttemptInDoubt(DebitId Debit, DateTimeOffset At, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} in doubt";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit
                    .MoveTo(Unknown, Reason)
                    .WithLastAttempt(attempt => attempt with { Phase = AttemptPhase.Unknown, TouchedAt = At })
        );
}

public sealed record AttemptSubmitted(DebitId Debit, DateOnly On, DateTimeOffset At, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} submitted";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(
            Debit,
            debit =>
                debit
                    .MoveTo(Submitted, Reason)
                    .WithLastAttempt(attempt =>
                        attempt with
                        {
                            Phase = AttemptPhase.Submitted,
                            SubmittedOn = On,
                            TouchedAt = At,
                        }
                    )
        );
}

/// <param name="SubmittedOn">The day of the submission, when no earlier event told it.</param>
public sealed record AttemptCollected(DebitId Debit, DateOnly SubmittedOn, DateOnly On, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} collected";

    internal override AccountLedger ApplyTo(AccountLedger ledger)
    {
        var landed = Landing
            .Land(ledger, Debit)
            .WithClosed(Debit, Collected, On, Reason)
            .WithDebit(
                Debit,
                debit =>
                    debit.WithLastAttempt(attempt =>
                        attempt with
                        {
                            Phase = AttemptPhase.Collected,
                            SubmittedOn = attempt.SubmittedOn ?? SubmittedOn,
                            AnsweredOn = On,
                        }
                    )
            );
        return ledger.DebitOf(Debit).Living.Lines.Aggregate(landed, Collect);
    }

    private static AccountLedger Collect(AccountLedger ledger, AttemptLine line) =>
        ledger.WithBill(
            line.Bill,
            bill => bill with { Collected = bill.Collected + line.Cents, Marks = bill.Marks | BillMarks.Collected }
        );
}

public sealed record AttemptFailed(DebitId Debit, string Code, DateOnly SubmittedOn, DateOnly On, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} failed";

    public override bool IsForTheCustomer() => false;

    // The debit's next state is the next event's: credit pays first, before a retry is decided (R14).
    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        Landing
            .Land(ReturnCodes.IsNo(Code) ? Landing.Return(ledger, Debit, On) : ledger, Debit)
            .WithDebit(
                Debit,
                debit =>
                    (debit with { Reason = Reason, Discrepancy = null, Stopped = false }).WithLastAttempt(attempt =>
                        attempt with
                        {
                            Phase = AttemptPhase.Refused,
                            Code = Code,
                            SubmittedOn = attempt.SubmittedOn ?? SubmittedOn,
                            AnsweredOn = On,
                        }
                    )
            );
}

/// <param name="Stop">Nothing more may be tried until a person has looked: a bug of ours.</param>
public sealed record AttemptFlagged(DebitId Debit, bool Stop, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => $"debit {NumberOf(Debit)} attempt flagged";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger.WithDebit(Debit, debit => debit with { Discrepancy = Reason, Stopped = Stop });
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

    /// <summary>The civil day on which we learned of it.</summary>
    public required DateOnly On { get; init; }

    /// <summary>
    /// What was returned beyond that, because it had been given back before (signed cents: a refund that failed since
    /// makes it smaller).
    /// </summary>
    public Money Lost { get; init; }

    /// <summary>The intent whose money came back.</summary>
    public required string IntentId { get; init; }

    internal override AccountLedger ApplyTo(AccountLedger ledger)
    {
        var reopened = Landing.Return(Lines.Aggregate(ledger, TakeBack), Debit, On);
        return reopened.FindDebit(Debit) is null
            ? reopened with
            {
                LateReturns = [.. ledger.LateReturns, new LateReturn(Debit, Total) { Lost = Lost }],
            }
            : reopened.WithDebit(
                Debit,
                debit =>
                    debit with
                    {
                        ReturnedCents = debit.ReturnedCents + Total,
                        Lost = debit.Lost + Lost,
                        BankReturn = new BankReturn(Code, On),
                    }
            );
    }

    // What a bill collected that has left the row since is kept as a sum (I3).
    private static AccountLedger TakeBack(AccountLedger ledger, AttemptLine line) =>
        ledger.FindBill(line.Bill) is null
            ? ledger with
            {
                ArchivedCollected = ledger.ArchivedCollected - line.Cents,
            }
            : ledger.WithBill(line.Bill, bill => bill with { Collected = bill.Collected - line.Cents });
}

/// <summary>What the answers of the bank have in common.</summary>
internal static class Landing
{
    /// <summary>Takes the living attempt's bills out of flight, when they were in it.</summary>
    public static AccountLedger Land(AccountLedger ledger, DebitId debit)
    {
        var attempt = ledger.DebitOf(debit).Living;
        return attempt.Phase == AttemptPhase.Planned
            ? ledger
            : attempt.Lines.Aggregate(
                ledger,
                (landed, line) =>
                    landed.WithBill(line.Bill, bill => bill with { InFlight = bill.InFlight - line.Cents })
            );
    }

    /// <summary>A debit that came back counts once, and for a year (R36).</summary>
    public static AccountLedger Return(AccountLedger ledger, DebitId debit, DateOnly on) =>
        ledger.ReturnedDebits.Any(returned => returned.Debit == debit)
            ? ledger
            : ledger with
            {
                ReturnedDebits =
                [
                    .. ledger.ReturnedDebits.Where(returned => returned.On > on.AddYears(-1)),
                    new ReturnedDebit(debit, on),
                ],
            };
}
