using System.Globalization;
using System.Text.Json.Serialization;
using Autopay.Application.Ledgers;
using Autopay.Imports;

namespace Autopay.Application.Ports.Files;

public enum ImportState
{
    /// <summary>Checked and stored whole; nothing is applied yet.</summary>
    Stored,

    Applying,

    Done,

    /// <summary>A person has set it aside: nobody waits for it any more (R26).</summary>
    SetAside,

    /// <summary>A second person has to approve what it changes: nothing is applied yet.</summary>
    WaitsForApproval,
}

/// <summary>A row that was taken in but could not be applied, and why. The stored data stay as they are.</summary>
/// <param name="Line">0 of what no row says, such as an account that is missing (R39).</param>
public sealed record ImportFinding(int Line, string Account, string Id, string Message)
{
    /// <summary>A person must do something about it; what only is to be known comes behind these.</summary>
    public bool ToAct { get; init; }

    /// <summary>Where it stands: what a person must act on first, then by line.</summary>
    [JsonIgnore]
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{(ToAct ? 0 : 1)}-{Line:00000000}-{Account}");
}

/// <summary>
/// A run of an import, which others leave to it until then. That spares work and carries no authority.
/// </summary>
/// <param name="Until">It says so again with each bucket that is done.</param>
public sealed record ImportWorker(string Run, DateTimeOffset Until);

/// <summary>One uploaded file: what it is, how far it is applied, and what came of it.</summary>
public sealed record ImportRecord
{
    /// <summary>Kind and content hash: the same file again is the same import.</summary>
    public required string Id { get; init; }

    public required ImportKind Kind { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public required Authority Authority { get; init; }

    /// <summary>Who asked for it to be applied once more, when and why; the newest last.</summary>
    public IReadOnlyList<Authority> Repeats { get; init; } = [];

    public ImportState State { get; init; }

    /// <summary>Who set it aside, when and why.</summary>
    public Authority? SetAsideBy { get; init; }

    /// <summary>Applied, or set aside: nothing of it is to come.</summary>
    [JsonIgnore]
    public bool IsEnded => State is ImportState.Done or ImportState.SetAside;

    /// <summary>A second person has to say yes first.</summary>
    [JsonIgnore]
    public bool Waits => State == ImportState.WaitsForApproval;

    /// <summary>The request for a second person that it waits for, or that was approved.</summary>
    public string? Approval { get; init; }

    /// <summary>What an accounts file changes of the means of payment and the caps; null when that is
    /// nothing.</summary>
    public MethodChanges? Changes { get; init; }

    /// <summary>The second person, who has approved this arrival.</summary>
    public Authority? AgreedBy { get; init; }

    /// <summary>Control totals: data rows and cents (charges, amounts, adjustments or open amounts by kind).</summary>
    public required int Rows { get; init; }

    public required Money Total { get; init; }

    /// <summary>
    /// Rows that are readable but contradict the rules are set aside; otherwise such a row refuses the file (R40).
    /// </summary>
    public bool SetsAside { get; init; }

    /// <summary>An accounts file that names every account there is (R39).</summary>
    public bool IsComplete { get; init; }

    /// <summary>All buckets before this one are done: of imports that went through them one after the other.</summary>
    public int NextBucket { get; init; }

    /// <summary>The other buckets that are done, in the order in which they were.</summary>
    public IReadOnlyList<int> DoneBuckets { get; init; } = [];

    /// <summary>Done buckets with rows that conflict: these are put before a person after all buckets (R29).</summary>
    public IReadOnlyList<int> DisputedBuckets { get; init; } = [];

    /// <summary>The run that works on it; null when none does.</summary>
    public ImportWorker? Worker { get; init; }

    /// <summary>What is still to be applied: where a killed import goes on.</summary>
    [JsonIgnore]
    public IEnumerable<Bucket> OpenBuckets =>
        Bucket.All.Where(bucket => bucket.Number >= NextBucket && !DoneBuckets.Contains(bucket.Number));

    [JsonIgnore]
    public int BucketsDone => Bucket.Count - OpenBuckets.Count();

    /// <summary>Rows of the buckets that are done, whatever became of them.</summary>
    [JsonIgnore]
    public int RowsDone =>
        State == ImportState.Done
            ? Rows
            : Math.Min(Rows, Applied + Known + UnknownAccounts + Waiting + SetAside + Conflicts);

    public int Applied { get; init; }

    /// <summary>Rows that changed nothing, because they were known already.</summary>
    public int Known { get; init; }

    /// <summary>
    /// Rows of accounts that are not ours: payments go into suspense, bills wait silently (R33), balances are listed.
    /// </summary>
    public int UnknownAccounts { get; init; }

    public Money UnknownTotal { get; init; }

    /// <summary>
    /// Bills that its rows opened again after their due date, and the cents open on them: blocked until finance re-arms
    /// them (R5).
    /// </summary>
    public int OpenedAgain { get; init; }

    public Money OpenedAgainTotal { get; init; }

    /// <summary>Bills that look like another one of their account under another number (R41).</summary>
    public int LookAlikes { get; init; }

    /// <summary>The first of them, for the sentence that a person reads when most rows are such.</summary>
    public ImportFinding? FirstLookAlike { get; init; }

    public int Conflicts { get; init; }

    /// <summary>Rows that wait for the payment or bill that they name (R33).</summary>
    public int Waiting { get; init; }

    public Money WaitingTotal { get; init; }

    /// <summary>
    /// Rows that wait for a person: they resemble another account's, or contradict the rules (R29, R30, R40).
    /// </summary>
    public int SetAside { get; init; }

    public Money SetAsideTotal { get; init; }

    /// <summary>
    /// Known accounts that a complete accounts file does not name (R39); nothing is switched off by absence.
    /// </summary>
    public int Missing { get; init; }

    /// <summary>
    /// The first of them: what a person must act on, then the others, each by line. All of them are kept beside the
    /// record.
    /// </summary>
    public IReadOnlyList<ImportFinding> Findings { get; init; } = [];

    /// <summary>How many there are.</summary>
    public int FindingCount { get; init; }

    /// <summary>Those that are not kept beside the record yet.</summary>
    [JsonIgnore]
    public IReadOnlyList<ImportFinding> NewFindings { get; init; } = [];

    /// <summary>Guards the stored row as it was read; null of a record that was never read.</summary>
    [JsonIgnore]
    public string? Tag { get; init; }

    /// <summary>The arrival that counts: the last request to apply it.</summary>
    [JsonIgnore]
    public Authority Arrival => Repeats is [.., var last] ? last : Authority;
}

public static class ImportOrder
{
    /// <summary>The order in which imports of all kinds are applied: by arrival, ties by id.</summary>
    public static IEnumerable<ImportRecord> InOrderOfArrival(this IEnumerable<ImportRecord> imports) =>
        imports.OrderBy(import => import.Arrival.At).ThenBy(import => import.Id, StringComparer.Ordinal);

