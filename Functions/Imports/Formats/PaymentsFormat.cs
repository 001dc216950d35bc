using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>Money that came in by other channels (R13).</summary>
internal static class PaymentsFormat
{
    public static ImportFormat Format { get; } =
        new(
            ImportKind.Payments,
            "payment_id",
            [
                new("payment_id"),
                new("account_id"),
                new("amount"),
                new("channel") { Note = "cash, check, card, online" },
                new("drawer") { MayLeaveOut = true },
                new("received_on") { IsDay = true },
                new("bill_id") { MayLeaveOut = true },
            ]
        )
        {
            Read = Read,
            Brings = ImportedItem.Payment,
        };

    private static ImportRow Read(FieldReader row)
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
}
