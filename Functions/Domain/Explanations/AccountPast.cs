namespace Autopay.Domain.Explanations;

/// <summary>One event of an account's history.</summary>
/// <param name="On">The civil day on which it was saved.</param>
public sealed record DatedEvent(DateOnly On, LedgerEvent Event);

/// <summary>
/// An account, now and before: what was open on a bill when its debit was sent is not what is open today.
/// </summary>
/// <param name="Archived">Debits that have left the ledger's row.</param>
/// <param name="History">From the account's first event on, oldest first; empty when it is not whole.</param>
public sealed record AccountPast(AccountLedger Ledger, IReadOnlyList<Debit> Archived, IReadOnlyList<DatedEvent> History)
{
    public Debit? Find(DebitId id) =>
        Ledger.FindDebit(id)
        ?? (Archived.FirstOrDefault(debit => debit.Id == id) is { } left ? Ledger.WithLateReturns(left) : null);

    /// <summary>The debit that takes the bills of a merged one in the end.</summary>
    public Debit WholeOf(Debit debit) =>
        debit is { State: DebitState.Merged, MergedInto: { } into } && Find(into) is { } parent
            ? WholeOf(parent)
            : debit;

    /// <summary>What happened to the debit.</summary>
    public IEnumerable<(DateOnly On, T Event)> Of<T>(Func<T, bool> isIt)
        where T : LedgerEvent =>
        History.Where(it => it.Event is T happened && isIt(happened)).Select(it => (it.On, (T)it.Event));

    /// <summary>The account just before the last such event.</summary>
    /// <returns>Null when there was none, or the history is not whole.</returns>
    public AccountLedger? Before(Func<LedgerEvent, bool> isIt)
    {
        var last = History.Count - 1;
        while (last >= 0 && !isIt(History[last].Event))
        {
            last--;
        }

        return last < 0
            ? null
            : History.Take(last).Aggregate(AccountLedger.Open(Ledger.Id), (ledger, it) => ledger.Apply(it.Event));
    }

    /// <summary>The due date of a bill, also of one that is no longer kept.</summary>
    public DateOnly? DueDateOf(BillId bill) =>
        Ledger.FindBill(bill)?.DueDate
        ?? Of<BillOpened>(opened => opened.Bill.Id == bill)
            .Select(it => (DateOnly?)it.Event.Bill.DueDate)
            .LastOrDefault();
}
