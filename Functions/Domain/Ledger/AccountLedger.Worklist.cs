using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

/// <summary>A bill that finance has to do something about.</summary>
/// <param name="Since">Null for a bill that was blocked before the day was kept.</param>
public sealed record ListedBill(WorkKind Kind, AccountId Account, Bill Bill, string Reason, DateOnly? Since)
{
    /// <summary>
    /// The import that opened it again after its due date: all of its bills can be re-armed at once (R5).
    /// </summary>
    public string? Import { get; init; }

    /// <summary>The debit that waits for something that may never come (R32).</summary>
    public DebitId? Debit { get; init; }
}

public sealed partial record AccountLedger
{
    /// <summary>Whether a bill of it is on finance's list.</summary>
    [JsonIgnore]
    public bool IsOnWorklist => Worklist().Any();

    /// <summary>
    /// Finance's list, of bills and never of debits: it stays as it is when those are archived. A bill is blocked, not
    /// collected or suspended, and may
    /// have a warning besides. What is skipped finance has decided already; what is paid or with the bank needs nobody.
    /// </summary>
    public IEnumerable<ListedBill> Worklist() =>
        BillsOldestFirst().SelectMany(bill => new[] { WhyNotCollected(bill), WarningOf(bill) }.OfType<ListedBill>());

    /// <summary>Bills that nobody took out of collection, and that no debit collects (R32).</summary>
    public IEnumerable<Bill> OpenBillsWithoutDebit() =>
        Bills.Where(bill =>
            AutopayIsOn
            && bill is { Open.IsPositive: true, Skipped: false, Blocked: null }
            && LiveDebitOf(bill.Id) is null
        );

    private ListedBill? WhyNotCollected(Bill bill) =>
        bill switch
        {
            { Payable.IsPositive: false } or { Skipped: true } => null,
            { Blocked: { } why } => new ListedBill(WorkKind.Blocked, Id, bill, why, bill.BlockedOn)
            {
                Import = bill.BlockedBy,
            },
            _ when !AutopayIsOn => null,
            _ => WhyNothingCollects(bill, LiveDebitOf(bill.Id)),
        };

    private ListedBill? WhyNothingCollects(Bill bill, Debit? debit) =>
        (debit, Suspension) switch
        {
            (null, _) => new ListedBill(
                WorkKind.NotCollected,
                Id,
                bill,
                bill.DueDate < AutopaySince ? "autopay was off on its due date" : "no debit collects it",
                AutopaySince
            ),
            (_, { } suspension) => new ListedBill(WorkKind.Suspended, Id, bill, suspension.Reason, suspension.Since),
            ({ NotCollected: { } waits }, _) => new ListedBill(
                WorkKind.NotCollected,
                Id,
                bill,
                waits.Reason,
                waits.Since
            )
            {
                Debit = debit.Id,
            },
            _ => null,
        };

    // What was said last, and since when it differs.
    private ListedBill? WarningOf(Bill bill) =>
        Warnings.Where(warning => warning.Bill == bill.Id).ToList() is [var first, ..] all
            ? new ListedBill(WorkKind.Warning, Id, bill, all[^1].Message, first.On)
            : null;
}
