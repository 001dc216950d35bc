namespace Autopay.Domain.Deciding.Charges;

/// <summary>
/// After a restore the provider knows attempts that the books have forgotten. One whose amount is exactly what its
/// debit has open becomes the attempt that it was; what any other one collected becomes the account's money. Its number
/// is used up either way, and so are its keys.
/// </summary>
internal static class Adopting
{
    public static void Adopt(Draft draft, AdoptIntent command)
    {
        if (draft.Ledger.Funds.Any(funds => funds.Id.Value == command.Intent.IntentId))
        {
            RecordRecovered(draft, command.Intent);
            return;
        }

        var why = $"Intent {command.Intent.IntentId} is newer than the backup: taken over from the provider";
        switch (draft.Ledger.FindDebit(command.Debit))
        {
            case { LivingAttempt: { Phase: AttemptPhase.Planned, IntentId: null } attempt }
                when attempt.Number == command.Number
                    && attempt.Amount == command.Intent.Amount
                    && command.Intent.Status != IntentStatus.Cancelled:
                Submit(draft, command, why);
                break;
            case { IsUnsent: true } debit when debit.Attempts.All(attempt => attempt.Number < command.Number):
                AdoptNew(draft, debit, command, why);
                break;
            case null or { IsTerminal: true } or { State: DebitState.Merged }:
                TakeMoney(draft, command);
                break;
            default:
                break; // Another attempt of it lives: for a person.
        }
    }

    /// <summary>
    /// What was returned or refunded of recovered money leaves the bills that it paid; they reopen blocked (R20).
    /// </summary>
    public static void RecordRecovered(Draft draft, IntentReading intent)
    {
        if (draft.Ledger.Funds.FirstOrDefault(funds => funds.Id.Value == intent.IntentId) is not { } taken)
        {
            return;
        }

        // What was given back out of this credit by a refund of another debit is with the customer already.
        var gone = Money.Min(
            taken.Amount - taken.Reversed - intent.KeptByUs,
            taken.Amount - taken.Reversed - taken.Refunded
        );
        var why = $"Intent {intent.IntentId}: {gone} came back or was given back ({intent.ReturnedCode ?? "refund"})";
        foreach (var bill in CashApplication.TakeBack(draft, taken, Money.Max(Money.Zero, gone), why))
        {
            draft.Emit(new BillBlocked(bill, draft.Today, why));
            Reopening.BlockParts(draft, bill, why);
        }

        CashApplication.ApplyCredit(draft);
    }

    private static void AdoptNew(Draft draft, Debit debit, AdoptIntent command, string why)
    {
        SplitAgain(draft, debit, command);
        List<AttemptLine> open =
        [
            .. draft
                .Ledger.BillsOf(debit)
                .Where(bill => bill.Open.IsPositive)
                .Select(bill => new AttemptLine(bill.Id, bill.Open)),
        ];
        var fits = open.Count > 0 && open.Sum(line => line.Cents) == command.Intent.Amount;
        if (!fits && command.Intent.Status == IntentStatus.Processing)
        {
            return; // Which bills it will pay is not certain: everything waits for the bank's answer.
        }

        if (debit.State == DebitState.Deferred)
        {
            draft.Emit(new DebitReleased(debit.Id, why));
        }

        if (!fits && command.Intent.Status == IntentStatus.Succeeded)
        {
            Replace(draft, debit, command, why);
            return;
        }

        draft.Emit(
            new AttemptPlanned(
                AttemptOf(command, fits ? open : [new AttemptLine(debit.Lines[0].Bill, command.Intent.Amount)]),
                why
            )
        );
        if (fits && command.Intent.Status != IntentStatus.Cancelled)
        {
            Submit(draft, command, why);
        }
        else
        {
            draft.Emit(new AttemptAbandoned(debit.Id, $"{why}, where it is {command.Intent.Status}"));
        }
    }

    // What asked the bank for exactly the first part was that: the others keep their days (R45).
    private static void SplitAgain(Draft draft, Debit debit, AdoptIntent command)
    {
        if (
            command.Intent.Status is IntentStatus.Processing or IntentStatus.Succeeded
            && Splitting.PartsOf(draft.Ledger, debit, draft.Policies) is [var first, ..]
            && first == command.Intent.Amount
        )
        {
            Splitting.Split(draft, debit, command.Money.ReceivedOn);
        }
    }

    // A debit is charged once, for ever: what its money does not cover is a new debit. Of a merged one it may be a
    // later part, and nobody here knows of which day (R45).
    private static void Replace(Draft draft, Debit debit, AdoptIntent command, string why)
    {
        var mayBeInParts =
            Splitting.IsMerged(draft.Ledger, debit) && command.Intent.Amount < draft.Ledger.OpenOn(debit);
        draft.Emit(new DebitCancelled(debit.Id, draft.Today, $"{why}: it collected {command.Money.Amount}"));
        TakeMoney(draft, command);
        if (command.Intent.ReturnedCents.IsPositive || command.Intent.Refunded.IsPositive)
        {
            EndUncollected.BlockBills(draft, debit.Id, $"{why}: part of it came back or was given back");
        }
        else if (mayBeInParts)
        {
            EndUncollected.BlockBills(draft, debit.Id, $"{why}: what is left may be due in parts, later");
        }

        foreach (var bill in debit.Lines.Select(line => line.Bill))
        {
            Billing.ScheduleAgain(draft, bill, why);
        }
    }

    private static void Submit(Draft draft, AdoptIntent command, string why)
    {
        draft.Emit(
            new AttemptLocked(
                command.Debit,
                command.Intent.IntentId,
                Attempt.NotLookedAt,
                command.Intent.CreatedAt,
                why
            )
        );
        draft.Emit(new AttemptSubmitted(command.Debit, command.Money.ReceivedOn, draft.Now.Utc, why));
        BankAnswers.Record(draft, new RecordIntent(command.Debit, command.Number, command.Intent, null, command.Now));
    }

    private static void TakeMoney(Draft draft, AdoptIntent command)
    {
        if (command.Intent.Status == IntentStatus.Succeeded && command.Money.Amount.IsPositive)
        {
            CashApplication.Post(draft, command.Money);
        }
    }

    private static Attempt AttemptOf(AdoptIntent command, IReadOnlyList<AttemptLine> lines) =>
        new()
        {
            Debit = command.Debit,
            Number = command.Number,
            Amount = command.Intent.Amount,
            Lines = lines,
            Customer = command.Intent.Customer,
            PaymentMethod = command.Intent.PaymentMethod,
            Currency = command.Intent.Currency,
            KeyAt = command.Intent.CreatedAt,
            TouchedAt = command.Intent.CreatedAt,
        };
}
