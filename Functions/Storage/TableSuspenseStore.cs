using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ports;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

public sealed class TableSuspenseStore(StorageClients clients) : ISuspenseStore
{
    private const string Partition = "suspense";

    private TableClient Table => clients.Table(StorageClients.SuspenseTable);

    public async Task PutAsync(SuspendedPayment payment, CancellationToken cancel)
    {
        try
        {
            await Table.AddEntityAsync(ToRow(payment), cancel);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Listed already, perhaps assigned since: it stays as it is.
        }
    }

    public async IAsyncEnumerable<SuspendedPayment> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel))
        {
            yield return JsonSerializer.Deserialize(LongText.Read(row, "Payment"), LedgerJson.Default.SuspendedPayment)!;
        }
    }

    public async Task MarkAssignedAsync(SuspendedPayment payment, CancellationToken cancel) =>
        await Table.UpdateEntityAsync(ToRow(payment), ETag.All, TableUpdateMode.Replace, cancel);

    private static TableEntity ToRow(SuspendedPayment payment)
    {
        var row = new TableEntity(Partition, $"{LedgerKeys.Escape(payment.NamedAccount)}|{LedgerKeys.Escape(payment.Payment.Id.Value)}");
        LongText.Write(row, "Payment", JsonSerializer.Serialize(payment, LedgerJson.Default.SuspendedPayment));
        return row;
    }
}
