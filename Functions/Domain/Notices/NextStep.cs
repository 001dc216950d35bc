namespace Autopay.Domain.Notices;

/// <summary>What becomes of a bill that the bank did not pay.</summary>
public enum NextStepKind
{
    /// <summary>The bank is asked for the same amount again (R17).</summary>
    Retry,

    /// <summary>A debit of its own asks for what is left (R18).</summary>
    NewDebit,

    /// <summary>A hold, a halt or a person keeps it: its day is not known.</summary>
    OnHold,

    /// <summary>Autopay does not ask for it again.</summary>
    PayNow,
}

/// <summary>What the customer of a "no" has to do now, or to expect (R44).</summary>
/// <param name="Amount">What is open now, cents.</param>
/// <param name="Day">The banking day of the debit; null where none is to come, or its day is not known.</param>
public sealed record NextStep(NextStepKind Kind, Money Amount, DateOnly? Day)
{
    /// <summary>Of what the refused attempt asked for and is still open.</summary>
    /// <param name="today">The civil day on which the customer is told.</param>
    /// <returns>Empty when nothing is open any more.</returns>
    public static IReadOnlyList<NextStep> After(
        AccountLedger ledger,
        Debit debit,
        Attempt refused,
        Controls controls,
        DateOnly today
    ) =>
        [
            .. refused
                .Lines.Select(line => ledger.FindBill(line.Bill))
                .OfType<Bill>()
                .Where(bill => bill.Open.IsPositive)
                .GroupBy(bill => ledger.LiveDebitOf(bill.Id))
                .Select(bills => (Home: bills.Key, Open: bills.Sum(bill => bill.Open)))
                .Select(it => (Kind: KindOf(ledger, debit, it.Home, controls), it.Home, it.Open))
                .Select(it => new NextStep(it.Kind, it.Open, DayOf(it.Kind, it.Home, today)))
                .GroupBy(step => (step.Kind, step.Day))
                .OrderBy(steps => steps.Key.Kind)
                .Select(steps => steps.First() with { Amount = steps.Sum(step => step.Amount) }),
        ];

    private static NextStepKind KindOf(AccountLedger ledger, Debit debit, Debit? home, Controls controls) =>
        home is null ? NextStepKind.PayNow
        : home.IsCharging ? NextStepKind.NewDebit
        : ledger.Suspension is not null ? NextStepKind.PayNow
        : IsKeptBack(ledger, home, controls) ? NextStepKind.OnHold
        : home.Id == debit.Id ? NextStepKind.Retry
        : NextStepKind.NewDebit;

    private static bool IsKeptBack(AccountLedger ledger, Debit home, Controls controls) =>
        home.State is DebitState.Deferred or DebitState.NeedsReview
        || controls.WhyNothingIsCharged is not null
        || HoldMergeRelease.HoldsOn(ledger, controls, home).Count > 0
        || Releasing.WhyNot(ledger, home, controls) is not null;

    private static DateOnly? DayOf(NextStepKind kind, Debit? home, DateOnly today) =>
        home is null || kind is NextStepKind.OnHold or NextStepKind.PayNow ? null
        : home.LivingAttempt?.SubmittedOn is { } sent ? sent
        : DueDebits.DayOf(home) is var own && own > today ? own
        : BankingCalendar.RollForward(today);
}
