namespace Autopay.Domain.Previews;

/// <summary>
/// Counts the debits whose day has come, and that wait for nothing but the end of a halt. What a hold held is a
/// release's to send, and counts there.
/// </summary>
public sealed class ResumeTally(Controls controls, DateOnly today)
{
    public DebitCount Due { get; private set; }

    public void Add(AccountLedger ledger)
    {
        foreach (var debit in ledger.Debits.Where(debit => IsDue(ledger, debit)))
        {
            Due += new DebitCount(1, ledger.OpenOn(debit).Cents);
        }
    }

    /// <summary>
    /// The sums of a bucket that is not looked at account by account: retries are in no day of theirs.
    /// </summary>
    public void Add(CycleSum sum)
    {
        foreach (var day in sum.DueDates.Where(day => day.DueDate <= today && !WasHeld(sum.Cycle, day.DueDate)))
        {
            foreach (var count in day.States.Where(count => count.State == DebitState.Scheduled))
            {
                Due += new DebitCount(count.Debits, count.OpenCents);
            }
        }
    }

    private bool IsDue(AccountLedger ledger, Debit debit) =>
        debit.State is DebitState.Scheduled or DebitState.RetryScheduled
        && (debit.RetryOn ?? debit.DueDate) <= today
        && ledger.OpenOn(debit) >= controls.Policies.MinimumCharge
        && (debit.State == DebitState.RetryScheduled || !SplitBills.Of(ledger, debit).Any(controls.WasHeld));

    private bool WasHeld(CycleNumber cycle, DateOnly dueDate) =>
        controls.Deferrals.Any(deferral => deferral.Action == DeferralAction.Hold && deferral.IsAbout(cycle, dueDate));
}
