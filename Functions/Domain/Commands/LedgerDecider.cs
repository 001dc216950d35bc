namespace Autopay.Domain.Commands;

/// <summary>
/// May this happen now, and what follows? Pure: the same command on the same ledger and controls gives the same events.
/// An empty list says "nothing to do", which is what makes repeats harmless.
/// </summary>
public static class LedgerDecider
{
    /// <exception cref="RefusedException">The rules refuse what was asked; nothing changes.</exception>
    /// <exception cref="InvalidOperationException">The impossible: a bug of ours.</exception>
    public static IReadOnlyList<LedgerEvent> Decide(LedgerCommand command, AccountLedger ledger, Controls controls)
    {
        var draft = new Draft(ledger, controls, command);
        if (ledger.Enrolment is null && command is not Enrol)
        {
            throw new RefusedException($"Account {ledger.Id} is not enrolled.");
        }

        Handle(command, draft);
        HoldMergeRelease.Apply(draft);
        if (command is Evaluate)
        {
            DueDebits.ChargeWhatIsDue(draft);
            Archiving.Archive(draft);
        }

        Listing.ListWhatIsNotCollected(draft);

        return draft.Events;
    }

    private static void Handle(LedgerCommand command, Draft draft)
    {
        switch (command)
        {
            case Evaluate:
                break; // Rearranging and charging follow for every account that anyone looks at.
            case Enrol c:
                Enrolling.Enrol(draft, c);
                break;
            case ImportBill c:
                Billing.Import(draft, c.Bill);
                break;
            case AdjustBill c:
                Billing.Adjust(draft, c);
                break;
            case CompareBalance c:
                BalanceCheck.Compare(draft, c);
                break;
            case PostBackPayment c:
                CashApplication.Post(draft, c.Payment);
                break;
            case ReversePayment c:
                CashApplication.Reverse(draft, c.Payment, c.Why);
                break;
            case LockAttempt c:
                Attempting.Freeze(draft, c);
                break;
            case LockAttemptAgain c:
                Attempting.LockAgain(draft, c);
                break;
            case AbandonAttempt c:
                Attempting.Abandon(draft, c);
                break;
            case DoubtAttempt c:
                Attempting.Doubt(draft, c);
                break;
            case FlagAttempt c:
                Attempting.Flag(draft, c.Debit, c.Number, c.Why, c.Stop);
                break;
            case AdoptIntent c:
                Adopting.Adopt(draft, c);
                break;
            case RecordRecovered c:
                Adopting.RecordRecovered(draft, c.Intent);
                break;
            case RaiseGeneration c:
                AccountActions.RaiseGeneration(draft, c);
                break;
            case RecordIntent c:
                BankAnswers.Record(draft, c);
                break;
            case ExemptBill c:
                Exempting.Exempt(draft, c);
                break;
            case SkipBill c:
                AccountActions.Skip(draft, c.Bill, c.Why);
                break;
            case RearmBill c:
                AccountActions.Rearm(draft, c.Bill, c.Why);
                break;
            case RearmBillsOfImport c:
                AccountActions.RearmImport(draft, c.Import, c.Why);
                break;
            case DismissWarnings c:
                AccountActions.DismissWarnings(draft, c.Bill, c.Why);
                break;
            case SwitchAutopay c:
                Enrolling.SwitchAutopay(draft, c);
                break;
            case SuspendAccount c:
                AccountActions.Suspend(draft, c.Why);
                break;
            case LiftSuspension c:
                AccountActions.LiftSuspension(draft, c.Why);
                break;
            case ApproveDebit c:
                AccountActions.Approve(draft, c.Debit, c.Why);
                break;
            case DiscardDebit c:
                AccountActions.Discard(draft, c.Debit, c.Why);
                break;
            case CancelDebit c:
                AccountActions.Cancel(draft, c.Debit, c.Why);
                break;
            case NoteConflict c:
                Correcting.NoteConflict(draft, c);
                break;
            case TakeCorrection c:
                Correcting.Take(draft, c);
                break;
            case KeepStored c:
                Correcting.Keep(draft, c);
                break;
            case KeepCredit c:
                AccountActions.KeepCredit(draft, c.Payment, c.Why);
                break;
            case RequestRefund c:
                Refunding.Request(draft, c);
                break;
            case DelayRefund c:
                Refunding.Delay(draft, c);
                break;
            case FailRefund c:
                Refunding.Fail(draft, c);
                break;
            case RecordRefunds c:
                RefundAnswers.Record(draft, c);
                break;
            default:
                throw new InvalidOperationException($"Unknown command {command.GetType().Name}.");
        }
    }
}
