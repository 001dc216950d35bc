using Autopay.Application.Receipts;
using Autopay.Application.Reconciling;

namespace Autopay.Pages.Books;

/// <param name="Runs">The newest first.</param>
public sealed record ReconcileListModel(IReadOnlyList<ReconcileReport> Runs);

/// <param name="Batches">The newest first.</param>
/// <param name="Waiting">What no batch has yet.</param>
public sealed record ReceiptsModel(IReadOnlyList<ReceiptBatch> Batches, ReceiptTotals Waiting);

/// <summary>A month and what closes it.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Payouts">Null: the provider did not answer.</param>
/// <param name="Suspense">Payments without an account, and their cents.</param>
public sealed record MonthModel(
    DateOnly First,
    MonthSummary Summary,
    PayoutTies? Payouts,
    (int Count, Money Amount) Suspense,
    bool IsOver
)
{
    /// <summary>The steps of a month end, in order, and whether each is done.</summary>
    public IReadOnlyList<(string Key, bool IsDone)> Steps =>
        [
            ("Issued", Summary.NotIssued.Rows == 0),
            ("Over", IsOver),
            ("Tie", Payouts is { Totals.DoNotTie: 0 }),
            ("Suspense", Suspense.Count == 0),
        ];

    public int Open => Steps.Count(step => !step.IsDone);
}

/// <param name="Ties">Null: the provider did not answer.</param>
public sealed record PayoutsModel(DateOnly From, DateOnly To, PayoutTies? Ties, string? Failure);
