using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ports.Files;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Imports;

public sealed class TableSuspenseStore(StorageClients clients) : ISuspenseStore
{
    private const string Partition = "suspense";

    private TableClient Table => clients.Table(StorageClients.SuspenseTable);

    public async Task PutAsync(SuspensePayment payment, CancellationToken cancel)
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

    public async IAsyncEnumerable<SuspensePayment> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>($"PartitionKey eq '{Partition}'", cancellationToken: cancel)
        )
        {
            yield return ToPayment(row);
        }
    }

    public async Task<SuspensePayment?> FindAsync(string namedAccount, PaymentId payment, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            Key(namedAccount, payment),
            cancellationToken: cancel
        );
        return row.HasValue ? ToPayment(row.Value!) : null;
    }

    public async Task<SuspensePayment?> SaveAsync(SuspensePayment payment, CancellationToken cancel)
    {
        var row = ToRow(payment);
        try
        {
            var answer = await Table.UpdateEntityAsync(row, new ETag(payment.Tag!), TableUpdateMode.Replace, cancel);
            return payment with { Tag = answer.Headers.ETag.ToString() };
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // Somebody else was first, or our own answer was lost: then the stored row is ours, letter by letter.
            var stored = (
                await Table.GetEntityAsync<TableEntity>(Partition, row.RowKey, cancellationToken: cancel)
            ).Value;
            return LongText.Read(stored, "Payment") == LongText.Read(row, "Payment") ? ToPayment(stored) : null;
        }
    }

    private static string Key(string namedAccount, PaymentId payment) =>
        $"{LedgerKeys.Escape(namedAccount)}|{LedgerKeys.Escape(payment.Value)}";

    private static SuspensePayment ToPayment(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, "Payment"), LedgerJson.Default.SuspensePayment)! with
        {
            Tag = row.ETag.ToString(),
        };

    private static TableEntity ToRow(SuspensePayment payment)
    {
        var row = new TableEntity(Partition, Key(payment.NamedAccount, payment.Payment.Id));
        LongText.Write(row, "Payment", JsonSerializer.Serialize(payment, LedgerJson.Default.SuspensePayment));
        return row;
    }
}
