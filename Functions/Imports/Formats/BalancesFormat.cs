using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>What the billing system believes to be open; it is compared and changes nothing (R16).</summary>
internal static class BalancesFormat
{
    public static ImportFormat Format { get; } =
        new(
            ImportKind.Balances,
            "bill_id",
            [new("account_id"), new("bill_id"), new("open_amount"), new("as_of") { IsDay = true }]
        )
        {
            Read = Read,
            Names = ImportedItem.Bill,
            Waits = false,
        };

    private static ImportRow Read(FieldReader row)
    {
        var (account, bill) = (row.Id("account_id"), row.Id("bill_id"));
        var (open, asOf) = (row.Amount("open_amount", signed: true), row.Date("as_of"));
        return new ImportRow(
            row.Line,
            new AccountId(account),
            bill,
            open,
            now => new CompareBalance(new BillId(bill), open, asOf, now)
        );
    }
}
