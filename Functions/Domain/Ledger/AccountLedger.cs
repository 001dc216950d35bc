using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

/// <summary>
/// One account: enrolment, open bills, open debits, unapplied credit, counters. Folded from events, changed by nothing
/// else. Recently closed items stay for late returns and are archived by an event of their own.
/// </summary>
public sealed record AccountLedger
{
    /// <summary>
    /// The version of this shape; a writer that does not know it must not write it. From 2 on what says nothing is left
    /// out, and a stored row may have operations of its own; from 3 on it may have what closed long ago in columns of
    /// its own (docs/storage.md).
    /// </summary>
    public const int CurrentSchema = 3;

    /// <summary>That of a ledger in one piece, which the version before this one reads as well.</summary>
    public const int PlainSchema = 2;

    public int Schema { get; init; } = PlainSchema;

    public required AccountId Id { get; init; }

    /// <summary>Raised by a restore, so that no debit id is ever used again (R1).</summary>
    public int Generation { get; init; } = 1;

    public int NextDebit { get; init; } = 1;

    /// <summary>Operations saved so far: the number of the last history row.</summary>
    public int Operations { get; init; }

    public Enrolment? Enrolment { get; init; }

    /// <summary>
    /// When the accounts file was received that last changed the account: an older one changes nothing any more.
    /// </summary>
    public DateTimeOffset? EnrolledAt { get; init; }

    /// <summary>When a person last switched autopay: a file that was received before does not switch it.</summary>
    public DateTimeOffset? SwitchedAt { get; init; }

    public Suspension? Suspension { get; init; }

    public IReadOnlyList<Bill> Bills { get; init; } = [];

    public IReadOnlyList<Debit> Debits { get; init; } = [];

    public IReadOnlyList<Funds> Funds { get; init; } = [];

    /// <summary>
    /// What was returned of debits that had left the row already: an archived debit is never written again (R20).
    /// </summary>
    public IReadOnlyList<LateReturn> LateReturns { get; init; } = [];

    /// <summary>
    /// The debits that the bank returned or refused within a year of the last one: each counts once (R36).
    /// </summary>
    public IReadOnlyList<ReturnedDebit> ReturnedDebits { get; init; } = [];

    /// <summary>
    /// Collected cents of bills and refund-list money that left the row: what the debits collected still ties (I3).
    /// </summary>
    public Money ArchivedCollected { get; init; }

    /// <summary>Ids of the bill adjustments taken in: each is applied once.</summary>
    public IReadOnlyList<string> AdjustmentIds { get; init; } = [];

    /// <summary>
    /// Differences with the billing system that collect nothing and wait for finance's eye (R4, R16).
    /// </summary>
    public IReadOnlyList<BalanceWarning> Warnings { get; init; } = [];

    /// <summary>What the billing system has charged as penalties, on the bills that are here (R42).</summary>
    public IReadOnlyList<ChargedPenalty> Penalties { get; init; } = [];

    /// <summary>Rows that contradict what is known under their id; each waits for a person's word (R29, R31).</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>Versions that a person has decided against: a file that brings them again asks nobody again.</summary>
    public IReadOnlyList<string> RefusedVersions { get; init; } = [];

    /// <summary>The kinds of notices that the customer wants no more (R44).</summary>
    public IReadOnlyList<NoticeKind> DeclinedNotices { get; init; } = [];

    /// <summary>What the last accounts file said of autopay, whatever a person did since (R23).</summary>
    public bool? FileAutopay { get; init; }

    /// <summary>The civil day since which autopay is on; null while it is off.</summary>
    public DateOnly? AutopaySince { get; init; }

    /// <summary>Null while autopay is on.</summary>
    public AutopayOff? LastOff { get; init; }

    /// <summary>
    /// How the account was charged before the accounts file left it without a payment method (R39); null while it has
    /// one.
    /// </summary>
    public MeansOfPayment? FormerMeans { get; init; }

    /// <summary>Those before the payer of today, oldest first (R34).</summary>
    public IReadOnlyList<FormerPayer> FormerPayers { get; init; } = [];

    /// <summary>The last payer that an accounts file named; kept while autopay is off and a file names none.</summary>
    public string? KnownPayer { get; init; }

    /// <summary>How the account is charged, or was last; null when that was never known.</summary>
    [JsonIgnore]
    public MeansOfPayment? LastMeans => Enrolment?.Means ?? FormerMeans;

    /// <summary>Who authorises the account's debits today; null when nobody was ever named.</summary>
    [JsonIgnore]
    public string? Payer => Enrolment is { Customer.Length: > 0 } enrolment ? enrolment.Customer : KnownPayer;

