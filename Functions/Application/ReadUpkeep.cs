using System.Globalization;
using System.Text.Json;
using Autopay.Application.Backups;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Reconciling;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>The newest file of one kind.</summary>
/// <param name="At">When it last arrived, UTC.</param>
public sealed record NewestFile(ImportKind Kind, string Import, string File, ImportState State, DateTimeOffset At);

/// <summary>Whether the files come and the books are looked after. Instants are UTC, null where it never happened.
/// </summary>
public sealed record Upkeep(
    IReadOnlyList<NewestFile> Files,
    DateTimeOffset? ReconciledAt,
    RunState? Reconciled,
    DateTimeOffset? CheckedAt,
    bool? InvariantsHold,
    DateTimeOffset? BackedUpAt
)
{
    /// <summary>What the office counted; whether it is entered is a certificate's question.</summary>
    public IReadOnlyList<ControlTotal> Counted { get; init; } = [];
}

/// <summary>What a city looks at each morning: the newest file of each kind, the last check of the books.</summary>
public sealed class ReadUpkeep(
    IImportStore imports,
    IReportStore reports,
    IHeartbeatStore heartbeats,
    ICertificateStore certificates
)
{
    private static readonly ImportKind[] Expected = [ImportKind.Bills, ImportKind.Payments, ImportKind.Accounts];

    public async Task<Upkeep> RunAsync(CancellationToken cancel)
    {
        var files = await imports.ReadAllAsync(cancel).ToListAsync(cancel);
        var run = await NewestAsync(Reconcile.Kind, cancel) is { } reconciled
            ? JsonSerializer.Deserialize(reconciled.Json, ReportJson.Default.ReconcileReport)
            : null;
        var check = await NewestAsync(CheckInvariants.Kind, cancel) is { } invariants
            ? JsonSerializer.Deserialize(invariants.Json, ReportJson.Default.InvariantReport)
            : null;
        var beats = await heartbeats.ReadAsync(cancel);
        return new Upkeep(
            [.. Expected.Select(kind => NewestOf(kind, files)).OfType<NewestFile>()],
            run?.To,
            run?.State,
            check is null ? null : At(check.Id),
            check?.Holds,
            beats.TryGetValue(ExportBackup.Kind, out var at) ? at : null
        )
        {
            Counted = await certificates.ReadTotalsAsync(cancel),
        };
    }

    private async Task<StoredReport?> NewestAsync(string kind, CancellationToken cancel) =>
        await reports.ReadNewestAsync(kind, cancel).FirstOrDefaultAsync(cancel);

    private static NewestFile? NewestOf(ImportKind kind, IReadOnlyList<ImportRecord> files) =>
        files.Where(file => file.Kind == kind).InOrderOfArrival().LastOrDefault() is { } file
            ? new NewestFile(kind, file.Id, file.FileName, file.State, file.Arrival.At)
            : null;

    // A run is called by the instant at which it began.
    private static DateTimeOffset? At(string id) =>
        DateTimeOffset.TryParseExact(
            id,
            "yyyyMMddHHmmssfff",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;
}
