namespace Autopay.Domain.Protections;

/// <summary>A bill with all that its protection is judged by. The books are as they are now, whatever day is asked
/// about.</summary>
/// <param name="Archived">The account's debits that have left the ledger row; without them their money counts as in
/// time.</param>
public sealed record ProtectedBill(
    AccountLedger Ledger,
    Bill Bill,
    Controls Controls,
    CityCalendar City,
    IReadOnlyList<Debit> Archived
)
{
    /// <summary>What the customer was asked for and still owes nothing beyond: a later adjustment upwards makes no
    /// penalty.</summary>
    internal Money Owed => Bill.Id.IsPart ? Bill.Charges : Money.Min(Bill.Charges, Bill.CurrentCharges);

    internal IEnumerable<(Debit Debit, Attempt Attempt, Money Cents)> Attempts =>
        from debit in Archived.Concat(Ledger.Debits)
        from attempt in debit.Attempts
        from line in attempt.Lines
        where line.Bill == Bill.Id
        select (debit, attempt, line.Cents);

    /// <summary>Submissions that ask the bank for the bill, oldest first.</summary>
    internal IEnumerable<(Debit Debit, DateOnly On)> Submissions =>
        Attempts
            .Where(it => it.Attempt.SubmittedOn is not null)
            .Select(it => (it.Debit, On: it.Attempt.SubmissionDay))
            .OrderBy(it => it.On);

    /// <summary>Each "no" to a debit of the bill and each return of one, oldest first.</summary>
    internal IEnumerable<(DateOnly On, string Code)> Returns =>
        Attempts
            .Where(it => it.Attempt is { Phase: AttemptPhase.Refused, AnsweredOn: not null, Code: not null })
            .Select(it => (On: it.Attempt.AnsweredOn!.Value, it.Attempt.Code!))
            .Concat(
                Attempts
                    .Where(it => it is { Debit.BankReturn: not null, Attempt.Phase: AttemptPhase.Collected })
                    .Select(it => (it.Debit.BankReturn!.On, it.Debit.BankReturn.Code))
            )
            .OrderBy(it => it.On);

    /// <summary>When the city gave something of it back, and when the debit of that money was sent; null where that is
    /// no longer known.</summary>
    internal IEnumerable<(DateOnly On, DateOnly? SentOn)> GivenBack =>
        from debit in Archived.Concat(Ledger.Debits)
        from refund in debit.Refunds
        where refund.Counts && refund.Lines.Any(line => line.Bill == Bill.Id)
        select (refund.RequestedOn, debit.LastSubmitted?.SubmittedOn);

    internal DateOnly DayOf(DateTimeOffset at) => City.At(at).Today;
}
