using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Application.Backups;

/// <summary>What the ledgers of a table sum up to, cents: compared after a restore.</summary>
public sealed record BackupSums(int Accounts, long OpenCents, long CollectedCents, long InFlightCents, long CreditCents)
{
    public static BackupSums None { get; } = new(0, 0, 0, 0, 0);

    public BackupSums Add(BackupSums more) =>
        new(
            Accounts + more.Accounts,
            OpenCents + more.OpenCents,
            CollectedCents + more.CollectedCents,
            InFlightCents + more.InFlightCents,
            CreditCents + more.CreditCents
        );

    public static BackupSums Of(AccountLedger ledger) =>
        new(
            1,
            ledger.Bills.Sum(bill => bill.Open).Cents,
            ledger.Bills.Sum(bill => bill.Collected).Cents,
            ledger.Bills.Sum(bill => bill.InFlight).Cents,
            ledger.Credit.Cents
        );
}

/// <summary>One table of a backup, a blob of one line a row.</summary>
/// <param name="Torn">Accounts whose rows do not fit together in the books themselves: a reader never tears
/// them.</param>
public sealed record BackupTable(string Table, long Rows, long Bytes, string Sha256, BackupSums Sums, int Torn);

/// <summary>Written last: a backup with a manifest is whole. The seal is the hash of everything else in it.</summary>
public sealed record BackupManifest
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Sorts by time: the instant at which the backup began, UTC.</summary>
    public required string Id { get; init; }

    /// <summary>Everything that was saved before this is in the backup; what was saved since may be.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required string By { get; init; }

    public required int Buckets { get; init; }

    /// <summary>The version of the ledgers' shape.</summary>
    public required int Schema { get; init; }

    public required IReadOnlyList<BackupTable> Tables { get; init; }

    public string Seal { get; init; } = "";

    [JsonIgnore]
    public long Rows => Tables.Sum(table => table.Rows);

    [JsonIgnore]
    public BackupSums Sums => Tables.Aggregate(BackupSums.None, (sums, table) => sums.Add(table.Sums));

    [JsonIgnore]
    public bool IsSealed => Seal == SealOf(this);

    public BackupManifest Sealed() => this with { Seal = SealOf(this) };

    public string ToJson() => JsonSerializer.Serialize(this, BackupJson.Default.BackupManifest);

    /// <returns>Null when the text is not an undamaged manifest of a format that this version knows.</returns>
    public static BackupManifest? TryRead(string json)
    {
        try
        {
            return
                JsonSerializer.Deserialize(json, BackupJson.Default.BackupManifest)
                    is { Format: CurrentFormat, IsSealed: true } manifest
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string SealOf(BackupManifest manifest) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                JsonSerializer.SerializeToUtf8Bytes(manifest with { Seal = "" }, BackupJson.Default.BackupManifest)
            )
        );
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(ExportPlace))]
internal sealed partial class BackupJson : JsonSerializerContext;
