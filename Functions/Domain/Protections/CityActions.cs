using System.Globalization;

namespace Autopay.Domain.Protections;

/// <summary>Whether a bill is open by the city's own action (R42).</summary>
internal static class CityActions
{
    /// <param name="on">The civil day that is asked about.</param>
    /// <returns>Null when nothing of the city's stands between the customer and the bill.</returns>
    public static CityAction? Of(ProtectedBill it, DateOnly on)
    {
        var debit = it.Ledger.LiveDebitOf(it.Bill.Id);
        return OfHold(it, debit)
            ?? OfPart(it, on)
            ?? OfTwin(it)
            ?? OfCorrection(it)
            ?? (debit is null || IsLeftToTheCustomer(it.Ledger, debit) ? null : OfDebit(it, debit, on))
            ?? OfMerge(it, debit, on)
            ?? OfFinance(it)
            ?? OfPastRetry(it, on);
    }

    /// <summary>The due date of the account's next bill that no merge covers: with that one it is asked for.</summary>
    public static DateOnly? MergedUntil(ProtectedBill it) =>
        it
            .Ledger.BillsOldestFirst()
            .Where(bill => bill.DueDate > it.Bill.DueDate && !MergesOn(it.Controls, bill).Any())
            .Select(bill => (DateOnly?)bill.DueDate)
            .FirstOrDefault();

    public static IEnumerable<Deferral> MergesOn(Controls controls, Bill bill) =>
        controls.Deferrals.Where(deferral => deferral.Action == DeferralAction.Merge && deferral.Covers(bill));

    // Of a bill without autopay too: until the cycle is cleared nobody knows that it is not paid.
    private static CityAction? OfHold(ProtectedBill it, Debit? debit) =>
        it.Controls.HoldsOn(it.Bill).FirstOrDefault() is { } hold
            ? new(CityActionKind.Hold, $"held by '{hold.Id}': {hold.Reason}")
        : debit is { HeldBy.Count: > 0 } ? new(CityActionKind.Hold, debit.Reason)
        : null;

    // Nobody has asked for it before its day, whatever has become of autopay (R45).
    private static CityAction? OfPart(ProtectedBill it, DateOnly on) =>
        it.Bill.Part is { Day: var day } && on < day
            ? new(CityActionKind.Scheduled, $"it is a part that is asked for on {Text(day)}")
            : null;

    // It may be the same bill again: nobody owes it before a person has told them apart, whether it was left out or not
    // (R41).
    private static CityAction? OfTwin(ProtectedBill it) =>
        it.Bill.Flags.FirstOrDefault(flag => flag.Check == ReviewCheck.Twin) is { } twin
            ? new(CityActionKind.Review, $"nobody has told them apart: it {twin.Reason}")
            : null;

    // A payment of the account may be for it, and its numbers may be others: finance has not said which ones hold (R29,
    // R31).
    private static CityAction? OfCorrection(ProtectedBill it) =>
        it.Ledger.CorrectionsOn(it.Bill.Id).FirstOrDefault() is { } correction
            ? new(CityActionKind.Finance, $"finance has to say which of two versions holds: {correction.Reason}")
            : null;

    // Their payment method failed: they know that autopay does not pay, and can pay by themselves.
    private static bool IsLeftToTheCustomer(AccountLedger ledger, Debit debit) =>
        debit.IsUnsent && ledger.Suspension is { Kind: SuspensionKind.PaymentMethod or SuspensionKind.Returns };

    private static CityAction? OfDebit(ProtectedBill it, Debit debit, DateOnly on) =>
        debit.State == DebitState.NeedsReview ? new(CityActionKind.Review, debit.Reason)
        : debit.IsCharging ? new(CityActionKind.AtBank, "the bank is asked for it and has not answered")
        : debit.RetryOn is { } retry ? new(CityActionKind.Retry, $"autopay asks for it again on {Text(retry)}")
        : debit.Lines.Any(line => line.Bill == it.Bill.Id && line.Trail.Any(hop => hop.Deferral is not null))
            ? new(CityActionKind.Merge, $"it is asked for with the debit due {Text(debit.DueDate)}")
        : debit.State == DebitState.Deferred
            ? new(it.Ledger.Suspension is null ? CityActionKind.Merge : CityActionKind.Review, debit.Reason)
        : Releasing.WhyNot(it.Ledger, debit, it.Controls) is { } why ? new(CityActionKind.Release, why)
        : on > it.Bill.DueDate ? new(CityActionKind.Scheduled, $"autopay has not sent it yet: {debit.Reason}")
        : null;

    private static CityAction? OfMerge(ProtectedBill it, Debit? debit, DateOnly on) =>
        (debit is null || debit.IsUnsent)
        && MergesOn(it.Controls, it.Bill).FirstOrDefault() is { } merge
        && !(MergedUntil(it) <= on)
            ? new(CityActionKind.Merge, $"merged by '{merge.Id}': {merge.Reason}")
            : null;

    private static CityAction? OfFinance(ProtectedBill it) =>
        it.Bill.Blocked is { } block && !IsByTheCustomersNo(it, block) && !HasSpoken(it, block)
            ? new(CityActionKind.Finance, $"finance has to say whether it is collected again: {block.Reason}")
            : null;

    // Only that is no act of the city: what a file or a person opened again is one, and what the city has given back.
    private static bool IsByTheCustomersNo(ProtectedBill it, Block block) =>
        block.Import is null
        && it.Returns.LastOrDefault() is { Code: { } code } no
        && ReturnCodes.IsOfTheCustomer(code)
        && !it.GivenBack.Any(given => given.On >= no.On);

    // A person who cancels what waited for one leaves the bill to its customer (R25).
    private static bool HasSpoken(ProtectedBill it, Block block) =>
        block.Import is null
        && it.Archived.Concat(it.Ledger.Debits)
            .Any(debit =>
                debit.State == DebitState.Cancelled && debit.Names(it.Bill.Id) && debit.ClosedOn >= block.Since
            );

    // A day on which a retry was still to come, though it has gone by now.
    private static CityAction? OfPastRetry(ProtectedBill it, DateOnly on) =>
        it.Attempts.Any(no =>
            no.Attempt is { Phase: AttemptPhase.Refused, AnsweredOn: { } answered }
            && answered <= on
            && no.Debit.Attempts.Any(next => next.Number > no.Attempt.Number && next.SubmittedOn > on)
        )
            ? new(CityActionKind.Retry, "autopay was to ask for it again")
            : null;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
