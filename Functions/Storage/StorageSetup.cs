using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>Makes what is missing of tables, queues and containers, and refuses a changed number of buckets.</summary>
public sealed class StorageSetup(StorageClients clients)
{
    public const string Layout = "layout";
    private const string Partition = "controls";

    /// <exception cref="InvalidOperationException">The tables were made with another number of buckets.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var controls = clients.Table(StorageClients.ControlsTable);
        await controls.CreateIfNotExistsAsync(cancel);
        var layout = await controls.GetEntityIfExistsAsync<TableEntity>(Partition, Layout, cancellationToken: cancel);
        if (layout.HasValue)
        {
            Require(layout.Value!.GetInt32("Buckets"));
            if (layout.Value.GetString("Names") == Names)
            {
                return;
            }
        }

        await Parallel.ForEachAsync(
            StorageClients.Tables,
            cancel,
            async (name, stop) => await clients.Table(name).CreateIfNotExistsAsync(stop)
        );
        await Parallel.ForEachAsync(
            QueueNames.All,
            cancel,
            async (name, stop) => await clients.Queue(name).CreateIfNotExistsAsync(cancellationToken: stop)
        );
        await Parallel.ForEachAsync(
            StorageClients.Containers,
            cancel,
            async (name, stop) => await clients.Container(name).CreateIfNotExistsAsync(cancellationToken: stop)
        );

        // Last, so that its presence says that all the others are there.
        await controls.UpsertEntityAsync(
            new TableEntity(Partition, Layout) { ["Buckets"] = Bucket.Count, ["Names"] = Names },
            TableUpdateMode.Merge,
            cancel
        );
    }

    // A newer build that needs more tables or queues than were made finds another text here.
    private static string Names { get; } =
        string.Join(
            ' ',
            StorageClients.Tables.Concat(QueueNames.All).Concat(StorageClients.Containers.Select(name => $"{name}/"))
        );

    private static void Require(int? buckets)
    {
        if (buckets != Bucket.Count)
        {
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tables were made with {buckets} buckets, Autopay__Buckets says {Bucket.Count}: accounts "
                        + $"would be looked for where they are not. Set it to what it was."
                )
            );
        }
    }
}
