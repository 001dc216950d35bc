using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Storage;

/// <summary>Real tables in a storage account of their own; a test keeps to buckets of its own.</summary>
public sealed class Books(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2020, 1, 21, 18, 0, 0, TimeSpan.Zero);
    private int lastBucket = -1;

    public static DateTimeOffset Now => Noon;

    internal string Connection { get; private set; } = "";

    internal StorageWatch Watch { get; } = new();

    internal StorageClients Clients { get; private set; } = null!;

    internal TableLedgerStore Ledgers { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Connection = await azurite.NewAccountAsync();
        Clients = StorageClients.FromConnectionString(Connection, Watch);
        Ledgers = new TableLedgerStore(Clients);
        await new StorageSetup(Clients).RunAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>An empty one. There are few: who wants more takes new books.</summary>
    internal Bucket NewBucket() =>
        Bucket.Find(Interlocked.Increment(ref lastBucket)) ?? throw new InvalidOperationException("No bucket is new.");

    internal static List<AccountId> AccountsIn(Bucket bucket, int count)
    {
        // In one that there is not nobody would ever be found.
        Assert.Contains(bucket, Bucket.All);
        return
        [
            .. Enumerable
                .Range(1, int.MaxValue - 1)
                .Select(number => new AccountId(string.Create(CultureInfo.InvariantCulture, $"{number:000000}")))
                .Where(account => Bucket.Of(account) == bucket)
                .Take(count),
        ];
    }

    internal async Task<LedgerEntry> SaveOneAsync(LedgerSave save) =>
        Assert.Single(await SaveAsync(save)).Entry ?? throw new InvalidOperationException("The save conflicted.");

    internal Task<IReadOnlyList<SaveResult>> SaveAsync(params IReadOnlyList<LedgerSave> saves) =>
        Ledgers.SaveAsync(Bucket.Of(saves[0].After.Id), saves, CancellationToken.None);

    internal async Task<List<HistoryRow>> HistoryAsync(AccountId account) =>
        await Ledgers.ReadHistoryAsync(account, CancellationToken.None).ToListAsync();

    internal static LedgerEntry None(AccountId account) => new(AccountLedger.Open(account), null, null);

    /// <summary>A save of these events, by an operation of its own.</summary>
    internal static LedgerSave Save(LedgerEntry before, DateTimeOffset? look, params IReadOnlyList<LedgerEvent> events)
    {
        var after = events.Aggregate(before.Ledger, (ledger, happened) => ledger.Apply(happened));
        return new LedgerSave(
            before,
            events,
            events.Count == 0 ? after : after with { Operations = after.Operations + 1 },
            look,
            OperationId.New(),
            Because("a test asks")
        );
    }

    internal static LedgerSave Enrol(AccountId account, DateTimeOffset? look = null) =>
        Save(None(account), look, Enrolled());

    internal static Authority Because(string why) => new("tester", why, Noon);

    internal static AccountEnrolled Enrolled(string area = "west") => FirstEvents.Enrolled(area);

    internal static BillOpened Opened(string id, long cents = 4120) => FirstEvents.Opened(id, cents);

    internal static FundsReceived Received(string id, long cents) => FirstEvents.Received(id, cents);
}
