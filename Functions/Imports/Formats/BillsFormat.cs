using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>Bills as the billing system sent them (R3).</summary>
internal static class BillsFormat
{
    public static ImportFormat Format { get; } =
        new(
            ImportKind.Bills,
            "bill_id",
            [
                new("bill_id"),
                new("account_id"),
                new("cycle"),
                new("bill_date") { IsDay = true },
                new("due_date") { IsDay = true },
                new("penalty_date") { IsDay = true },
                new("current_charges"),
                new("previous_balance"),
                new("total_due"),
            ]
        )
        {
            Read = Read,
            Brings = ImportedItem.Bill,
        };

    private static ImportRow Read(FieldReader row)
    {
        var (id, account) = (row.Id("bill_id"), row.Id("account_id"));
        var bill = new Bill
        {
            Id = new BillId(id),
            Cycle = row.Cycle("cycle"),
            BillDate = row.Date("bill_date"),
            DueDate = row.Date("due_date"),
            PenaltyDate = row.Date("penalty_date"),
            CurrentCharges = row.Amount("current_charges", signed: true),
            PreviousBalance = row.Amount("previous_balance", signed: true),
            TotalDue = row.Amount("total_due", signed: true),
        };
        row.Require(
            !bill.Id.IsPrevious && !bill.Id.IsPart,
            "bill_id",
            "an id that does not end with ':previous' or ':part-' and a number, which are ours (R45, R46)"
        );
        row.Require(bill.DueDate >= bill.BillDate, "due_date", "a date on or after bill_date");
        row.Require(bill.PenaltyDate >= bill.DueDate, "penalty_date", "a date on or after due_date");
        row.Require(
            bill.TotalDue == bill.CurrentCharges + bill.PreviousBalance,
            "total_due",
            $"current_charges + previous_balance, which is {bill.CurrentCharges + bill.PreviousBalance}"
        );
        return new ImportRow(
            row.Line,
            new AccountId(account),
            id,
            bill.CurrentCharges,
            now => new ImportBill(bill, now)
        );
    }
}
