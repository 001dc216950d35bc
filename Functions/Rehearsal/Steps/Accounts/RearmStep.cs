namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>A skipped or blocked bill may be debited again.</summary>
internal sealed record RearmStep : BillStep
{
    protected override LedgerCommand ToCommand(Moment now) => new RearmBill(BillId, Why, now);
}
