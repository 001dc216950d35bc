namespace Autopay.Domain.Deciding.Charges;

/// <summary>
/// What a hold held and a clear let loose is sent under an approved release only, where the city wants one (I25).
/// Clearing never charges; approving does.
/// </summary>
internal static class Releasing
{
    /// <summary>
    /// A debit with an open bill that a hold was about asks for a release. A retry was let go before, what is left of a
    /// refused one for as long as it is no more, and what was carried into a later debit is too little for one, for as
    /// long as it is (R11, R17, R18).
    /// </summary>
    public static bool NeedsRelease(AccountLedger ledger, Debit debit, Controls controls) =>
        controls.Policies.ReleaseApproval && IsOfAHold(ledger, debit, controls);

    /// <summary>Bills of the debit that a release has to let go.</summary>
    public static IEnumerable<Bill> HeldBills(AccountLedger ledger, Debit debit, Controls controls) =>
        debit.RetryOn is not null
            ? []
            : debit
                .Lines.Select(line => (line.WasCarried, Bill: ledger.BillOf(line.Bill)))
                .Where(line => !line.WasCarried || line.Bill.Open >= controls.Policies.MinimumCharge)
                .Select(line => line.Bill)
                .Where(bill => controls.WasHeld(bill) && !(debit.BornOfRetry && WasSent(ledger, bill)));

    /// <summary>The same; of a part all bills that kept back what it was split from (R45), paid by now or not.
    /// </summary>
    public static IEnumerable<Bill> HeldFor(AccountLedger ledger, Debit debit, Controls controls) =>
        debit is { SplitFrom: not null, RetryOn: null, BornOfRetry: false }
            ? SplitBills.Of(ledger, debit).Where(bill => controls.WasHeld(bill) && !WasCarried(ledger, debit, bill))
            : HeldBills(ledger, debit, controls);

    /// <summary>Whether all that is open on the bill was asked of the bank before, at once (R18).</summary>
    public static bool WasSent(AccountLedger ledger, Bill bill) =>
        ledger
            .Debits.SelectMany(debit => debit.Attempts)
            .Where(attempt => attempt.SubmittedOn is not null)
            .SelectMany(attempt => attempt.Lines)
            .Any(line => line.Bill == bill.Id && line.Cents >= bill.Open);

    private static bool WasCarried(AccountLedger ledger, Debit part, Bill bill) =>
        part.SplitFrom is { } first
        && ledger.FindDebit(first)?.Lines.Any(line => line.Bill == bill.Id.Whole && line.WasCarried) == true;

    private static bool IsOfAHold(AccountLedger ledger, Debit debit, Controls controls) =>
        debit.SplitFrom is null
            ? HeldBills(ledger, debit, controls).Any(bill => bill.Open.IsPositive)
            : ledger.OpenOn(debit).IsPositive && HeldFor(ledger, debit, controls).Any();

    /// <summary>Why the debit must not be sent now, or null: it waits for a release, or is another than approved.
    /// </summary>
    public static string? WhyNot(AccountLedger ledger, Debit debit, Controls controls) =>
        !NeedsRelease(ledger, debit, controls) ? null
        : debit.Grant is not { } grant ? "waits for an approved release"
        : !controls.IsLive(grant.Release) ? $"release {grant.Release} was stopped"
        : null;

    /// <summary>Why it is not the debit that was approved; null where no approval is asked for, or it is.</summary>
    public static string? WhyDrifted(AccountLedger ledger, Debit debit, Controls controls) =>
        debit.Grant is { } grant && controls.IsLive(grant.Release) && NeedsRelease(ledger, debit, controls)
            ? grant.WhyNot(ledger.OpenOn(debit), ledger.Enrolled)
            : null;

    /// <summary>
    /// Why the grant is over, or null: the debit could leave and did not, because of a halt or an outage of ours. What
    /// its notice keeps may still leave when the customer has been told (R44).
    /// </summary>
    public static string? WhyLapsed(AccountLedger ledger, Debit debit, Controls controls, DateOnly today) =>
        debit.Grant is { } grant
        && NeedsRelease(ledger, debit, controls)
        && LastDay(ledger, debit, controls, ledger.OpenOn(debit)) < today
            ? $"release {grant.Release} let it go on {grant.On:yyyy-MM-dd}, and it did not leave in time"
            : null;

    /// <summary>The last civil day on which a granted debit may leave; null while it waits for its notice.</summary>
    /// <param name="open">What it takes, cents.</param>
    internal static DateOnly? LastDay(AccountLedger ledger, Debit debit, Controls controls, Money open)
    {
        var (own, granted) = (DueDebits.DayOf(debit), debit.Grant?.On ?? DateOnly.MinValue);
        var day =
            controls.Policies.NoticeClock == NoticeClockMode.Enforce
                ? NoticeClock.EarliestDay(ledger, debit, controls, open, granted)
                : BankingCalendar.RollForward(own > granted ? own : granted);
        return day is { } could ? BankingCalendar.AddBankingDays(could, 1) : null;
    }

    /// <summary>Takes back what lapsed: it waits for a release as if it had never been let go.</summary>
    public static void Lapse(Draft draft)
    {
        foreach (var debit in draft.Ledger.Debits.Where(debit => debit.State == DebitState.Scheduled).ToList())
        {
            if (WhyLapsed(draft.Ledger, debit, draft.Controls, draft.Today) is { } why)
            {
                draft.Emit(new GrantLapsed(debit.Id, $"Waits for an approved release: {why}"));
            }
        }
    }

    /// <summary>What the attempt is sent under; null where a debit of this kind is never asked for.</summary>
    public static ReleaseGrant? GrantOf(Draft draft, Debit debit) =>
        NeedsRelease(draft.Ledger, debit, draft.Controls) ? debit.Grant
        : IsOfAHold(draft.Ledger, debit, draft.Controls)
            ? ReleaseGrant.NotAskedFor(draft.Ledger.OpenOn(debit), draft.Ledger.Enrolled)
        : null;

    public static void Grant(Draft draft, IReadOnlyDictionary<DebitId, ReleaseGrant> grants)
    {
        foreach (var (id, grant) in grants)
        {
            if (
                draft.Ledger.FindDebit(id) is { State: DebitState.Scheduled } debit
                && debit.Grant != grant
                && draft.Controls.FindRelease(grant.Release) is { IsLive: true } release
                && NeedsRelease(draft.Ledger, debit, draft.Controls)
            )
            {
                draft.Emit(
                    new ReleaseGranted(
                        id,
                        grant,
                        $"Release {grant.Release} lets up to {grant.Amount} go: approved by {release.Approved.By}"
                    )
                );
            }
        }
    }
}
