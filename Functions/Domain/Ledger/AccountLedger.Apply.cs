using static Autopay.Domain.Ledger.DebitState;

namespace Autopay.Domain.Ledger;

public sealed partial record AccountLedger
{
    /// <summary>The state after an event. Total over the events; an impossible one throws.</summary>
    /// <exception cref="InvalidOperationException">The event contradicts the ledger: a bug of ours.</exception>
    public AccountLedger Apply(LedgerEvent happened) =>
        happened switch
        {
            AccountEnrolled e => Enrol(e),
            PayerChanged e => ChangePayer(e),
            AutopaySwitched e => Switch(e),
            AccountSuspended e => this with { Suspension = e.Suspension },
            SuspensionLifted => this with { Suspension = null },
            BillOpened
            or BillAdjusted
            or BillExempted
            or BillSkipped
            or BillRearmed
            or BillBlocked
            or BillUnblocked
            or BillFlagged
            or BalanceDiffered
            or WarningsDismissed => ApplyToBills(happened),
            FundsReceived
            or PaymentFoundTwice
            or FundsApplied
            or FundsUnapplied
            or FundsReversed
            or OverCollected
            or BillCredited
            or BillCreditTakenBack
            or CreditKept => ApplyToFunds(happened),
            AttemptPlanned
            or AttemptLocked
            or AttemptLockedAgain
            or AttemptAbandoned
            or AttemptInDoubt
            or AttemptSubmitted
            or AttemptCollected
            or AttemptFailed
            or AttemptFlagged
            or ReturnReceived => ApplyToAttempts(happened),
            RefundRequested or RefundDelayed or RefundSent or RefundPaid or RefundFailed => ApplyToRefunds(happened),
            CorrectionReceived or CorrectionClosed or BillCorrected or PaymentCorrected => ApplyToCorrections(happened),
            ItemsArchived e => Archive(e),
            GenerationRaised e => this with { Generation = e.To },
            _ => ApplyToDebits(happened),
        };

    private AccountLedger ApplyToBills(LedgerEvent happened) =>
        happened switch
        {
            BillOpened e => this with { Bills = [.. Bills, e.Bill] },
            BillAdjusted e => WithBill(
                e.Bill,
                bill =>
                    bill with
                    {
                        Adjustments = bill.Adjustments + e.Amount,
                        ReopenedBy = e.Amount.IsPositive ? OpenedInFlight(bill, e.Source) : bill.ReopenedBy,
                    }
            ) with
            {
                AdjustmentIds = [.. AdjustmentIds, e.AdjustmentId],
            },
            BillExempted e => WithBill(
                e.Bill,
                bill =>
                    bill with
                    {
                        Exemptions =
                        [
                            .. bill.Exemptions.Where(deferral => deferral != e.Deferral),
                            .. e.On ? (IReadOnlyList<DeferralId>)[e.Deferral] : [],
                        ],
                    }
            ),
            BillSkipped e => WithBill(e.Bill, bill => bill with { Skipped = true }),
            BillRearmed e => WithBill(
                e.Bill,
                bill => bill with { Skipped = false, Blocked = null, BlockedOn = null, BlockedBy = null, Flags = [] }
            ),
            BillBlocked e => WithBill(
                e.Bill,
                bill =>
                    bill with
                    {
                        Blocked = e.Reason,
                        BlockedOn = bill.BlockedOn ?? e.On,
                        BlockedBy = e.Source,
                        ReopenedBy = null,
                    }
            ),
            BillUnblocked e => WithBill(
                e.Bill,
                bill => bill with { Blocked = null, BlockedOn = null, BlockedBy = null }
            ),
            BillFlagged e => WithBill(
                e.Bill,
                bill => bill with { Flags = [.. bill.Flags, new BillFlag(e.Check, e.Reason)] }
            ),
            BalanceDiffered e => this with { Warnings = [.. Warnings, new BalanceWarning(e.Bill, e.Reason, e.On)] },
            WarningsDismissed e => this with { Warnings = [.. Warnings.Where(warning => warning.Bill != e.Bill)] },
            _ => throw Impossible(happened),
        };

