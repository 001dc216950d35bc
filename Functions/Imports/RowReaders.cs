using Autopay.Imports.Reading;

namespace Autopay.Imports;

/// <summary>One row of each kind, checked by itself and turned into what it asks of the ledger.</summary>
internal static class RowReaders
{
    public static Func<FieldReader, ImportRow> For(ImportKind kind) =>
        kind switch
        {
            ImportKind.Accounts => Account,
            ImportKind.Bills => Bill,
            ImportKind.Payments => Payment,
            ImportKind.PaymentReversals => PaymentReversal,
            ImportKind.BillAdjustments => BillAdjustment,
            ImportKind.Balances => Balance,
            _ => throw new InvalidOperationException($"Unknown import kind {kind}."),
        };

    private static ImportRow Account(FieldReader row)
    {
        const string Because = "because autopay is on";
        var (account, isOn, unsaid) = (
            row.Id("account_id"),
            row.OneOf("autopay", ("on", true), ("off", false)),
            Unsaid(row)
        );
        var enrolment = new Enrolment
        {
            Cycle = row.Cycle("cycle"),
            ServiceArea = row.Text("service_area"),
            Autopay = isOn,
            Customer = row.IdWhen(isOn, "provider_customer_id", Because),
            PaymentMethod = row.IdWhen(isOn, "payment_method_id", Because),
            Mandate = row.OptionalId("mandate_id"),
            MaxDebit = row.OptionalAmount("max_debit"),
            Email = row.Text("email") is { Length: > 0 } email ? email : null,
        };
        return new ImportRow(
            row.Line,
            new AccountId(account),
            account,
            Money.Zero,
            now => new Enrol(enrolment, now) { Unsaid = unsaid }
        );
    }

    private static EnrolmentParts Unsaid(FieldReader row) =>
        (row.Has("service_area") ? 0 : EnrolmentParts.ServiceArea)
        | (row.Has("provider_customer_id") ? 0 : EnrolmentParts.Customer)
        | (row.Has("payment_method_id") ? 0 : EnrolmentParts.PaymentMethod)
        | (row.Has("mandate_id") ? 0 : EnrolmentParts.Mandate)
        | (row.Has("max_debit") ? 0 : EnrolmentParts.MaxDebit)
        | (row.Has("email") ? 0 : EnrolmentParts.Email);

    private static ImportRow Bill(FieldReader row)
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

    private static ImportRow Payment(FieldReader row)
    {
        var (id, account) = (row.Id("payment_id"), row.Id("account_id"));
        var funds = new Funds
        {
            Id = new PaymentId(id),
            Source = FundsSource.BackPayment,
            Amount = row.Amount("amount", signed: true),
            Channel = row.OneOf(
                "channel",
                ("cash", "cash"),
                ("check", "check"),
                ("card", "card"),
                ("online", "online")
            ),
            Drawer = row.Text("drawer"),
            ReceivedOn = row.Date("received_on"),
            PostedOn = default,
            NamedBill = row.OptionalId("bill_id") is { } bill ? new BillId(bill) : null,
        };
        row.Require(funds.Amount.IsPositive, "amount", "an amount above zero");
        row.Require(!(funds.ReceivedOn > row.Today), "received_on", "a date that is not after today");
        return new ImportRow(
            row.Line,
            new AccountId(account),
            id,
            funds.Amount,
            now => new PostBackPayment(funds with { PostedOn = now.Today }, now)
        )
        {
            Payment = now => funds with { PostedOn = now.Today },
        };
    }

    private static ImportRow PaymentReversal(FieldReader row)
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

    private static ImportRow BillAdjustment(FieldReader row)
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

    private static ImportRow Balance(FieldReader row)
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
