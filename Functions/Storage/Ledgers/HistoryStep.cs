using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Storage.Ledgers;

/// <summary>What a save does with the history of its account.</summary>
/// <param name="Unfiled">What the ledger row has of it afterwards.</param>
/// <param name="Filed">What goes into a history row: what was unfiled, and the save's own.</param>
/// <param name="IsOnlyAdded">
/// The ledger row keeps its ledger column, and the operation is added to it: a step of a charge that is in hand, whose
/// next step writes the whole row.
/// </param>
internal sealed record HistoryStep(UnfiledHistory Unfiled, IReadOnlyList<UnfiledOperation> Filed, bool IsOnlyAdded)
{
    /// <param name="writesMore">The operation inserts rows of its own: then its history is filed with them.</param>
    public static HistoryStep Of(LedgerSave save, bool writesMore)
    {
        var before = UnfiledHistory.Of(save.Before);
        if (save.Events.Count == 0)
        {
            return new(before with { IsCurrent = true }, [], false);
        }

        var after = before.With(save);
        return save is { ComesBack: true, Before.Tag: not null } && !writesMore && after.HasRoom
            ? new(after with { IsCurrent = true }, [], before.IsCurrent && MayBeAdded(save))
            : new(UnfiledHistory.Empty, after.Operations, false);
    }

    // A column that loses its value stays as it is in a row that is only added to.
    private static bool MayBeAdded(LedgerSave save) =>
        save.After.HasChargeInHand()
        && (save.NextEvaluation is not null || save.Before.NextEvaluation is null)
        && (save.After.Enrolment is not null || save.Before.Ledger.Enrolment is null);
}