    /// <summary>
    /// The oldest that can be applied. What waits for approval lets payments pass: what a customer has paid must not be
    /// charged meanwhile. Everything else may depend on it, and stays behind (R23, R34).
    /// </summary>
    /// <param name="unfinished">In order of arrival.</param>
    public static ImportRecord? NextInTurn(this IEnumerable<ImportRecord> unfinished)
    {
        var isHeld = false;
        foreach (var import in unfinished)
        {
            if (!import.Waits && (!isHeld || import.Kind.FileFormat.Brings == ImportedItem.Payment))
            {
                return import;
            }

            isHeld |= import.Waits;
        }

        return null;
    }

    /// <inheritdoc cref="NextInTurn"/>
    public static async Task<ImportRecord?> NextInTurnAsync(this IImportStore imports, CancellationToken cancel) =>
        (await imports.ReadUnfinishedAsync(cancel).ToListAsync(cancel)).NextInTurn();

    /// <summary>Whether both are the same request to apply the same import.</summary>
    public static bool IsSameArrival(this ImportRecord import, ImportRecord other) =>
        import.Id == other.Id && import.Arrival.At == other.Arrival.At;
}

/// <summary>
/// The imports, their files, and the turn: one import is applied at a time, of whatever kind, in order of arrival.
/// </summary>
public interface IImportStore
{
    Task<ImportRecord?> FindAsync(string importId, CancellationToken cancel);

    /// <summary>Claims the id; false when the file was imported before.</summary>
    Task<bool> TryCreateAsync(ImportRecord record, CancellationToken cancel);

    /// <returns>The record as it is stored now; null when somebody else moved the import on since it was
    /// read.</returns>
    Task<ImportRecord?> SaveAsync(ImportRecord record, CancellationToken cancel);

    /// <summary>The imports that are not done, in order of arrival.</summary>
    IAsyncEnumerable<ImportRecord> ReadUnfinishedAsync(CancellationToken cancel);

    /// <summary>Every import there ever was, in any order.</summary>
    IAsyncEnumerable<ImportRecord> ReadAllAsync(CancellationToken cancel);

    /// <summary>Keeps findings of this arrival of the import; keeping them again is harmless.</summary>
    Task AddFindingsAsync(ImportRecord import, IReadOnlyCollection<ImportFinding> findings, CancellationToken cancel);

    /// <summary>
    /// Findings of this arrival of the import in the order of their places; from behind one place on.
    /// </summary>
    IAsyncEnumerable<ImportFinding> ReadFindingsAsync(ImportRecord import, string? after, CancellationToken cancel);

    /// <summary>Keeps the file under its import's id, unless it is there: the id stands for its bytes.</summary>
    Task StoreFileAsync(string importId, Stream content, CancellationToken cancel);

    Task<bool> HasFileAsync(string importId, CancellationToken cancel);

    Task<Stream> OpenFileAsync(string importId, CancellationToken cancel);

    /// <summary>Takes the turn for this arrival of the import; taking it again is harmless.</summary>
    /// <returns>False while another import that can be applied has the turn, or is before this one.</returns>
    Task<bool> TakeTurnAsync(ImportRecord import, CancellationToken cancel);

    /// <summary>Gives the turn back if this arrival of the import has it.</summary>
    Task EndTurnAsync(ImportRecord import, CancellationToken cancel);
}
