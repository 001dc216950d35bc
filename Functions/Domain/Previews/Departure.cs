namespace Autopay.Domain.Previews;

/// <summary>Where the rules put an account's debits, without charging any.</summary>
internal static class Placing
{
    // Halted, an evaluate places the debits and charges none.
    public static AccountLedger Under(Controls controls, AccountLedger ledger, Moment now) =>
        LedgerDecider
            .Decide(new Evaluate(now), ledger, controls with { Halt = new Halt("Preview", "autopay", now.Utc) })
            .Aggregate(ledger, (state, happened) => state.Apply(happened));
}

/// <summary>When an unsent debit leaves by itself, UTC; null when it does not.</summary>
internal static class Departure
{
    /// <summary>Of a debit that needs nobody's word: no release, no review, no more cents.</summary>
    public static DateTimeOffset? Of(
        Debit debit,
        AccountLedger ledger,
        Controls controls,
        CityCalendar city,
        Moment now
    ) =>
        debit.State is DebitState.Scheduled or DebitState.RetryScheduled
        && ledger.OpenOn(debit) >= controls.Policies.MinimumCharge
        && Releasing.WhyNot(ledger, debit, controls) is null
        && Reviewing.FindingsOn(ledger, debit, controls.Policies).Count == 0
            ? At(debit.RetryOn ?? debit.DueDate, controls, city, now)
            : null;

    /// <summary>R10, as the due-date run would meet it.</summary>
    public static DateTimeOffset? At(DateOnly day, Controls controls, CityCalendar city, Moment now)
    {
        var runAt = controls.Policies.DueDateRunAt;
        return controls.WhyNothingIsCharged is not null ? null
            : !DueDebits.RunIsPast(day, now, controls.Policies) ? city.ToUtc(BankingCalendar.RollForward(day), runAt)
            : BankingCalendar.IsBankingDay(now.Today) ? now.Utc
            : city.ToUtc(BankingCalendar.RollForward(now.Today), runAt);
    }
}
