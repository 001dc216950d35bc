using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Pages.Importing;

/// <param name="Kind">Null: files of every kind.</param>
/// <param name="Next">Asks for the next page; null on the last one.</param>
public sealed record ImportListModel(ImportPage Page, ImportKind? Kind, string? Next);

/// <param name="Before">The file that this one waits for; null when it is its turn, or it is done.</param>
/// <param name="Findings">A page of them.</param>
/// <param name="Slip">What the sender's slip says; null when nobody has typed it.</param>
/// <param name="Approval">The request for a second person that it waits for.</param>
/// <param name="IsKnown">Somebody has just sent the same bytes.</param>
public sealed record ImportModel(
    ImportRecord Import,
    ImportRecord? Before,
    IReadOnlyList<ImportFinding> Findings,
    string? Next,
    Slip? Slip,
    Approval? Approval,
    bool IsKnown
)
{
    /// <summary>Rows that came of it in one way, and their cents where they have any.</summary>
    public IEnumerable<(string Name, int Rows, Money? Amount)> Results =>
        new (string Name, int Rows, Money? Amount)[]
        {
            ("Applied", Import.Applied, null),
            ("Known", Import.Known, null),
            ("Conflicts", Import.Conflicts, null),
            ("Unknown", Import.UnknownAccounts, AmountOf(Import.UnknownTotal)),
            ("Waiting", Import.Waiting, AmountOf(Import.WaitingTotal)),
            ("SetAside", Import.SetAside, AmountOf(Import.SetAsideTotal)),
            ("Missing", Import.Missing, null),
            ("LookAlikes", Import.LookAlikes, null),
            ("OpenedAgain", Import.OpenedAgain, AmountOf(Import.OpenedAgainTotal)),
        }.Where(result => result.Rows > 0);

    /// <summary>Of 64 parts.</summary>
    public int PartsDone => Import.State == ImportState.Done ? Application.Ledgers.Bucket.Count : Import.BucketsDone;

    private Money? AmountOf(Money amount) => Import.Kind.FileFormat.HasAmount ? amount : null;
}

/// <summary>Control totals as the sender counted them; null where nothing was typed.</summary>
public sealed record Slip(int? Rows, Money? Total)
{
    public bool Agrees(ImportRecord import) =>
        (Rows ?? import.Rows) == import.Rows && (Total ?? import.Total) == import.Total;
}
