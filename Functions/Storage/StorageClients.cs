using System.Collections.Concurrent;
using Autopay.Application.Ledgers;
using Autopay.Storage.Ledgers;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Autopay.Storage;

/// <summary>The clients of the money storage account, and every name in it.</summary>
public sealed class StorageClients(
    TableServiceClient tables,
    QueueServiceClient queues,
    QueueServiceClient rawQueues,
    BlobServiceClient blobs
)
{
    public const string ControlsTable = "controls";
    public const string SchedulesTable = "schedules";
    public const string SuspenseTable = "suspense";
    public const string ProviderEventsTable = "providerevents";
    public const string ImportsTable = "imports";
    public const string WaitingTable = "waiting";
    public const string IdsTable = "ids";
    public const string PoisonTable = "poison";
    public const string ReportsTable = "reports";
    public const string ReleasesTable = "releases";
    public const string CertificatesTable = "certificates";
    public const string ImportsContainer = "imports";
    public const string BackupsContainer = "backups";
    public const string ReceiptsContainer = "receipts";
    public const string AuditContainer = "audit";
    public const string StatusContainer = "status";

    private readonly ConcurrentDictionary<string, TableClient> tableClients = new();
    private readonly ConcurrentDictionary<string, QueueClient> queueClients = new();

    public static IReadOnlyList<string> Tables { get; } =
    [
        ControlsTable,
        SchedulesTable,
        SuspenseTable,
        ProviderEventsTable,
        ImportsTable,
        WaitingTable,
        IdsTable,
        PoisonTable,
        ReportsTable,
        ReleasesTable,
        CertificatesTable,
        .. Bucket.All.Select(LedgerKeys.Table),
    ];

    public static IReadOnlyList<string> Containers { get; } =
    [ImportsContainer, BackupsContainer, ReceiptsContainer, AuditContainer, StatusContainer];

    public TableClient Table(string name) => tableClients.GetOrAdd(name, tables.GetTableClient);

    public QueueClient Queue(string name) => queueClients.GetOrAdd(name, queues.GetQueueClient);

    /// <summary>Reads what others wrote, Base64 or not.</summary>
    public QueueClient RawQueue(string name) => rawQueues.GetQueueClient(name);

    public BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(name);

    /// <summary>By connection string: the emulator, or an account with shared keys.</summary>
    /// <param name="watch">Sees every request to the tables: counts, or faults in tests.</param>
    /// <param name="adapt">What else is asked of each client: another transport in a simulation.</param>
    public static StorageClients FromConnectionString(
        string connection,
        HttpPipelinePolicy? watch = null,
        Action<ClientOptions>? adapt = null
    )
    {
        var (tables, queues, raw, blobs) = (
            TableOptions(),
            QueueOptions(QueueMessageEncoding.Base64),
            QueueOptions(QueueMessageEncoding.None),
            new BlobClientOptions()
        );
        if (watch is not null)
        {
            tables.AddPolicy(watch, HttpPipelinePosition.PerRetry);
        }

        foreach (var options in new ClientOptions[] { tables, queues, raw, blobs })
        {
            adapt?.Invoke(options);
        }

        return new StorageClients(
            new TableServiceClient(connection, tables),
            new QueueServiceClient(connection, queues),
            new QueueServiceClient(connection, raw),
            new BlobServiceClient(connection, blobs)
        );
    }

    /// <summary>By identity, as on Azure: no key anywhere.</summary>
    public static StorageClients FromIdentity(
        Uri tableService,
        Uri queueService,
        Uri blobService,
        TokenCredential credential
    ) =>
        new(
            new TableServiceClient(tableService, credential, TableOptions()),
            new QueueServiceClient(queueService, credential, QueueOptions(QueueMessageEncoding.Base64)),
            new QueueServiceClient(queueService, credential, QueueOptions(QueueMessageEncoding.None)),
            new BlobServiceClient(blobService, credential)
        );

    private static TableClientOptions TableOptions()
    {
        var options = new TableClientOptions();
        options.AddPolicy(new PlainText(), HttpPipelinePosition.PerCall);
        return options;
    }

    // Messages are hints: a request or a sweep does not wait minutes for a queue that does not answer, as the client
    // would by default.
    private static QueueClientOptions QueueOptions(QueueMessageEncoding encoding) =>
        new() { MessageEncoding = encoding, Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(10) } };
}
