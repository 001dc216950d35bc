using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Storage.Ledgers;

/// <summary>How a save writes the ledger row.</summary>
internal enum RowChange
{
    /// <summary>Whole.</summary>
    Replaced,

    /// <summary>The ledger, and of what is beside it what changed.</summary>
    Merged,

    /// <summary>The operation alone: the ledger follows with the next step.</summary>
    OnlyAdded,
}

/// <summary>What a save does with the history of its account.</summary>
/// <param name="Unfiled">What the ledger row has of it afterwards.</param>
/// <param name="Filed">What goes into a history row: what waited, and the save's own.</param>
internal sealed record HistoryStep(UnfiledHistory Unfiled, IReadOnlyList<UnfiledOperation> Filed, RowChange Row)
{
    /// <param name="writesMore">The operation inserts rows of its own: then its history is filed with them.</param>
    public static HistoryStep Of(LedgerSave save, bool writesMore)
    {
        var stored = StoredLedger.Of(save.Before);
        var before = stored.Unfiled;
        if (save.Events.Count == 0)
        {
            return new(before with { IsCurrent = true }, [], RowOf(save, stored, RowChange.Replaced));
        }

        var after = before.With(save);
        return save is { MayWait: true, Before.Tag: not null } && !writesMore && after.HasRoom
            ? new(
                after with
                {
                    IsCurrent = true,
                },
                [],
                RowOf(
                    save,
                    stored,
                    save.After.HasChargeInHand() ? RowChange.OnlyAdded
                        : before.Operations.Count > 0 ? RowChange.Merged
                        : RowChange.Replaced
                )
            )
            : new(UnfiledHistory.Empty, after.Operations, RowOf(save, stored, RowChange.Replaced));
    }

    // What is merged does not write again what closed long ago.
    private static RowChange RowOf(LedgerSave save, StoredLedger before, RowChange wanted) =>
        !before.Unfiled.IsCurrent || LosesAColumn(save, before.Past) ? RowChange.Replaced
        : wanted == RowChange.OnlyAdded ? RowChange.OnlyAdded
        : before.IsLong ? RowChange.Replaced
        : before.Past.IsEmpty ? wanted
        : RowChange.Merged;

    // A column without a value stays as it was in a row that is merged.
    private static bool LosesAColumn(LedgerSave save, LedgerPast past) =>
        (past.IsEmpty && save.NextEvaluation is null && save.Before.NextEvaluation is not null)
        || (save.After.Enrolment is null && save.Before.Ledger.Enrolment is not null);
}
