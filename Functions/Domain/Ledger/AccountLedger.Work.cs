using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

public sealed partial record AccountLedger
{
    /// <summary>Whether anything of it waits for finance.</summary>
    [JsonIgnore]
    public bool IsListed => Work().Count > 0;

    /// <summary>
    /// Everything of the account that waits for finance: bills, debits in review, money that came in twice, money to
    /// give
    /// back. It follows from the ledger alone. What only the passing of time brings is listed by an event (R32).
    /// </summary>
    public IReadOnlyList<WorkItem> Work() =>
        [
            .. Worklist().Select(ToWork),
            .. Debits.Where(IsInReview).Select(ToWork),
            .. PaidTwice().Select(ToWork),
            .. RefundList().Select(ToWork),
            .. Corrections.GroupBy(correction => (correction.Item, correction.Id)).Select(group => ToWork([.. group])),
        ];

    private WorkItem ToWork(ListedBill listed) =>
        new(KindOf(listed), listed.Bill.Id.Value, listed.Bill.Open, listed.Reason, listed.Since)
        {
            Account = Id,
            Bill = listed.Bill.Id,
            Debit = listed.Debit,
            Import = listed.Import,
            DueDate = listed.Bill.DueDate,
            Cycles = [listed.Bill.Cycle],
            IsSuspended = Suspension is not null,
        };

    private WorkItem ToWork(Debit debit)
    {
        var bills = BillsOf(debit).ToList();
        return new WorkItem(WorkKind.Review, debit.Id.Value, OpenOn(debit), debit.Reason, debit.ScheduledOn)
        {
            Account = Id,
            Debit = debit.Id,
            Bill = bills is [var only] ? only.Id : null,
            DueDate = debit.DueDate,
            Cycles = [.. bills.Select(bill => bill.Cycle).Distinct().Order()],
        };
    }

    private WorkItem ToWork(PaidTwice twice) =>
        OfMoney(
            WorkKind.PaidTwice,
            twice.Payment,
            twice.Cents,
            twice.Debit,
            $"{twice.Cents} of payment {twice.Payment.Id} came in for what {TakenBy(twice.Debit)} took: refund or "
                + $"keep as credit?"
        );

    private WorkItem ToWork(Funds funds) =>
        OfMoney(
            WorkKind.Refund,
            funds,
            funds.Left,
            funds.CollectedBy,
            funds.Source == FundsSource.OverCollected
                ? $"{funds.Left} was collected and is no longer owed: refund or keep as credit?"
                : $"{funds.Left} is credit of the former payer {funds.Payer}: give it back, or keep it as credit of the"
                    + " account?"
        );

    private WorkItem OfMoney(WorkKind kind, Funds funds, Money cents, DebitId? debit, string reason) =>
        new(kind, funds.Id.Value, cents, reason, funds.PostedOn)
        {
            Account = Id,
            Payment = funds.Id,
            Debit = debit,
            Bill = funds.NamedBill,
            Cycles = funds.NamedBill is { } named && FindBill(named) is { } bill ? [bill.Cycle] : CyclesOfAccount(),
        };

    // A bill and a payment may have the same id: the word before it tells them apart.
    // What is decided next is listed; what waits behind it is said.
    private WorkItem ToWork(IReadOnlyList<Correction> ofOne)
    {
        var next = ofOne[0];
        return new(
            next.Other is null ? WorkKind.Correction : WorkKind.Conflict,
            $"{WordOf(next.Item)}:{next.Id}",
            next.Amount,
            string.Join("; when this is kept as it is stored, next: ", ofOne.Select(correction => correction.Reason)),
            next.Since
        )
        {
            Account = Id,
            Bill = next.Bill?.Id,
            Payment = next.Payment?.Id,
            Import = next.Import,
            DueDate = next.Bill?.DueDate,
            Cycles = next.Bill is { } bill ? [bill.Cycle] : CyclesOfAccount(),
        };
    }

    // Deciding about the correction is the way out of the review too: one thing is listed once.
    private bool IsInReview(Debit debit) =>
        debit.State == DebitState.NeedsReview
        && !(debit.Reviews is [ReviewCheck.Correction] && CorrectionsOn(debit).Any());

    private static string WordOf(CorrectedItem item) => item == CorrectedItem.Bill ? "bill" : "payment";

    private WorkKind KindOf(ListedBill listed) =>
        listed is { Kind: WorkKind.NotCollected, Debit: { } debit } && DebitOf(debit).State == DebitState.Deferred
            ? WorkKind.NoNextBill
            : listed.Kind;

    private CycleNumber[] CyclesOfAccount() => Enrolment is { } enrolment ? [enrolment.Cycle] : [];

    private static string TakenBy(DebitId? debit) => debit is { } known ? $"debit {known}" : "a debit";
}