    /// <summary>Unapplied credit: the account's, autopay or not (R14).</summary>
    [JsonIgnore]
    public Money Credit => Funds.Sum(funds => funds.Left);

    /// <exception cref="InvalidOperationException">No accounts file has named the account.</exception>
    [JsonIgnore]
    internal Enrolment Enrolled =>
        Enrolment ?? throw new InvalidOperationException($"Account {Id} is in no accounts file.");

    [JsonIgnore]
    public bool AutopayIsOn => Enrolment is { Autopay: true };

    /// <summary>Whether a change of the controls can concern the account: it has an unsent or reviewed debit.</summary>
    [JsonIgnore]
    public bool IsActive => Debits.Any(debit => debit.IsUnsent || debit.State == DebitState.NeedsReview);

    /// <param name="generation">
    /// That of the city's controls: an account that a backup did not have must not begin again at the first one (R1).
    /// </param>
    public static AccountLedger Open(AccountId id, int generation = 1) => new() { Id = id, Generation = generation };

    public Bill? FindBill(BillId id) => Bills.FirstOrDefault(bill => bill.Id == id);

    /// <exception cref="InvalidOperationException">A debit names a bill that the ledger does not have.</exception>
    public Bill BillOf(BillId id) =>
        FindBill(id) ?? throw new InvalidOperationException($"Account {Id} has no bill {id}.");

    public Debit? FindDebit(DebitId id) => Debits.FirstOrDefault(debit => debit.Id == id);

    /// <summary>Whether the number was given to a debit, which may have left the row since.</summary>
    public bool EverHad(DebitId id) => id.Account == Id && id.Generation <= Generation && id.Sequence < NextDebit;

    /// <exception cref="InvalidOperationException">The ledger has no such debit.</exception>
    public Debit DebitOf(DebitId id) =>
        FindDebit(id) ?? throw new InvalidOperationException($"Account {Id} has no debit {id}.");

    /// <summary>The one debit, neither terminal nor merged, in which the bill has its live line (R2).</summary>
    public Debit? LiveDebitOf(BillId bill) =>
        Debits.FirstOrDefault(debit => !debit.IsTerminal && debit.State != DebitState.Merged && debit.Names(bill));

    /// <summary>The bills on the debit's lines, oldest first.</summary>
    /// <exception cref="InvalidOperationException">A line names a bill that the ledger does not have.</exception>
    public IEnumerable<Bill> BillsOf(Debit debit)
    {
        var named = debit.Lines.Select(line => line.Bill).ToHashSet();
        var found = Bills.Where(bill => named.Contains(bill.Id)).ToList();
        return found.Count == named.Count
            ? OldestFirst(found)
            : throw new InvalidOperationException($"Debit {debit.Id} names a bill that account {Id} does not have.");
    }

    /// <summary>An archived debit with all that came back of it since.</summary>
    public Debit WithLateReturns(Debit archived) =>
        archived with
        {
            ReturnedCents =
                archived.ReturnedCents + LateReturns.Where(late => late.Debit == archived.Id).Sum(late => late.Total),
            Lost = archived.Lost + LateReturns.Where(late => late.Debit == archived.Id).Sum(late => late.Lost),
        };

    /// <summary>What is open on the debit's lines (R11).</summary>
    public Money OpenOn(Debit debit) => BillsOf(debit).Sum(bill => bill.Open);

    /// <summary>Unsent debits in the order in which they are looked at: due date, then id.</summary>
    public IEnumerable<Debit> UnsentDebits() =>
        Debits.Where(debit => debit.IsUnsent).OrderBy(debit => debit.DueDate).ThenBy(debit => debit.Id);

    /// <summary>The credit that a bill below zero gave the account, however it was used since (R5).</summary>
    public Money CreditedBy(BillId bill) =>
        Funds
            .Where(funds => funds.Source == FundsSource.BilledCredit && funds.NamedBill == bill)
            .Sum(funds => funds.Amount - funds.Reversed);

    public IEnumerable<Bill> BillsOldestFirst() => OldestFirst(Bills);

