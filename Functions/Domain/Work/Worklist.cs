namespace Autopay.Domain.Work;

/// <summary>A bill that finance has to do something about.</summary>
/// <param name="Since">The civil day since which it is so.</param>
public sealed record ListedBill(WorkKind Kind, AccountId Account, Bill Bill, string Reason, DateOnly Since)
{
    /// <summary>
    /// The import that opened it again after its due date: all of its bills can be re-armed at once (R5).
    /// </summary>
    public string? Import { get; init; }

    /// <summary>What our books lack of its previous balance, cents (R46).</summary>
    public Money? Lacking { get; init; }

    /// <summary>The debit that waits for something that may never come (R32).</summary>
    public DebitId? Debit { get; init; }
}

/// <summary>Bills that finance has to do something about (R32).</summary>
public static class Worklists
{
    extension(AccountLedger ledger)
    {
        /// <summary>
        /// Finance's list, of bills and never of debits: it stays as it is when those are archived. A bill is blocked,
        /// not collected or suspended, and may have a warning besides. What is skipped finance has decided already;
        /// what is paid or with the bank needs nobody.
        /// </summary>
        public IEnumerable<ListedBill> Worklist() =>
            ledger
                .BillsOldestFirst()
                .SelectMany(bill =>
                    new[] { ledger.WhyNotCollected(bill), ledger.WarningOf(bill) }.OfType<ListedBill>()
                );

        /// <summary>Bills that nobody took out of collection, and that no debit collects (R32).</summary>
        public IEnumerable<Bill> OpenBillsWithoutDebit() =>
            ledger.Bills.Where(bill =>
                ledger.AutopayIsOn
                && bill is { Open.IsPositive: true, Skipped: false, Blocked: null }
                && ledger.LiveDebitOf(bill.Id) is null
            );

        private ListedBill? WhyNotCollected(Bill bill) =>
            bill switch
            {
                { Payable.IsPositive: false } or { Skipped: true } => null,
                { Blocked: { } block } => new ListedBill(WorkKind.Blocked, ledger.Id, bill, block.Reason, block.Since)
                {
                    Import = block.Import,
                },
                _ when !ledger.AutopayIsOn => null,
                _ => ledger.WhyNothingCollects(bill, ledger.LiveDebitOf(bill.Id)),
            };

        private ListedBill? WhyNothingCollects(Bill bill, Debit? debit) =>
            (debit, ledger.Suspension) switch
            {
                (null, _) => new ListedBill(
                    WorkKind.NotCollected,
                    ledger.Id,
                    bill,
                    bill.DueDate < ledger.AutopaySince ? "autopay was off on its due date" : "no debit collects it",
                    ledger.AutopaySince ?? bill.DueDate
                ),
                (_, { } suspension) => new ListedBill(
                    WorkKind.Suspended,
                    ledger.Id,
                    bill,
                    suspension.Reason,
                    suspension.Since
                ),
                ({ NotCollected: { } waits }, _) => new ListedBill(
                    WorkKind.NotCollected,
                    ledger.Id,
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
            ledger.Warnings.Where(warning => warning.Bill == bill.Id).ToList() is [var first, ..] all
                ? new ListedBill(WorkKind.Warning, ledger.Id, bill, all[^1].Message, first.On)
                {
                    Lacking = all.Select(warning => warning.Lacking).FirstOrDefault(lacking => lacking is not null),
                }
                : null;
    }
}
