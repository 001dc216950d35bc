namespace Autopay.Domain.Notices;

/// <summary>What a notice says, made from the same computation as the debit.</summary>
/// <param name="Amount">Cents: of a debit to come at most so much.</param>
/// <param name="Day">Of a debit to come the first banking day on which it may leave; else the day of the bank's
/// answer.</param>
/// <param name="Bills">What it is for: each bill with what of it is, or was, asked for.</param>
/// <param name="Code">The bank's code of a "no"; null otherwise.</param>
public sealed record NoticeContent(
    NoticeKind Kind,
    Money Amount,
    DateOnly Day,
    IReadOnlyList<AttemptLine> Bills,
    string? Code = null
)
{
    /// <summary>What the notice would say if it were sent on that civil day.</summary>
    /// <returns>Null when there is nothing to tell any more: it was paid, held, cancelled, told otherwise, or has left.
    /// </returns>
    public static NoticeContent? Of(
        AccountLedger ledger,
        Debit debit,
        NoticeKind kind,
        Controls controls,
        DateOnly sentOn
    ) =>
        kind switch
        {
            NoticeKind.Change => Noticing.Waits(ledger, debit, controls, sentOn)
            && NoticeClock.EarliestDay(ledger, debit, controls, sentOn) is null
                ? ToCome(ledger, debit, kind, NoticeClock.DayWhenTold(ledger, debit, controls.Policies, sentOn))
                : null,
            NoticeKind.Reminder => LeavesAfter(ledger, debit, controls, sentOn)
                ? ToCome(ledger, debit, kind, DueDebits.DayOf(debit))
                : null,
            NoticeKind.CardExpires => LeavesAfter(ledger, debit, controls, sentOn)
            && Noticing.CardExpiresBefore(ledger, debit)
                ? ToCome(ledger, debit, kind, DueDebits.DayOf(debit))
                : null,
            NoticeKind.Collected => debit is { State: DebitState.Collected, ClosedOn: { } on }
                ? new NoticeContent(kind, debit.Attempted.Amount, on, debit.Attempted.Lines)
                : null,
            NoticeKind.NotCollected => debit.LastAttempt is { Phase: AttemptPhase.Refused, AnsweredOn: { } on } refused
                ? new NoticeContent(kind, refused.Amount, on, refused.Lines, refused.Code)
                : null,
            _ => throw new InvalidOperationException($"Nobody knows what a notice {kind} says."),
        };

    private static bool LeavesAfter(AccountLedger ledger, Debit debit, Controls controls, DateOnly day) =>
        Noticing.IsOnItsWay(ledger, debit, controls) && DueDebits.DayOf(debit) > day;

    private static NoticeContent ToCome(AccountLedger ledger, Debit debit, NoticeKind kind, DateOnly day) =>
        new(
            kind,
            ledger.OpenOn(debit),
            day,
            [
                .. ledger
                    .BillsOf(debit)
                    .Where(bill => bill.Open.IsPositive)
                    .Select(bill => new AttemptLine(bill.Id, bill.Open)),
            ]
        );
}
