namespace Autopay.Domain.Invariants;

/// <summary>Every debit is somewhere, and every bill in one place.</summary>
internal static class DebitInvariants
{
    public static IEnumerable<string> MergedPartsHaveAParent(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var part in ledger.Debits.Where(debit => debit.State == DebitState.Merged))
        {
            looked();
            var parent = part.MergedInto is { } id ? ledger.FindDebit(id) ?? context.Archived.FirstOrDefault(debit => debit.Id == id) : null;
            if (parent is null || parent.Id == part.Id)
            {
                yield return $"Merged debit {part.Id} has no parent";
            }
        }

        foreach (var hop in ledger.Debits.Where(debit => debit.IsUnsent).SelectMany(debit => debit.Lines.SelectMany(line => line.Trail)))
        {
            looked();
            if (ledger.FindDebit(hop.From) is { State: not DebitState.Merged } part)
            {
                yield return $"Debit {part.Id} is {part.State} although its line is in another debit";
            }
        }
    }

    public static IEnumerable<string> EveryDebitHasANextStep(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var debit in ledger.Debits.Where(debit => !debit.IsTerminal && debit.State != DebitState.Merged))
        {
            looked();
            var isWaited = debit.State switch
            {
                DebitState.Deferred or DebitState.NeedsReview => debit.Reason.Length > 0,
                DebitState.Charging or DebitState.Unknown or DebitState.Submitted => debit.LivingAttempt is not null && (debit.Odd is not null || context.NextLook is not null),
                _ => context.NextLook is not null,
            };
            if (!isWaited)
            {
                yield return $"Debit {debit.Id} is {debit.State} and nobody will look at it again";
            }
        }
    }

    public static IEnumerable<string> TerminalStatesAreClosed(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var debit in ledger.Debits)
        {
            looked();
            if (debit.IsTerminal != debit.ClosedOn is not null)
            {
                yield return $"Debit {debit.Id} is {debit.State} and {(debit.ClosedOn is null ? "has no closing day" : "was closed before")}";
            }
        }
    }

    public static IEnumerable<string> WorkIsAskedFor(AccountLedger ledger, InvariantContext context, Action looked)
    {
        looked();
        if (context.NextLook is { } look && look < context.Now.Utc.AddMinutes(-10))
        {
            yield return $"Account {ledger.Id} wanted to be looked at {look:u}";
        }
    }

    public static IEnumerable<string> OneHomePerBill(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var bill in ledger.Bills)
        {
            looked();
            var homes = ledger.Debits.Where(debit => !debit.IsTerminal && debit.State != DebitState.Merged)
                .SelectMany(debit => debit.Lines).Count(line => line.Bill == bill.Id);
            if (homes > 1)
            {
                yield return $"Bill {bill.Id} has {homes} live lines";
            }

            // An adjustment below what is in flight is settled when the bank answers (R5).
            if (bill.Collected + bill.PaidElsewhere > bill.Charges || (bill.OverInFlight.IsPositive && ledger.AdjustmentIds.Count == 0))
            {
                yield return $"Bill {bill.Id} of {bill.Charges}: {bill.Collected} collected, {bill.InFlight} in flight, {bill.PaidElsewhere} paid elsewhere";
            }
        }
    }
}
