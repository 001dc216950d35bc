using System.Globalization;
using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;

namespace Autopay.Samples.Generator.Files;

/// <summary>The columns of each kind of file, in the order in which billing systems write them.</summary>
internal static class CsvRows
{
    public static void Add(this CsvFile file, Account account) =>
        file.Add(
            account.Id,
            Number(account.Cycle),
            account.Area,
            account.Autopay ? "on" : "off",
            string.Create(CultureInfo.InvariantCulture, $"cus_{account.Number:0000000}"),
            account.PaymentMethod ?? string.Create(CultureInfo.InvariantCulture, $"pm_city_{account.Number:0000000}"),
            "",
            account.MaxDebitCents is { } cap ? CsvText.Money(cap) : "",
            ""
        );

    public static void Add(this CsvFile file, Bill bill, long previousBalanceCents) =>
        file.Add(
            bill.Id,
            bill.Account.Id,
            Number(bill.Account.Cycle),
            CsvText.Day(bill.BillDate),
            CsvText.Day(bill.Due),
            CsvText.Day(bill.PenaltyDate),
            CsvText.Money(bill.ChargesCents),
            CsvText.Money(previousBalanceCents),
            CsvText.Money(bill.ChargesCents + previousBalanceCents)
        );

    public static void Add(this CsvFile file, Payment payment) =>
        file.Add(
            payment.Id,
            payment.AccountId,
            CsvText.Money(payment.Cents),
            payment.Channel,
            payment.Channel == "online" ? "" : "D1",
            CsvText.Day(payment.Received),
            payment.Named?.Id ?? ""
        );

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
