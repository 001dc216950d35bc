namespace Autopay.Domain.Deciding.Charges;

/// <summary>What the provider's own word does to a debit (P4, R17–R21).</summary>
internal static class BankAnswers
{
    public static void Record(Draft draft, RecordIntent command)
    {
        AnswerLiving(draft, command);
        if (command.Intent.ReturnedCents.IsPositive)
        {
            ComeBack(draft, command);
        }
    }

    private static void AnswerLiving(Draft draft, RecordIntent command)
    {
        // A planned attempt has confirmed nothing; a finished one is final (I6).
        if (Attempting.Living(draft, command.Debit, command.Number) is not { Phase: not AttemptPhase.Planned } attempt)
        {
            return;
        }

        if (WhyNotItsIntent(attempt, command.Intent) is { } odd)
        {
            Attempting.Flag(draft, command.Debit, command.Number, odd);
            return;
        }

        if (attempt.IntentId == command.Intent.IntentId)
        {
            Answer(draft, attempt, command.Intent);
        }
    }

    // A twin of the attempt's intent says nothing of the attempt, dead or cancelled; one that charges is for a person.
    private static string? WhyNotItsIntent(Attempt attempt, IntentReading intent) =>
        attempt.IntentId == intent.IntentId ? Attempting.WhyNotOurs(attempt, intent)
        : intent.Status is IntentStatus.Processing or IntentStatus.Succeeded
            ? $"intent {intent.IntentId} charges too, the attempt's own is {attempt.IntentId}"
        : null;

    private static void Answer(Draft draft, Attempt attempt, IntentReading intent)
    {
        switch (intent.Status)
        {
            case IntentStatus.Processing when attempt.Phase != AttemptPhase.Submitted:
                draft.Emit(
                    new AttemptSubmitted(
                        attempt.Debit,
                        draft.Today,
                        draft.Now.Utc,
                        $"{attempt.Amount} submitted to the bank"
                    )
                );
                break;
            case IntentStatus.Succeeded:
                Collect(draft, attempt, intent);
                break;
            case IntentStatus.Dead:
                Refuse(draft, attempt, intent.Code ?? "unknown");
                break;
            case IntentStatus.RequiresAction:
                Decline(draft, attempt);
                break;
            case IntentStatus.Cancelled when attempt.Phase == AttemptPhase.Submitted:
                Refuse(draft, attempt, ReturnCodes.CancelledAtTheProvider);
                break;
            case IntentStatus.Cancelled when intent.Code is { Length: > 0 } code:
                Refuse(draft, attempt, code);
                break;
            case IntentStatus.Cancelled:
                draft.Emit(new AttemptAbandoned(attempt.Debit, "The intent is cancelled"));
                CashApplication.ApplyCredit(draft);
                break;
            default:
                break; // Untouched, still processing, or a status that proves nothing: no step.
        }
    }

    private static void Collect(Draft draft, Attempt attempt, IntentReading intent)
    {
        if (intent.Received != attempt.Amount)
        {
            Attempting.Flag(
                draft,
                attempt.Debit,
                attempt.Number,
                $"intent {intent.IntentId} collected {intent.Received}, the attempt asked for {attempt.Amount}"
            );
            return;
        }

        draft.Emit(new AttemptCollected(attempt.Debit, draft.Today, draft.Today, $"{attempt.Amount} collected"));
        var bills = draft.Ledger.DebitOf(attempt.Debit).Lines.Select(line => line.Bill).ToList();
        bills.ForEach(bill => CashApplication.TurnExcessIntoCredit(draft, bill));
        CashApplication.ApplyCredit(draft);
        bills.ForEach(bill => Billing.Reopen(draft, bill, "Became open while the debit was in flight"));
    }

    private static void Refuse(Draft draft, Attempt attempt, string code)
    {
        var before = draft.Ledger.ReturnedDebits;
        draft.Emit(
            new AttemptFailed(attempt.Debit, code, draft.Today, draft.Today, $"{code}: {ReturnCodes.Meaning(code)}")
        );
        CashApplication.ApplyCredit(draft);
        var why = $"{code}: {ReturnCodes.Meaning(code)}";
        switch (ReturnCodes.ActionOf(code))
        {
            case ReturnAction.Retry:
                Retrying.ScheduleOrGiveUp(draft, draft.Ledger.DebitOf(attempt.Debit), code);
                break;
            case ReturnAction.Suspend:
                EndUncollected.GiveUp(draft, attempt.Debit, why);
                EndUncollected.SuspendUnlessReplaced(draft, attempt, why);
                break;
            case ReturnAction.Freeze:
                EndUncollected.GiveUp(draft, attempt.Debit, why);
                EndUncollected.Suspend(draft, SuspensionKind.Frozen, why);
                break;
            default:
                EndUncollected.GiveUp(draft, attempt.Debit, why);
                break;
        }

        EndUncollected.SuspendWhenTooManyReturned(draft, before);
    }

    private static void Decline(Draft draft, Attempt attempt)
    {
        const string why = "customer must act";
        draft.Emit(new AttemptFailed(attempt.Debit, ReturnCodes.RequiresAction, draft.Today, draft.Today, why));
        CashApplication.ApplyCredit(draft);
        draft.Emit(new DebitDeclined(attempt.Debit, draft.Today, why));
        EndUncollected.BlockBills(draft, attempt.Debit, why);
        EndUncollected.SuspendUnlessReplaced(draft, attempt, why);
    }

    /// <summary>
    /// Each bill reopens with its own due date and protections, blocked until finance says otherwise (R20).
    /// </summary>
    private static void ComeBack(Draft draft, RecordIntent command)
    {
        var debit =
            draft.Ledger.FindDebit(command.Debit)
            ?? (command.Archived is { } archived ? draft.Ledger.WithLateReturns(archived) : null);
        if (
            debit is not { State: DebitState.Collected }
            || debit.Attempted.Number != command.Number
            || debit.Attempted.IntentId != command.Intent.IntentId
        )
        {
            return;
        }

        var (code, shown) = (command.Intent.ReturnedCode ?? "dispute", debit.ReturnedCents + debit.Lost);
        var fresh = Money.Min(command.Intent.ReturnedCents, debit.Attempted.Amount) - shown;
        if (fresh.Cents < 0 || (fresh.IsZero && debit.Lost.IsZero))
        {
            return;
        }

        // What was given back before is lost, not owed: a person is told of it.
        var most = Money.Min(fresh + debit.Lost, debit.Attempted.Amount - debit.Refunded - debit.ReturnedCents);
        var why = $"Came back after it was collected ({code})";
        var before = draft.Ledger.ReturnedDebits;
        Reopening.Reopen(draft, debit, fresh, most, code, why);
        if (fresh.IsPositive)
        {
            Suspend(draft, debit.Attempted, command.Intent, why);
            EndUncollected.SuspendWhenTooManyReturned(draft, before);
        }
    }

    // An objection freezes as it does before the settlement; an ACH dispute ends the mandate in any case (R19, R20).
    private static void Suspend(Draft draft, Attempt attempt, IntentReading intent, string why)
    {
        if (ReturnCodes.ActionOf(intent.ReturnedCode ?? "") == ReturnAction.Freeze)
        {
            EndUncollected.Suspend(draft, SuspensionKind.Frozen, why);
        }
        else if (intent.EndsMandate)
        {
            EndUncollected.SuspendUnlessReplaced(draft, attempt, why);
        }
    }
}
