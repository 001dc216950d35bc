using System.Globalization;
using Autopay.Application.Ledgers;

namespace Autopay.Storage.Ledgers;

/// <summary>
/// What PartitionKey and RowKey are. One table per bucket, because the emulator scans whole tables; the partition key
/// is the bucket too, so that a save is one entity group transaction.
/// </summary>
internal static class LedgerKeys
{
    public const string Ledger = "a|";
    public const string Work = "w|";
    public const string Receipts = "r|";
    public const string Listed = "l|";

    /// <summary>Behind what waits for finance, and nothing is between: one range reads both.</summary>
    public const string Notices = "n|";
    public const string Payments = "p|";

    /// <summary>Right behind the payments, so that one range reads both.</summary>
    public const string ChangedPayments = "q|";

    public static string Table(Bucket bucket) => $"ledger{bucket}";

    public static Bucket BucketOf(string table) =>
        new(int.Parse(table.AsSpan(^2..), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public static string Partition(Bucket bucket) => bucket.ToString();

    public static string Account(AccountId account) => $"a|{account}";

    public static string ClosedDebit(AccountId account, DebitId debit) => $"d|{account}|{debit}";

    public static string Bill(AccountId account, BillId bill) => $"b|{account}|{Escape(bill.Value)}";

    public static string Payment(AccountId account, PaymentId payment) => $"p|{account}|{Escape(payment.Value)}";

    /// <summary>A payment as the operation of that number left it.</summary>
    public static string ChangedPayment(AccountId account, PaymentId payment, int sequence) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{ChangedPayments}{account}|{Escape(payment.Value)}|{sequence:00000000}"
        );

    public static string History(AccountId account, int sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"e|{account}|{sequence:00000000}");

    public static string HistoryPrefix(AccountId account) => $"e|{account}|";

    /// <summary>The generation keeps it apart from a number that a backup had used already.</summary>
    public static string Receipt(AccountLedger ledger) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Receipts}{ledger.Id}|{ledger.Generation}-{ledger.Operations:00000000}"
        );

    /// <summary>What of the account waits for finance.</summary>
    public static string ListedAt(AccountId account) => $"{Listed}{account}";

    /// <summary>What of the account has to be told to its customer.</summary>
    public static string NoticesOf(AccountId account) => $"{Notices}{account}";

    public static string ClosedPrefix(AccountId account) => $"d|{account}|";

    public static string WorkAt(DateTimeOffset look, AccountId account) => $"{WorkBefore(look)}|{account}";

    /// <summary>Every work row that asks for an earlier second sorts before this.</summary>
    public static string WorkBefore(DateTimeOffset look) =>
        $"w|{look.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";

    public static AccountId AccountOfWork(string rowKey) => new(rowKey.Split('|', 3)[2]);

    /// <summary>The first key after all keys with this prefix.</summary>
    public static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>For a filter.</summary>
    public static string Quote(string key) => key.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>
    /// A key may not hold <c>/ \ # ?</c> or control characters; <c>|</c> separates its parts and <c>%</c> escapes.
    /// </summary>
    public static string Escape(string text) =>
        string.Concat(
            text.Select(letter =>
                letter is '/' or '\\' or '#' or '?' or '|' or '%' || char.IsControl(letter)
                    ? string.Create(CultureInfo.InvariantCulture, $"%{(int)letter:x4}")
                    : letter.ToString()
            )
        );
}
