using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// A payment's own row is inserted once and stays. What a later save took back of it, or corrected, is a row of that
/// save beside it, with the payment as the save left it: so payments can be added up without their ledgers.
/// </summary>
internal static class PaymentRows
{
    private const string Column = "Payment";

    public static IEnumerable<TableEntity> Changed(Bucket bucket, LedgerSave save) =>
        save
            .Events.Select(ChangedBy)
            .OfType<PaymentId>()
            .Distinct()
            .Select(payment => save.After.Funds.FirstOrDefault(funds => funds.Id == payment))
            .OfType<Funds>()
            .Where(funds => funds.Source == FundsSource.BackPayment)
            .Select(funds => ToRow(bucket, save, funds));

    /// <summary>Null of money that is no back payment.</summary>
    public static PostedPayment? ToPosted(TableEntity row)
    {
        var funds = JsonSerializer.Deserialize(LongText.Read(row, Column), LedgerJson.Default.Funds)!;
        return funds.Source == FundsSource.BackPayment
            ? PostedPayment.Of(new AccountId(row.RowKey.Split('|', 3)[1]), funds)
            : null;
    }

    private static PaymentId? ChangedBy(LedgerEvent happened) =>
        happened switch
        {
            FundsReversed e => e.Funds,
            PaymentCorrected e => e.Funds.Id,
            _ => null,
        };

    private static TableEntity ToRow(Bucket bucket, LedgerSave save, Funds funds)
    {
        var row = new TableEntity(
            LedgerKeys.Partition(bucket),
            LedgerKeys.ChangedPayment(save.After.Id, funds.Id, save.Sequence)
        );
        LongText.Write(row, Column, JsonSerializer.Serialize(funds, LedgerJson.Default.Funds));
        return row;
    }
}
