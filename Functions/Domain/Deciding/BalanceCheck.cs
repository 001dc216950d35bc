namespace Autopay.Domain.Deciding;

/// <summary>What the billing system says of earlier bills, held against our books (R4, R16). It never collects anything.</summary>
internal static class BalanceCheck
{
    /// <summary>R4, once, at import, before the bill takes credit.</summary>
    public static void CheckPreviousBalance(Draft draft, Bill bill)
    {
        if (draft.Policies.PreviousBalance == PreviousBalancePolicy.Off)
        {
            return;
        }

        var consistent = ConsistentBalances(draft.Ledger, bill);
        if (consistent.Contains(bill.PreviousBalance))
        {
            return;
        }

        var difference = $"Bill {bill.Id} says that {bill.PreviousBalance} was open before it; our books say {consistent.Min()}";
        if (bill.PreviousBalance < consistent.Min() && draft.Policies.PreviousBalance == PreviousBalancePolicy.Review)
        {
            FlagEarlierBills(draft, bill, difference);
        }

        draft.Emit(new BalanceDiffered(bill.Id, draft.Today, difference));
    }

    /// <summary>R16: ours higher than the billing system's goes to a person; lower is listed.</summary>
    public static void Compare(Draft draft, CompareBalance command)
    {
        var bill = draft.Ledger.FindBill(command.Bill)
            ?? throw new RefusedException($"Account {draft.Ledger.Id} has no bill {command.Bill} to compare.");
        if (bill.Open == command.Open)
        {
            return;
        }

        var difference = $"On {command.AsOf:yyyy-MM-dd} the billing system has {command.Open} open on bill {bill.Id}; our books have {bill.Open}";
        if (draft.Ledger.Warnings.Any(warning => warning.Message == difference))
        {
            return;
        }

        draft.Emit(new BalanceDiffered(bill.Id, draft.Today, difference));
        var home = draft.Ledger.HomeOf(bill.Id);
        if (bill.Open > command.Open && home is { State: DebitState.Scheduled or DebitState.Deferred, IsRetry: false })
        {
            draft.Emit(new LinesFlagged(home.Id, [bill.Id], difference));
            SendToReview(draft, home.Id, difference);
        }
    }

    // While halted nothing is reviewed (R24): the flag stays, and evaluate finds it after the resume.
    private static void SendToReview(Draft draft, DebitId id, string difference)
    {
        if (draft.Controls.WhyNothingIsCharged is null)
        {
            draft.Emit(new DebitSentToReview(id, [ReviewCheck.Balance], difference));
        }
    }

    // Debits in flight all as paid or all as unpaid; payments posted on or after the bill date counted or not.
    private static Money[] ConsistentBalances(AccountLedger ledger, Bill bill)
    {
        var earlier = ledger.Bills.Where(other => other.ComesBefore(bill)).ToList();
        var open = earlier.Sum(other => other.Open) - ledger.Credit;
        var inFlight = earlier.Sum(other => other.InFlight);
        var late = ledger.Funds.Where(funds => funds.Source == FundsSource.BackPayment && funds.PostedOn >= bill.BillDate)
            .Sum(funds => funds.Amount - funds.Reversed);
        return [open, open - inFlight, open + late, open - inFlight + late];
    }

    private static void FlagEarlierBills(Draft draft, Bill bill, string difference)
    {
        foreach (var debit in draft.Ledger.UnsentDebits().Where(debit => !debit.IsRetry))
        {
            var earlier = debit.Lines.Select(line => line.Bill).Where(id => draft.Ledger.BillOf(id).ComesBefore(bill)).ToList();
            if (earlier.Count > 0)
            {
                draft.Emit(new LinesFlagged(debit.Id, earlier, difference));
            }
        }
    }
}
