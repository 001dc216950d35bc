namespace Autopay.Rehearsal.Steps.Review;

/// <summary>A person decides about a debit in review, which is named by a bill on it.</summary>
internal abstract record ReviewStep : TimelineStep
{
    public required string Bill { get; init; }

    /// <summary>The account in which to look; any, unless it is named.</summary>
    public string? Account { get; init; }

    internal override async Task<string> PlayAsync(StepContext context)
    {
        var bill = new BillId(Bill);
        var debit =
            context
                .Ledgers(Account)
                .SelectMany(ledger => ledger.Debits)
                .FirstOrDefault(debit => debit.State == DebitState.NeedsReview && debit.Names(bill))
            ?? throw new RefusedException($"No debit with bill {bill} is waiting for review.");
        await context.ChangeAsync(debit.Id.Account, now => ToCommand(debit.Id, now), Why);
        return WithReason($"account {debit.Id.Account}, bill {Bill}");
    }

    protected abstract LedgerCommand ToCommand(DebitId debit, Moment now);
}