    /// <summary>
    /// In the order in which money pays them: oldest first, and of the parts of split bills the last one first (R45).
    /// </summary>
    public IEnumerable<Bill> BillsInOrderOfPayment()
    {
        var bills = OldestFirst(Bills).ToList();
        var split = bills.Where(bill => bill.Id.IsPart).Select(part => part.Id.Whole).ToHashSet();
        return split.Count == 0
            ? bills
            :
            [
                .. bills.TakeWhile(bill => !split.Contains(bill.Id.Whole)),
                .. bills.Where(bill => bill.Id.IsPart).OrderByDescending(part => LiveDebitOf(part.Id)?.DueDate),
                .. bills.SkipWhile(bill => !split.Contains(bill.Id.Whole)).Where(bill => !bill.Id.IsPart),
            ];
    }

    /// <summary>The bill with the parts that were moved into later debits, in the order in which money pays them.
    /// </summary>
    public IEnumerable<Bill> WithParts(BillId whole) =>
        BillsInOrderOfPayment().Where(bill => bill.Id.Whole == whole.Whole);

    // Bills are kept in the order in which they arrived, and sorting keeps it: ids are never compared as text.
    private static IEnumerable<Bill> OldestFirst(IEnumerable<Bill> bills) =>
        bills.OrderBy(bill => bill.DueDate).ThenBy(bill => bill.BillDate);

    /// <summary>The state after an event. An event that contradicts the ledger is a bug of ours.</summary>
    /// <exception cref="InvalidOperationException">The event names what the ledger does not have, or asks for a step
    /// that no debit takes.</exception>
    public AccountLedger Apply(LedgerEvent happened) => happened.ApplyTo(this);

    internal AccountLedger WithBill(BillId id, Func<Bill, Bill> change) =>
        this with
        {
            Bills = Replace(Bills, bill => bill.Id == id, change, id),
        };

    /// <summary>Cents of one bill are another one's: together they ask for what they did.</summary>
    internal AccountLedger WithMoved(BillId from, BillId to, Money cents) =>
        WithBill(from, bill => bill with { Adjustments = bill.Adjustments - cents })
            .WithBill(to, bill => bill with { Adjustments = bill.Adjustments + cents });

    internal AccountLedger WithBills(IEnumerable<DebitLine> lines, BillMarks marks) =>
        lines.Aggregate(
            this,
            (ledger, line) => ledger.WithBill(line.Bill, bill => bill with { Marks = bill.Marks | marks })
        );

    internal AccountLedger WithFunds(PaymentId id, Func<Funds, Funds> change) =>
        this with
        {
            Funds = Replace(Funds, funds => funds.Id == id, change, id),
        };

    internal AccountLedger WithDebit(DebitId id, Func<Debit, Debit> change) =>
        this with
        {
            Debits = Replace(Debits, debit => debit.Id == id, change, id),
        };

    internal AccountLedger WithClosed(DebitId id, DebitState state, DateOnly on, string reason) =>
        WithDebit(
            id,
            debit =>
                debit.MoveTo(state, reason) with
                {
                    ClosedOn = on,
                    HeldBy = [],
                    Discrepancy = null,
                    Stopped = false,
                }
        );

    private static T[] Replace<T>(IReadOnlyList<T> items, Func<T, bool> isIt, Func<T, T> change, object id)
    {
        var changed = items.ToArray();
        var index = Array.FindIndex(changed, item => isIt(item));
        if (index < 0)
        {
            throw new InvalidOperationException($"The ledger has no {typeof(T).Name} {id}.");
        }

        changed[index] = change(changed[index]);
        return changed;
    }
}

/// <summary>What was returned of an archived debit, cents (R20).</summary>
public sealed record LateReturn(DebitId Debit, Money Total)
{
    public Money Lost { get; init; }
}

/// <summary>A debit that came back, and the day of the first "no" (R36).</summary>
public sealed record ReturnedDebit(DebitId Debit, DateOnly On);

/// <summary>A difference with the billing system that is listed and changes nothing (R4, R16).</summary>
public sealed record BalanceWarning(BillId Bill, string Message, DateOnly On)
{
    /// <summary>What of the bill's previous balance our books lack, cents (R46); null when they lack nothing.</summary>
    public Money? Lacking { get; init; }
}

/// <summary>The last switch off: what it took out of debits comes back when it is undone soon (R23).</summary>
/// <param name="On">The civil day.</param>
public sealed record AutopayOff(DateOnly On, IReadOnlyList<CancelledLine> Lines);

/// <summary>A bill whose debit was cancelled; the day of its retry, or of what was left of one.</summary>
public sealed record CancelledLine(BillId Bill, DateOnly? RetryOn);

/// <summary>A customer of the provider who once authorised the account's debits.</summary>
/// <param name="Until">The civil day on which the account got another payer.</param>
public sealed record FormerPayer(string Customer, DateOnly Until);
