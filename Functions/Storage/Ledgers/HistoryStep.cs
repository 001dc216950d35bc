using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Storage.Ledgers;

/// <summary>How a save writes the ledger row.</summary>
internal enum RowChange
{
    /// <summary>Whole.</summary>
    Replaced,

    /// <summary>The operation and the ledger; the operations that wait already stay.</summary>
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
        var before = UnfiledHistory.Of(save.Before);
        if (save.Events.Count == 0)
        {
            return new(before with { IsCurrent = true }, [], RowChange.Replaced);
        }

        var after = before.With(save);
        return save is { MayWait: true, Before.Tag: not null } && !writesMore && after.HasRoom
            ? new(after with { IsCurrent = true }, [], RowOf(save, before))
            : new(UnfiledHistory.Empty, after.Operations, RowChange.Replaced);
    }

    private static RowChange RowOf(LedgerSave save, UnfiledHistory before) =>
        !before.IsCurrent || LosesAColumn(save) ? RowChange.Replaced
        : save.After.HasChargeInHand() ? RowChange.OnlyAdded
        : before is { IsLong: false, Operations.Count: > 0 } ? RowChange.Merged
        : RowChange.Replaced;

    // A column without a value stays as it was in a row that is merged.
    private static bool LosesAColumn(LedgerSave save) =>
        (save.NextEvaluation is null && save.Before.NextEvaluation is not null)
        || (save.After.Enrolment is null && save.Before.Ledger.Enrolment is not null);
}
