using System.Text;
using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;
using Autopay.Imports;
using Autopay.Rehearsal;
using Autopay.Tests.Imports;

namespace Autopay.Tests.Application;

/// <summary>The two import verbs over the scratch stores of a rehearsal; every write goes through one fuse, which can blow.</summary>
internal sealed class ImportWorld
{
    private readonly ScratchLedgerStore ledgers = new();
    private readonly ScratchSuspenseStore suspense = new();
    private readonly ScratchControlsStore controls = new(new Policies());
    private readonly VirtualClock time = new(new DateTimeOffset(2020, 1, 13, 14, 0, 0, TimeSpan.Zero));
    private readonly ReceiveImport receive;
    private readonly ApplyImport apply;

    public ImportWorld()
    {
        var clock = new CityClock(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")));
        var store = new FusedLedgerStore(ledgers, Fuse);
        var writer = new LedgerWriter(store, new ScratchWakeStore(), clock, new ProcessingOptions());
        var imports = new FusedImportStore(Imports, Fuse);
        receive = new ReceiveImport(Imports, Queue);
        apply = new ApplyImport(imports, store, controls, new FusedSuspenseStore(suspense, Fuse), Queue, writer, clock);
    }

    public ScratchImportStore Imports { get; } = new();

    public Fuse Fuse { get; } = new();

    public RecordingQueue Queue { get; } = new();

    public IReadOnlyList<SuspendedPayment> Suspended => [.. suspense.ReadAllAsync(CancellationToken.None).ToBlockingEnumerable()];

    public AccountLedger Ledger(string account) => ledgers.Ledgers.Single(ledger => ledger.Id.Value == account);

    /// <summary>Every ledger and the suspense as text. How many operations it took, and which file it was, is not state.</summary>
    public string State => JsonSerializer.Serialize(new
    {
        Ledgers = ledgers.Ledgers.OrderBy(ledger => ledger.Id).Select(ledger => ledger with { Operations = 0, EnrolledBy = null }),
        Suspended = Suspended.Select(payment => (payment.NamedAccount, payment.Payment)).OrderBy(payment => payment.NamedAccount, StringComparer.Ordinal)
            .Select(payment => new { payment.NamedAccount, payment.Payment }),
    });

    public async Task<ImportReceipt> ReceiveAsync(ImportKind kind, string text, string name = "file.csv", ExpectedTotals? expected = null)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await receive.RunAsync(kind, name, file, expected ?? new(null, null), new Authority("clerk", "test", time.GetUtcNow()), CancellationToken.None);
    }

    public Task<bool> ApplyAsync(string importId) => apply.RunAsync(importId, CancellationToken.None);

    /// <summary>Takes a file in and applies it; what the import's record says in the end.</summary>
    public async Task<ImportRecord> ImportAsync(ImportKind kind, params string[] rows)
    {
        var receipt = await ReceiveAsync(kind, Csv.File(kind, rows));
        Assert.Empty(receipt.Check.Problems);
        Assert.True(await ApplyAsync(receipt.Import!.Id));
        return await RecordAsync(receipt.Import.Id);
    }

    public async Task<ImportRecord> RecordAsync(string importId) => (await Imports.FindAsync(importId, CancellationToken.None))!;
}
