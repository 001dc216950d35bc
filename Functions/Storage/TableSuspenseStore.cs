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
            yield return ToPayment(row);
        }
    }

    public async Task<bool> TryAssignAsync(SuspendedPayment payment, CancellationToken cancel)
    {
        var row = (await Table.GetEntityAsync<TableEntity>(Partition, Key(payment), cancellationToken: cancel)).Value;
        if (ToPayment(row).AssignedTo is { } assigned)
        {
            return assigned == payment.AssignedTo;
        }

        try
        {
            await Table.UpdateEntityAsync(ToRow(payment), row.ETag, TableUpdateMode.Replace, cancel);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Somebody else was first, or our own answer was lost: the row says whose it is.
            return await TryAssignAsync(payment, cancel);
        }
    }

    public async Task TakeBackAsync(SuspendedPayment payment, CancellationToken cancel) =>
        await Table.UpdateEntityAsync(ToRow(payment with { AssignedTo = null, AssignedBy = null }), ETag.All, TableUpdateMode.Replace, cancel);

    private static string Key(SuspendedPayment payment) => $"{LedgerKeys.Escape(payment.NamedAccount)}|{LedgerKeys.Escape(payment.Payment.Id.Value)}";

    private static SuspendedPayment ToPayment(TableEntity row) => JsonSerializer.Deserialize(LongText.Read(row, "Payment"), LedgerJson.Default.SuspendedPayment)!;

    private static TableEntity ToRow(SuspendedPayment payment)
    {
        var row = new TableEntity(Partition, Key(payment));
        LongText.Write(row, "Payment", JsonSerializer.Serialize(payment, LedgerJson.Default.SuspendedPayment));
        return row;
    }
}
