using System.Text.Json.Serialization;
using Autopay.Application.Ledgers;
using Autopay.Imports;

namespace Autopay.Application.Ports.Files;

/// <summary>What a row waits for.</summary>
public enum WaitingFor
{
    /// <summary>The account that it names (R33).</summary>
    Account,

    /// <summary>The payment that it reverses (R33).</summary>
    Payment,

    /// <summary>The bill that it adjusts (R33).</summary>
    Bill,

    /// <summary>A person's word: it resembles another account, or contradicts the rules (R29, R30, R40).</summary>
    Person,
}

/// <summary>How a waiting row left the list.</summary>
public enum WaitingEnd
{
    Applied,

    Discarded,
}

/// <summary>A row of a file that could not be applied when it came, and is not lost (R30, R33, R40).</summary>
public sealed record WaitingRow
{
    /// <summary>
    /// Stands for the kind, the account and what the row says: the same row in another file is the same.
    /// </summary>
    public required string Id { get; init; }

    public required ImportKind Kind { get; init; }

    public required AccountId Account { get; init; }

    public required string ImportId { get; init; }

    public required int Line { get; init; }

    public required RowContent Content { get; init; }

    public required Money Cents { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required WaitingFor For { get; init; }

    /// <summary>For a person.</summary>
    public required string Reason { get; init; }

    public WaitingEnd? End { get; init; }

    /// <summary>Who ended the wait, when and why; null while it waits.</summary>
    public Authority? EndedBy { get; init; }

    [JsonIgnore]
    public bool IsOpen => End is null;

    /// <summary>What names the row within its kind.</summary>
    [JsonIgnore]
    public string RowId => Content.RowId ?? Account.Value;

    public ImportRow ToImportRow() =>
        new(Line, Account, RowId, Cents, Content.ToCommand)
        {
            Payment = Content.Payment is { } payment ? now => payment with { PostedOn = now.Today } : null,
        };
}

/// <summary>
/// Rows that wait, in order of arrival. Bills of unknown accounts wait apart and silently: a city may send the bills of
/// everybody, and nobody is to read through them (R33).
/// </summary>
public interface IWaitingRows
{
    /// <summary>Idempotent by the row's id; what a person has ended stays ended.</summary>
    Task PutAsync(IReadOnlyCollection<WaitingRow> rows, CancellationToken cancel);

    /// <summary>Those that wait, bills of unknown accounts aside, in order of arrival.</summary>
    Task<IReadOnlyList<WaitingRow>> ReadOpenAsync(CancellationToken cancel);

    /// <summary>A row that waits, or has ended; null of an unknown id.</summary>
    Task<WaitingRow?> FindAsync(string id, CancellationToken cancel);

    /// <summary>The wait is over; ending it again changes nothing.</summary>
    Task EndAsync(WaitingRow row, WaitingEnd end, Authority authority, CancellationToken cancel);

    Task PutBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel);

    /// <summary>The waiting bills of these accounts of the bucket.</summary>
    Task<IReadOnlyList<WaitingRow>> ReadBillsAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    );

    Task RemoveBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel);

    /// <summary>Drops the waiting bills that were due before that day.</summary>
    /// <returns>How many.</returns>
    Task<int> DropBillsAsync(DateOnly dueBefore, CancellationToken cancel);

    /// <summary>How many bills of unknown accounts wait.</summary>
    Task<int> CountBillsAsync(CancellationToken cancel);
}
