namespace Autopay.Rehearsal.Steps.Review;

/// <summary>A debit in review may be charged.</summary>
internal sealed record ApproveStep : ReviewStep
{
    protected override LedgerCommand ToCommand(DebitId debit, Moment now) => new ApproveDebit(debit, Why, now);
}
