using System.Text.Json.Serialization;
using Autopay.Imports;

namespace Autopay.Application.Ports;

public enum ImportState
{
    /// <summary>Checked and stored whole; nothing is applied yet.</summary>
    Stored,

    Applying,

    Done,
}

/// <summary>A row that was taken in but could not be applied, and why. The stored data stay as they are.</summary>
public sealed record ImportFinding(int Line, string Account, string Id, string Message);

/// <summary>One uploaded file: what it is, how far it is applied, and what came of it.</summary>
public sealed record ImportRecord
{
    /// <summary>Kind and content hash: the same file again is the same import.</summary>
    public required string Id { get; init; }

    public required ImportKind Kind { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public required Authority Authority { get; init; }

    public ImportState State { get; init; }

    /// <summary>Control totals: data rows and cents (charges, amounts, adjustments or open amounts by kind).</summary>
    public required int Rows { get; init; }

    public required Money Total { get; init; }

    /// <summary>The next bucket to apply: where a killed import goes on.</summary>
    public int NextBucket { get; init; }

    public int Applied { get; init; }

    /// <summary>Rows that changed nothing, because they were known already.</summary>
    public int Known { get; init; }

    /// <summary>Rows of accounts that are not ours: payments go into suspense, all others are only listed.</summary>
    public int UnknownAccounts { get; init; }

    public Money UnknownTotal { get; init; }

    public int Conflicts { get; init; }

    /// <summary>The first of them, line by line; the counts are complete.</summary>
    public IReadOnlyList<ImportFinding> Findings { get; init; } = [];

    /// <summary>Guards the stored row as it was read; null of a record that was never read.</summary>
    [JsonIgnore]
    public string? Tag { get; init; }
}

/// <summary>The imports, their files, and the lock that lets one import of a kind be applied at a time.</summary>
public interface IImportStore
{
    Task<ImportRecord?> FindAsync(string importId, CancellationToken cancel);

    /// <summary>Claims the id; false when the file was imported before.</summary>
    Task<bool> TryCreateAsync(ImportRecord record, CancellationToken cancel);

    /// <returns>The record as it is stored now; null when somebody else moved the import on since it was read.</returns>
    Task<ImportRecord?> SaveAsync(ImportRecord record, CancellationToken cancel);

    /// <summary>The imports that are not done, oldest first.</summary>
    IAsyncEnumerable<ImportRecord> ReadUnfinishedAsync(CancellationToken cancel);

    /// <summary>Keeps the file under its import's id; repeating it is harmless.</summary>
    Task StoreFileAsync(string importId, Stream content, CancellationToken cancel);

    Task<Stream> OpenFileAsync(string importId, CancellationToken cancel);

    /// <summary>The import of this kind that is under way takes the turn; the answer names the one that has it.</summary>
    Task<string> TakeTurnAsync(ImportKind kind, string importId, CancellationToken cancel);

    Task EndTurnAsync(ImportKind kind, string importId, CancellationToken cancel);
}
