namespace Autopay.Domain.Previews;

/// <summary>
/// Counts the debits whose day has come, and that wait for nothing but the end of a halt. What a release that is under
/// way has still to send counts there.
/// </summary>
/// <param name="underWay">The releases whose debits are counted elsewhere.</param>
public sealed class ResumeTally(Controls controls, DateOnly today, IReadOnlySet<string> underWay)
{
    private readonly Controls resumed = controls with { Halt = null };

    public DebitCount Due { get; private set; }

    /// <summary>What is with the bank already: neither a halt nor its end reaches it (R9).</summary>
    public DebitCount InFlight { get; private set; }

    public void Add(AccountLedger ledger)
    {
        foreach (var debit in ledger.Debits.Where(debit => IsDue(ledger, debit)))
        {
            Due += new DebitCount(1, ledger.OpenOn(debit).Cents);
        }

        foreach (var debit in ledger.Debits.Where(debit => debit.IsCharging))
        {
            InFlight += new DebitCount(1, debit.Living.Amount.Cents);
        }
    }

    /// <summary>
    /// The sums of a bucket that is not looked at account by account: retries are in no day of theirs.
    /// </summary>
    public void Add(CycleSum sum)
    {
        foreach (var day in sum.DueDates)
        {
            foreach (var count in day.States)
            {
                var debits = new DebitCount(count.Debits, count.OpenCents);
                if (count.State is DebitState.Charging or DebitState.Unknown or DebitState.Submitted)
                {
                    InFlight += debits;
                }
                else if (
                    count.State == DebitState.Scheduled
                    && day.DueDate <= today
                    && !WasHeld(sum.Cycle, day.DueDate)
                )
                {
                    Due += debits;
                }
            }
        }
    }

    // What a person must look at, or a customer must be told of first, does not leave with the resume.
    private bool IsDue(AccountLedger ledger, Debit debit) =>
        debit.State is DebitState.Scheduled or DebitState.RetryScheduled
        && (debit.RetryOn ?? debit.DueDate) <= today
        && ledger.OpenOn(debit) >= resumed.Policies.MinimumCharge
        && Releasing.WhyNot(ledger, debit, resumed) is null
        && Releasing.WhyLapsed(ledger, debit, resumed, today) is null
        && !IsOfARelease(ledger, debit)
        && Reviewing.FindingsOn(ledger, debit, resumed.Policies).Count == 0
        && Noticing.WhyNot(ledger, debit, resumed, today) is null;

    // A later part of a debit that the release has sent is no more among what it has to send.
    private bool IsOfARelease(AccountLedger ledger, Debit debit) =>
        debit is { Grant: { } grant, SplitFrom: null }
        && Releasing.NeedsRelease(ledger, debit, resumed)
        && underWay.Contains(grant.Release);

    private bool WasHeld(CycleNumber cycle, DateOnly dueDate) =>
        resumed.Policies.ReleaseApproval
        && resumed.Deferrals.Any(deferral =>
            deferral.Action == DeferralAction.Hold && deferral.IsAbout(cycle, dueDate)
        );
}