    private AccountLedger ApplyToFunds(LedgerEvent happened) =>
        happened switch
        {
            FundsReceived e => this with
            {
                Funds = [.. Funds, e.Funds],
                Debits = [.. Debits.Select(MarkPaymentSinceLocked)],
            },
            PaymentFoundTwice e => WithFunds(e.Funds, funds => funds with { AlsoTakenBy = e.Debits }),
            FundsApplied e => WithFunds(e.Funds, funds => funds.Apply(e.Bill, e.Cents))
                .WithBill(e.Bill, bill => bill with { PaidElsewhere = bill.PaidElsewhere + e.Cents }),
            FundsUnapplied e => WithFunds(e.Funds, funds => funds.Unapply(e.Bill, e.Cents))
                .WithBill(
                    e.Bill,
                    bill =>
                        bill with
                        {
                            PaidElsewhere = bill.PaidElsewhere - e.Cents,
                            ReopenedBy = OpenedInFlight(bill, e.Source),
                        }
                ),
            FundsReversed e => WithFunds(e.Funds, funds => funds with { Reversed = funds.Reversed + e.Cents }),
            CreditKept e => WithFunds(e.Funds, funds => funds with { Kept = true, Payer = null }),
            BillCredited e => WithBill(
                e.Bill,
                bill => bill with { PaidElsewhere = bill.PaidElsewhere - e.Funds.Amount }
            ) with
            {
                Funds = [.. Funds, e.Funds],
            },
            BillCreditTakenBack e => WithFunds(e.Funds, funds => funds with { Reversed = funds.Reversed + e.Cents })
                .WithBill(e.Bill, bill => bill with { PaidElsewhere = bill.PaidElsewhere + e.Cents }),
            OverCollected e => WithBill(e.Bill, bill => bill with { Collected = bill.Collected - e.Funds.Amount }) with
            {
                Funds = [.. Funds, e.Funds],
            },
            _ => throw Impossible(happened),
        };

    private AccountLedger ApplyToDebits(LedgerEvent happened) =>
        happened switch
        {
            DebitScheduled e => (this with { Debits = [.. Debits, e.Debit], NextDebit = NextDebit + 1 }).Mark(
                e.Debit.Lines,
                BillMarks.Scheduled
            ),
            LineAdded e => WithDebit(
                    e.Debit,
                    debit => debit with { Lines = [.. debit.Lines, new DebitLine { Bill = e.Bill }] }
                )
                .WithBill(e.Bill, bill => bill with { Marks = bill.Marks | BillMarks.Scheduled | MarkInside(e.Debit) }),
            LineRemoved e => WithDebit(
                e.Debit,
                debit => debit with { Lines = [.. debit.Lines.Where(line => line.Bill != e.Bill)] }
            ),
            DebitDeferred e => Defer(e),
            DebitNotCollected e => WithDebit(
                e.Debit,
                debit => debit with { NotCollected = new NotCollected(e.Reason, e.Since) }
            ),
            DebitReleased e => Release(e),
            DebitMerged e => Merge(e),
            DebitUnmerged e => Unmerge(e),
            DebitSentToReview e => WithDebit(
                    e.Debit,
                    debit => debit.MoveTo(NeedsReview, e.Reason) with { Reviews = e.Checks, HeldBy = [] }
                )
                .Mark(DebitOf(e.Debit).Lines, BillMarks.Reviewed),
            DebitApproved e => WithDebit(
                e.Debit,
                debit =>
                    debit.MoveTo(debit.RetryOn is null ? Scheduled : RetryScheduled, e.Reason) with
                    {
                        Reviews = [],
                        Waived = e.Waived,
                    }
            ),
            DebitToRetry e => WithDebit(
                e.Debit,
                debit =>
                    debit.MoveTo(RetryScheduled, e.Reason) with
                    {
                        RetryOn = e.RetryOn,
                        FailedAttempts = debit.FailedAttempts + 1,
                    }
            ),
            DebitSatisfied e => Close(e.Debit, Satisfied, e.On, e.Reason)
                .Mark(DebitOf(e.Debit).Lines, BillMarks.Satisfied),
            DebitCancelled e => NoteCancelledByOff(e).Close(e.Debit, Cancelled, e.On, e.Reason),
            DebitSuperseded e => Close(e.Debit, Superseded, e.On, e.Reason),
            DebitUncollected e => Close(e.Debit, Uncollected, e.On, e.Reason),
            DebitDeclined e => Close(e.Debit, Declined, e.On, e.Reason),
            _ => throw Impossible(happened),
        };

    // Only what is found open when the bank has answered needs to be remembered.
    private static string? OpenedInFlight(Bill bill, string? source) => bill.InFlight.IsPositive ? source : null;

    private AccountLedger Defer(DebitDeferred e)
    {
        var before = DebitOf(e.Debit);
        var marks =
            before.HeldBy.Count > 0 && e.HeldBy.Count == 0
                ? BillMarks.Deferred | BillMarks.Released
                : BillMarks.Deferred;
        return WithDebit(
                e.Debit,
                debit =>
                    debit.MoveTo(Deferred, e.Reason) with
                    {
                        HeldBy = e.HeldBy,
                        DeferredOn = debit.DeferredOn ?? e.On,
                    }
            )
            .Mark(before.Lines, marks);
    }

