namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>A bill is not debited (R22).</summary>
internal sealed record SkipStep : BillStep
{
    protected override LedgerCommand ToCommand(Moment now) => new SkipBill(BillId, Why, now);
}
