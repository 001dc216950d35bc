namespace Autopay.Domain.Deciding.Charges;

/// <summary>
/// Parts of a split debit leave a cycle apart, whatever has kept one of them back (R45): two that leave together are
/// the shock that the split was to spare the customer.
/// </summary>
internal static class PartDistance
{
    /// <summary>
    /// Puts each scheduled part off to a cycle after the other ones that have left, or that leave before it. A retry
    /// keeps its date (R17), and the parts after it make room.
    /// </summary>
    public static void Keep(Draft draft)
    {
        while (
            draft.Ledger.Bills.Any(bill => bill.Part is not null)
            && draft.Ledger.UnsentDebits().Select(debit => WhyLater(draft, debit)).FirstOrDefault(it => it is not null)
                is { } later
        )
        {
            draft.Emit(later);
        }
    }

    private static PartPutOff? WhyLater(Draft draft, Debit debit) =>
        debit is { State: DebitState.Scheduled, RetryOn: null }
        && SplitOf(draft.Ledger, debit) is { } split
        && LastBefore(draft, debit, split) is { } last
        && last.AddDays(draft.Policies.NoNextBillDays) is var day
        && day > debit.DueDate
            ? new PartPutOff(
                debit.Id,
                day,
                $"Another part of the same bills leaves on {last:yyyy-MM-dd}: this one {day:yyyy-MM-dd}"
            )
            : null;

    private static DateOnly? LastBefore(Draft draft, Debit debit, DebitId split) =>
        draft
            .Ledger.Debits.Where(it => it.Id != debit.Id && !it.Lines.Any(line => debit.Names(line.Bill)))
            .Where(it => SplitOf(draft.Ledger, it) == split)
            .Select(it => LeavesOn(draft, it, debit))
            .Concat(Recovered(draft.Ledger, split))
            .Max();

    private static DateOnly? LeavesOn(Draft draft, Debit other, Debit debit) =>
        other switch
        {
            { IsCharging: true } or { State: DebitState.Collected } => LeftOn(other, draft.Today),
            { IsRetry: true } => other.RetryDay,
            { IsUnsent: true } or { State: DebitState.NeedsReview } => WaitsUntil(draft.Ledger, other, debit),
            _ => null,
        };

    // A part that goes on a banking day in place of its own day leaves on its own day.
    private static DateOnly LeftOn(Debit debit, DateOnly today)
    {
        var on = debit.Attempted.SubmittedOn ?? debit.Attempted.LockedOn ?? today;
        return on == BankingCalendar.RollForward(debit.DueDate) ? debit.DueDate : on;
    }

    private static DateOnly? WaitsUntil(AccountLedger ledger, Debit other, Debit debit) =>
        (other.DueDate, other.Id).CompareTo((debit.DueDate, debit.Id)) < 0 && ledger.OpenOn(other).IsPositive
            ? other.DueDate
            : null;

    // What a part collected before a restore is money of the account now (F50).
    private static IEnumerable<DateOnly?> Recovered(AccountLedger ledger, DebitId split) =>
        ledger
            .Funds.Where(funds =>
                funds.Source == FundsSource.Recovered && funds.Applied.Any(line => IsOf(ledger, line.Bill, split))
            )
            .Select(funds => (DateOnly?)funds.ReceivedOn);

    // The split that the debit belongs to, under whatever number it was scheduled again: as the one that was split, as
    // a part of it, or with nothing but what that asked for.
    private static DebitId? SplitOf(AccountLedger ledger, Debit debit) =>
        debit.SplitFrom is { } from ? from
        : ledger.Bills.Any(bill => bill.Part?.From == debit.Id) ? debit.Id
        : debit.Lines.Select(line => OriginOf(ledger, line.Bill)).FirstOrDefault(it => it is not null) is { } origin
        && debit.Lines.All(line => IsOf(ledger, line.Bill, origin))
            ? origin
        : null;

    private static bool IsOf(AccountLedger ledger, BillId bill, DebitId split) =>
        OriginOf(ledger, bill) == split || ledger.FindDebit(split)?.Names(bill.Whole) == true;

    // A bill whose last part came back to it is in parts no more.
    private static DebitId? OriginOf(AccountLedger ledger, BillId bill) =>
        ledger.FindBill(bill)?.Part?.From ?? LastPartOf(ledger, bill)?.Part?.From;

    private static Bill? LastPartOf(AccountLedger ledger, BillId bill) =>
        ledger.Bills.Where(part => part.Id.IsPart && part.Id.Whole == bill).MaxBy(part => part.Id.PartNumber)
            is { Charges.IsPositive: true } last
            ? last
            : null;
}
