using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>Cents that a bill asks for more or less than it said (R5).</summary>
internal static class BillAdjustmentsFormat
{
    public static ImportFormat Format { get; } =
        new(
            ImportKind.BillAdjustments,
            "adjustment_id",
            [new("adjustment_id"), new("account_id"), new("bill_id"), new("amount"), new("reason")]
        )
        {
            Read = Read,
            Names = ImportedItem.Bill,
        };

    private static ImportRow Read(FieldReader row)
    {
        var (id, account, bill) = (row.Id("adjustment_id"), row.Id("account_id"), row.Id("bill_id"));
        var (amount, why) = (row.Amount("amount", signed: true), row.Text("reason", required: true));
        row.Require(!amount.IsZero, "amount", "an amount that is not zero");
        return new ImportRow(
            row.Line,
            new AccountId(account),
            id,
            amount,
            now => new AdjustBill(id, new BillId(bill), amount, why, now)
        );
    }
}
