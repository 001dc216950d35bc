namespace Autopay.Domain.Deciding.Bills;

/// <summary>
/// What the billing system says of earlier bills, held against our books (R4, R16). It never collects anything.
/// </summary>
internal static class BalanceCheck
{
    /// <summary>R4, once, at import, before the bill takes credit.</summary>
    /// <returns>Why a person must look at the bill itself: it prints a credit that our books do not know. Null when
    /// nothing is wrong with it.</returns>
    public static string? CheckPreviousBalance(Draft draft, Bill bill)
    {
        var consistent =
            draft.Policies.PreviousBalance == PreviousBalancePolicy.Off ? [] : ConsistentBalances(draft.Ledger, bill);
        if (consistent.Length == 0 || consistent.Contains(bill.PreviousBalance))
        {
            return null;
        }

        var difference =
            $"Bill {bill.Id} says that {bill.PreviousBalance} was open before it; our books say {consistent.Min()}";
        var unknown = consistent.Min() - bill.PreviousBalance;
        var toReview = unknown.IsPositive && draft.Policies.PreviousBalance == PreviousBalancePolicy.Review;
        var flagged = toReview ? FlagEarlierBills(draft, bill, difference) : Money.Zero;
        var lacking = bill.PreviousBalance - consistent.Max();
        draft.Emit(
            new BalanceDiffered(bill.Id, draft.Today, difference) { Lacking = lacking.IsPositive ? lacking : null }
        );
        return toReview && flagged < unknown ? difference : null;
    }

    /// <summary>R16: ours higher than the billing system's goes to a person; lower is listed.</summary>
    public static void Compare(Draft draft, CompareBalance command)
    {
        var bill =
            draft.Ledger.FindBill(command.Bill)
            ?? throw new RefusedException($"Account {draft.Ledger.Id} has no bill {command.Bill} to compare.");
        var open = draft.Ledger.WithParts(bill.Id).Sum(it => it.Open);
        if (open == command.Open)
        {
            return;
        }

        var difference =
            $"On {command.AsOf:yyyy-MM-dd} the billing system has {command.Open} open on bill {bill.Id}; our "
            + $"books have {open}";
        if (draft.Ledger.Warnings.Any(warning => warning.Message == difference))
        {
            return;
        }

        draft.Emit(new BalanceDiffered(bill.Id, draft.Today, difference));
        foreach (var part in draft.Ledger.WithParts(bill.Id).Where(_ => open > command.Open).ToList())
        {
            if (
                draft.Ledger.LiveDebitOf(part.Id) is
                { State: DebitState.Scheduled or DebitState.Deferred, IsRetry: false } home
            )
            {
                Reviewing.Flag(draft, part.Id, ReviewCheck.Balance, difference);
                Reviewing.SendToReview(draft, home.Id, ReviewCheck.Balance, difference);
            }
        }
    }

    // Debits in flight all as paid or all as unpaid; payments posted on or after the bill date counted or not.
    // After a change of payer the billing system may print what the new one owes, or what the account does.
    private static Money[] ConsistentBalances(AccountLedger ledger, Bill bill) =>
        ledger.FormerPayers.Count == 0
            ? Consistent(ledger, bill, _ => true)
            :
            [
                .. Consistent(ledger, bill, _ => true),
                .. Consistent(ledger, bill, payer => !ledger.IsOfFormerPayer(payer)),
            ];

    // What looks like another bill is owed or not: the billing system may know of one of the two only (R41).
    private static Money[] Consistent(AccountLedger ledger, Bill bill, Func<string?, bool> counts)
    {
        var earlier = ledger.Bills.Where(other => other.IsEarlierThan(bill) && counts(other.Payer)).ToList();
        var single = earlier.FindAll(other => !other.LooksLikeAnother);
        return single.Count == earlier.Count
            ? Consistent(ledger, bill, earlier, counts)
            : [.. Consistent(ledger, bill, earlier, counts), .. Consistent(ledger, bill, single, counts)];
    }

    private static Money[] Consistent(AccountLedger ledger, Bill bill, List<Bill> earlier, Func<string?, bool> counts)
    {
        var open =
            earlier.Sum(other => other.Open)
            - ledger.Funds.Where(funds => counts(funds.Payer)).Sum(funds => funds.Left);
        var inFlight = earlier.Sum(other => other.InFlight);
        var late = ledger
            .Funds.Where(funds =>
                funds.Source == FundsSource.BackPayment && funds.PostedOn >= bill.BillDate && counts(funds.Payer)
            )
            .Sum(funds => funds.Amount - funds.Reversed);
        return [open, open - inFlight, open + late, open - inFlight + late];
    }

    // What waits for a person already hears the new reason too. Retries keep their amount and are left alone.
    private static Money FlagEarlierBills(Draft draft, Bill bill, string difference)
    {
        var earlier = draft
            .Ledger.Bills.Where(other => other.IsEarlierThan(bill) && CanBeFlagged(draft.Ledger, other))
            .ToList();
        foreach (var other in earlier)
        {
            Reviewing.Flag(draft, other.Id, ReviewCheck.Balance, difference);
            if (draft.Ledger.LiveDebitOf(other.Id) is { State: DebitState.NeedsReview } reviewed)
            {
                Reviewing.SendToReview(draft, reviewed.Id, ReviewCheck.Balance, difference);
            }
        }

        return earlier.Where(other => !other.LooksLikeAnother).Sum(other => other.Open);
    }

    // A bill without a debit, because autopay is off, is flagged for the day on which it gets one.
    private static bool CanBeFlagged(AccountLedger ledger, Bill bill) =>
        ledger.LiveDebitOf(bill.Id) switch
        {
            null => bill is { Open.IsPositive: true, Skipped: false, Blocked: null },
            { RetryOn: not null } => false,
            var home => home.IsUnsent
                || home.State == DebitState.NeedsReview
                || home.LivingAttempt is { Phase: AttemptPhase.Planned },
        };
}
