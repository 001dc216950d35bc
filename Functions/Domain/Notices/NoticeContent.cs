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
    /// <summary>Of a "no": what becomes of what is open of these bills now.</summary>
    public IReadOnlyList<NextStep> Next { get; init; } = [];

    /// <summary>The bank had said yes before (R20).</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>Of a debit to come: what leaves when, where it does not leave at once (R45).</summary>
    public IReadOnlyList<DebitPart> Parts { get; init; } = [];

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
                ? ToCome(
                    ledger,
                    debit,
                    kind,
                    controls,
                    NoticeClock.DayWhenTold(ledger, debit, controls.Policies, sentOn)
                )
                : null,
            NoticeKind.Reminder => Noticing.LeavesAfter(ledger, debit, controls, sentOn) is { } day
                ? ToCome(ledger, debit, kind, controls, day)
                : null,
            NoticeKind.CardExpires => Noticing.LeavesAfter(ledger, debit, controls, sentOn) is { } day
            && ledger.Enrolment?.CardExpires < day
                ? ToCome(ledger, debit, kind, controls, day)
                : null,
            NoticeKind.Collected => debit is { State: DebitState.Collected, ClosedOn: { } on }
                ? new NoticeContent(kind, debit.Attempted.Amount, on, debit.Attempted.Lines)
                : null,
            NoticeKind.NotCollected => NotCollected(ledger, debit, controls, sentOn),
            _ => throw new InvalidOperationException($"Nobody knows what a notice {kind} says."),
        };

    // What was paid another way meanwhile asks for nothing.
    private static NoticeContent? NotCollected(AccountLedger ledger, Debit debit, Controls controls, DateOnly sentOn) =>
        debit switch
        {
            { LastAttempt: { Phase: AttemptPhase.Refused, AnsweredOn: { } on } refused } => new NoticeContent(
                NoticeKind.NotCollected,
                refused.Amount,
                on,
                refused.Lines,
                refused.Code
            )
            {
                Next = NextStep.After(ledger, debit, refused, controls, sentOn),
            },
            { BankReturn: { } taken, ReturnedCents.IsPositive: true } => new NoticeContent(
                NoticeKind.NotCollected,
                debit.ReturnedCents,
                taken.On,
                debit.Attempted.Lines,
                taken.Code
            )
            {
                IsTakenBack = true,
                Next = NextStep.After(ledger, debit, debit.Attempted, controls, sentOn),
            },
            _ => null,
        }
            is { Next.Count: > 0 } content
            ? content
            : null;

    private static NoticeContent ToCome(
        AccountLedger ledger,
        Debit debit,
        NoticeKind kind,
        Controls controls,
        DateOnly day
    )
    {
        var parts = Splitting.PlanOf(ledger, debit, controls.Policies, day);

        // A change tells of all of it, as the clock asks; the others of what leaves on that day.
        var amount = kind != NoticeKind.Change && parts.Count > 0 ? parts[0].Amount : ledger.OpenOn(debit);
        return new NoticeContent(kind, amount, day, OpenLinesOf(ledger, debit)) { Parts = parts };
    }

    private static AttemptLine[] OpenLinesOf(AccountLedger ledger, Debit debit) =>
        [
            .. ledger
                .BillsOf(debit)
                .Where(bill => bill.Open.IsPositive)
                .Select(bill => new AttemptLine(bill.Id, bill.Open)),
        ];
}
