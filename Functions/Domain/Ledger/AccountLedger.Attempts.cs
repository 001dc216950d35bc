using static Autopay.Domain.Ledger.DebitState;

namespace Autopay.Domain.Ledger;

public sealed partial record AccountLedger
{
    private AccountLedger ApplyToAttempts(LedgerEvent happened) =>
        happened switch
        {
            AttemptPlanned e => WithDebit(
                e.Attempt.Debit,
                debit => debit.MoveTo(Charging, e.Reason) with { Attempts = [.. debit.Attempts, e.Attempt] }
            ),
            AttemptLocked e => Freeze(e),
            AttemptLockedAgain e => WithDebit(
                e.Debit,
                debit =>
                    ChangeAttempt(
                        debit,
                        attempt => attempt with { ControlsVersion = e.ControlsVersion, TouchedAt = e.At }
                    )
            ),
            AttemptAbandoned e => Abandon(e),
            AttemptInDoubt e => WithDebit(
                e.Debit,
                debit =>
                    ChangeAttempt(
                        debit.MoveTo(Unknown, e.Reason),
                        attempt => attempt with { Phase = AttemptPhase.Unknown, TouchedAt = e.At }
                    )
            ),
            AttemptSubmitted e => WithDebit(
                e.Debit,
                debit =>
                    ChangeAttempt(
                        debit.MoveTo(Submitted, e.Reason),
                        attempt => attempt with { Phase = AttemptPhase.Submitted, SubmittedOn = e.On, TouchedAt = e.At }
                    )
            ),
            AttemptCollected e => Collect(e),
            AttemptFailed e => Refuse(e),
            AttemptFlagged e => WithDebit(e.Debit, debit => debit with { Discrepancy = e.Reason, Stopped = e.Stop }),
            ReturnReceived e => ComeBack(e),
            _ => throw Impossible(happened),
        };

    private AccountLedger Freeze(AttemptLocked e)
    {
        var lines = DebitOf(e.Debit).LivingAttempt!.Lines;
        var frozen = WithDebit(
            e.Debit,
            debit =>
                ChangeAttempt(
                    debit.MoveTo(Charging, e.Reason),
                    attempt =>
                        attempt with
                        {
                            Phase = AttemptPhase.Locked,
                            IntentId = e.IntentId,
                            ControlsVersion = e.ControlsVersion,
                            TouchedAt = e.At,
                            LockedOn = e.On,
                        }
                )
        );
        return lines.Aggregate(
            frozen,
            (ledger, line) => ledger.WithBill(line.Bill, bill => bill with { InFlight = bill.InFlight + line.Cents })
        );
    }

    private AccountLedger Abandon(AttemptAbandoned e)
    {
        var debit = DebitOf(e.Debit);
        var back = debit.RetryOn is null ? Scheduled : RetryScheduled;
        return Land(debit)
            .WithDebit(
                e.Debit,
                it =>
                    ChangeAttempt(
                        it.MoveTo(back, e.Reason) with
                        {
                            Discrepancy = null,
                            Stopped = false,
                            ConfirmRefused = e.ConfirmRefused,
                        },
                        attempt => attempt with { Phase = AttemptPhase.Abandoned, Code = e.Reason }
                    )
            );
    }

    private AccountLedger Collect(AttemptCollected e)
    {
        var lines = DebitOf(e.Debit).LivingAttempt!.Lines;
        var landed = Land(DebitOf(e.Debit))
            .Close(e.Debit, Collected, e.On, e.Reason)
            .WithDebit(
                e.Debit,
                debit =>
                    ChangeAttempt(
                        debit,
                        attempt =>
                            attempt with
                            {
                                Phase = AttemptPhase.Collected,
                                SubmittedOn = attempt.SubmittedOn ?? e.SubmittedOn,
                                AnsweredOn = e.On,
                            }
                    )
            );
        return lines.Aggregate(
            landed,
            (ledger, line) =>
                ledger.WithBill(
                    line.Bill,
                    bill =>
                        bill with
                        {
                            Collected = bill.Collected + line.Cents,
                            Marks = bill.Marks | BillMarks.Collected,
                        }
                )
        );
    }

    // The debit's next state is the next event's: credit pays first, before a retry is decided (R14).
    private AccountLedger Refuse(AttemptFailed e) =>
        (ReturnCodes.IsNo(e.Code) ? WithReturned(e.Debit, e.On) : this)
            .Land(DebitOf(e.Debit))
            .WithDebit(
                e.Debit,
                debit =>
                    ChangeAttempt(
                        debit with
                        {
                            Reason = e.Reason,
                            Discrepancy = null,
                            Stopped = false,
                        },
                        attempt =>
                            attempt with
                            {
                                Phase = AttemptPhase.Refused,
                                Code = e.Code,
                                SubmittedOn = attempt.SubmittedOn ?? e.SubmittedOn,
                                AnsweredOn = e.On,
                            }
                    )
            );

    private AccountLedger ComeBack(ReturnReceived e)
    {
        var reopened = e.Lines.Aggregate(
            this,
            (ledger, line) =>
                ledger.FindBill(line.Bill) is null
                    ? ledger
                    : ledger.WithBill(line.Bill, bill => bill with { Collected = bill.Collected - line.Cents })
        );
        return reopened.FindDebit(e.Debit) is null
            ? reopened.WithReturned(e.Debit, e.On) with
            {
                LateReturns = [.. LateReturns, new LateReturn(e.Debit, e.Total) { Lost = e.Lost }],
            }
            : reopened
                .WithReturned(e.Debit, e.On)
                .WithDebit(
                    e.Debit,
                    debit =>
                        debit with
                        {
                            ReturnedCents = debit.ReturnedCents + e.Total,
                            Lost = debit.Lost + e.Lost,
                            BankReturn = new BankReturn(e.Code, e.On),
                        }
                );
    }

    // Histories from before the day was kept count nothing.
    private AccountLedger WithReturned(DebitId debit, DateOnly on) =>
        on == default || ReturnedDebits.Any(returned => returned.Debit == debit)
            ? this
            : this with
            {
                ReturnedDebits =
                [
                    .. ReturnedDebits.Where(returned => returned.On > on.AddYears(-1)),
                    new ReturnedDebit(debit, on),
                ],
            };

    private static Debit MarkPaymentSinceLocked(Debit debit) =>
        debit.LivingAttempt is { Phase: AttemptPhase.Locked }
            ? ChangeAttempt(debit, attempt => attempt with { PaymentSinceLocked = true })
            : debit;

    /// <summary>Takes the living attempt's bills out of flight, when they were in it.</summary>
    private AccountLedger Land(Debit debit)
    {
        var attempt = debit.LivingAttempt!;
        return attempt.Phase == AttemptPhase.Planned
            ? this
            : attempt.Lines.Aggregate(
                this,
                (ledger, line) =>
                    ledger.WithBill(line.Bill, bill => bill with { InFlight = bill.InFlight - line.Cents })
            );
    }

    private static Debit ChangeAttempt(Debit debit, Func<Attempt, Attempt> change) =>
        debit with
        {
            Attempts = [.. debit.Attempts.SkipLast(1), change(debit.Attempts[^1])],
        };
}
