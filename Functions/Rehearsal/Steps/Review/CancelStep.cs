namespace Autopay.Rehearsal.Steps.Review;

/// <summary>A debit in review is not charged.</summary>
internal sealed record CancelStep : ReviewStep
{
    protected override LedgerCommand ToCommand(DebitId debit, Moment now) => new CancelDebit(debit, Why, now);
}