    private AccountLedger Release(DebitReleased e)
    {
        var before = DebitOf(e.Debit);
        var next = before.RetryOn is null ? Scheduled : RetryScheduled;
        var released = WithDebit(
            e.Debit,
            debit => debit.MoveTo(next, e.Reason) with { HeldBy = [], DeferredOn = null }
        );
        return before.HeldBy.Count > 0 ? released.Mark(before.Lines, BillMarks.Released) : released;
    }

    private AccountLedger Merge(DebitMerged e)
    {
        var part = DebitOf(e.Debit);
        var moved = part.Lines.Select(line => line with { Trail = [.. line.Trail, new Hop(part.Id, e.Deferral)] });
        return WithDebit(
                e.Debit,
                debit => debit.MoveTo(Merged, e.Reason) with { MergedInto = e.Into, HeldBy = [], DeferredOn = null }
            )
            .WithDebit(e.Into, parent => parent with { Lines = [.. parent.Lines, .. moved] })
            .Mark(part.Lines, MarkInside(e.Into) | (e.Deferral is null ? BillMarks.None : BillMarks.Merged));
    }

    // A bill that joins a deferred debit is deferred with it.
    private BillMarks MarkInside(DebitId debit) =>
        DebitOf(debit).State == Deferred ? BillMarks.Deferred : BillMarks.None;

    private AccountLedger Unmerge(DebitUnmerged e)
    {
        var returned = e.Lines.Select(line => line.Bill).ToHashSet();
        return WithDebit(
                e.From,
                parent => parent with { Lines = [.. parent.Lines.Where(line => !returned.Contains(line.Bill))] }
            )
            .WithDebit(e.Debit, part => part.MoveTo(Scheduled, e.Reason) with { MergedInto = null, Lines = e.Lines });
    }

    private AccountLedger Close(DebitId id, DebitState state, DateOnly on, string reason) =>
        WithDebit(
            id,
            debit =>
                debit.MoveTo(state, reason) with
                {
                    ClosedOn = on,
                    HeldBy = [],
                    Discrepancy = null,
                    Stopped = false,
                }
        );

    private AccountLedger Archive(ItemsArchived e) =>
        this with
        {
            Debits = [.. Debits.Where(debit => !e.Debits.Contains(debit.Id))],
            Bills = [.. Bills.Where(bill => !e.Bills.Contains(bill.Id))],
            ArchivedCollected =
                ArchivedCollected
                + Bills.Where(bill => e.Bills.Contains(bill.Id)).Sum(bill => bill.Collected)
                + Funds
                    .Where(funds => e.Funds.Contains(funds.Id) && funds.Source == FundsSource.OverCollected)
                    .Sum(funds => funds.Amount - funds.Reversed),
            Funds = [.. Funds.Where(funds => !e.Funds.Contains(funds.Id))],
            Warnings = [.. Warnings.Where(warning => !e.Bills.Contains(warning.Bill))],
        };

    private AccountLedger Mark(IEnumerable<DebitLine> lines, BillMarks marks) =>
        lines.Aggregate(
            this,
            (ledger, line) => ledger.WithBill(line.Bill, bill => bill with { Marks = bill.Marks | marks })
        );

    private AccountLedger WithBill(BillId id, Func<Bill, Bill> change) =>
        this with
        {
            Bills = Replace(Bills, bill => bill.Id == id, change, id),
        };

    private AccountLedger WithFunds(PaymentId id, Func<Funds, Funds> change) =>
        this with
        {
            Funds = Replace(Funds, funds => funds.Id == id, change, id),
        };

    private AccountLedger WithDebit(DebitId id, Func<Debit, Debit> change) =>
        this with
        {
            Debits = Replace(Debits, debit => debit.Id == id, change, id),
        };

    private static T[] Replace<T>(IReadOnlyList<T> items, Func<T, bool> isIt, Func<T, T> change, object id)
    {
        var changed = items.ToArray();
        var index = Array.FindIndex(changed, item => isIt(item));
        if (index < 0)
        {
            throw new InvalidOperationException($"The ledger has no {typeof(T).Name} {id}.");
        }

        changed[index] = change(changed[index]);
        return changed;
    }

    private static InvalidOperationException Impossible(LedgerEvent happened) =>
        new($"{happened.GetType().Name} cannot be applied here.");
}
