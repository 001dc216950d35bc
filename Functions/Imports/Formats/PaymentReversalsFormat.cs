using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>Payments that bounced or were keyed wrong (R5).</summary>
internal static class PaymentReversalsFormat
{
    public static ImportFormat Format { get; } =
        new(ImportKind.PaymentReversals, "payment_id", [new("payment_id"), new("account_id"), new("reason")])
        {
            Read = Read,
            HasAmount = false,
            Names = ImportedItem.Payment,
        };

    private static ImportRow Read(FieldReader row)
    {
        var (id, account, why) = (row.Id("payment_id"), row.Id("account_id"), row.Text("reason", required: true));
        return new ImportRow(
            row.Line,
            new AccountId(account),
            id,
            Money.Zero,
            now => new ReversePayment(new PaymentId(id), why, now)
        );
    }
}
