using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Autopay.Application.Ports.Books;
using Autopay.Imports;

namespace Autopay.Application.Receipts;

/// <summary>Control totals of one batch, cents; returned, refunded and reversed are negative.</summary>
public sealed record ReceiptTotals(
    int Rows,
    long CollectedCents,
    long ReturnedCents,
    long RefundedCents,
    long ReversedCents
)
{
    public long NetCents => CollectedCents + ReturnedCents + RefundedCents + ReversedCents;

    public static ReceiptTotals Of(IReadOnlyCollection<ReceiptLine> lines)
    {
        long Sum(ReceiptKind kind) => lines.Where(line => line.Kind == kind).Sum(line => line.AmountCents);
        return new ReceiptTotals(
            lines.Count,
            Sum(ReceiptKind.Collected),
            Sum(ReceiptKind.Returned),
            Sum(ReceiptKind.Refunded),
            Sum(ReceiptKind.Reversed)
        );
    }
}

/// <summary>What is known of a batch beside its bytes.</summary>
/// <param name="Completed">Its receipts have left their buckets: the next batch may begin.</param>
public sealed record ReceiptBatch(
    int Number,
    DateTimeOffset IssuedAt,
    string By,
    string Sha256,
    ReceiptTotals Totals,
    bool Completed
)
{
    /// <summary>
    /// Its lines that books told which a restore threw away: the billing system has heard them, and hears none of them
    /// again.
    /// </summary>
    public int Lost { get; init; }

    /// <summary>
    /// Those of them that tell of money that came back and that these books do not know: the next batch takes them
    /// back, and reconcile tells them anew.
    /// </summary>
    public IReadOnlyList<ReceiptLine> LostReturns { get; init; } = [];
}

/// <summary>One row of a batch.</summary>
public sealed record ReceiptLine(
    string Id,
    DateOnly Date,
    string Account,
    string Bill,
    string Debit,
    ReceiptKind Kind,
    long AmountCents,
    string Intent,
    string Code
)
{
    private const char Renamed = '~';
    private const string TakenBackEnd = ".taken-back";

    /// <summary>The row in its bucket that it comes from.</summary>
    [JsonIgnore]
    public string Key => Id[..Id.LastIndexOf('.')];

    /// <summary>What it tells and from where: equal for a receipt and its issued line, whatever id that has.</summary>
    public ReceiptLine Told() =>
        this with
        {
            Id = Id.IndexOf(Renamed, Id.LastIndexOf('.')) is > 0 and var end ? Id[..end] : Id,
        };

    /// <summary>Under another id: lost books gave its own to something else.</summary>
    public ReceiptLine Rename(int batch) =>
        this with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{Id}{Renamed}{batch}"),
        };

    /// <summary>The same the other way round: what lost books told and these do not know.</summary>
    public ReceiptLine TakenBack() => this with { Id = $"{Id}{TakenBackEnd}", AmountCents = -AmountCents };

    [JsonIgnore]
    public bool IsTakenBack => Id.EndsWith(TakenBackEnd, StringComparison.Ordinal);
}

/// <summary>A batch as CSV: the same lines give the same bytes.</summary>
public static class ReceiptCsv
{
    public static IReadOnlyList<string> Header { get; } =
    ["receipt_id", "date", "account_id", "bill_id", "debit_id", "kind", "amount", "intent_id", "code"];

    public static IEnumerable<ReceiptLine> LinesOf(PendingReceipts pending) =>
        pending.Receipts.Select(
            (receipt, index) =>
                new ReceiptLine(
                    string.Create(CultureInfo.InvariantCulture, $"{pending.Key}.{index + 1}"),
                    receipt.On,
                    pending.Account.Value,
                    receipt.Bill?.Value ?? "",
                    receipt.Debit?.Value ?? "",
                    receipt.Kind,
                    receipt.Amount.Cents,
                    receipt.IntentId,
                    receipt.Code ?? ""
                )
        );

    public static string Write(IEnumerable<ReceiptLine> lines) =>
        CsvText.Write(
            Header,
            lines.Select(line =>
                (IReadOnlyList<object>)
                    [
                        line.Id,
                        line.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        line.Account,
                        line.Bill,
                        line.Debit,
                        line.Kind.ToString().ToLowerInvariant(),
                        CsvText.Dollars(line.AmountCents),
                        line.Intent,
                        line.Code,
                    ]
            )
        );

    public static IReadOnlyList<ReceiptLine> Read(string csv) =>
        [
            .. CsvText
                .Read(csv)
                .Skip(1)
                .Select(cells => new ReceiptLine(
                    cells[0],
                    DateOnly.ParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    cells[2],
                    cells[3],
                    cells[4],
                    Enum.Parse<ReceiptKind>(cells[5], ignoreCase: true),
                    (long)(decimal.Parse(cells[6], CultureInfo.InvariantCulture) * 100),
                    cells[7],
                    cells[8]
                )),
        ];

    public static string HashOf(string csv) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(csv)));
}
