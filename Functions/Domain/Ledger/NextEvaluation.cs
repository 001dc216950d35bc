namespace Autopay.Domain.Ledger;

/// <summary>
/// When an account wants to be looked at again: what its work row says. Null: only a change of controls or a command
/// wakes it.
/// </summary>
public static class NextEvaluation
{
    private static readonly TimeOnly Noon = new(12, 0);

    public static DateTimeOffset? Of(
        AccountLedger ledger,
        Controls controls,
        CityCalendar city,
        Moment now,
        TimeSpan recoverAfter
    ) =>
        ledger
            .Debits.Select(debit => Of(debit, ledger, controls, city, now, recoverAfter))
            .Concat(
                ledger
                    .Debits.SelectMany(debit => debit.Refunds)
                    .Select(refund => Of(refund, controls, city, now, recoverAfter))
            )
            .Concat(ledger.Debits.Select(debit => ToBeListed(debit, ledger, controls, city)))
            .Concat(ledger.Debits.Select(debit => ToBeReminded(debit, ledger, controls, city, now)))
            .Min()
            is { } look
            ? ToWholeSecond(look, now.Utc)
            : null;

    /// <summary>A look that is due at once: work rows are keyed by the second.</summary>
    public static DateTimeOffset AtOnce(DateTimeOffset now) => ToWholeSecond(now, now);

    // Work rows are keyed by the second: what is wanted now is due at once, what is wanted later is never early.
    private static DateTimeOffset ToWholeSecond(DateTimeOffset look, DateTimeOffset now) =>
        new(
            (look.UtcTicks + (look > now ? TimeSpan.TicksPerSecond - 1 : 0))
                / TimeSpan.TicksPerSecond
                * TimeSpan.TicksPerSecond,
            TimeSpan.Zero
        );

    /// <summary>
    /// When this debit alone wants to be looked at; null when a person or a change of the controls has to come first.
    /// </summary>
    public static DateTimeOffset? Of(
        Debit debit,
        AccountLedger ledger,
        Controls controls,
        CityCalendar city,
        Moment now,
        TimeSpan recoverAfter
    ) =>
        debit.State switch
        {
            // A release wakes every bucket, and costs no look of its own until then.
            DebitState.Scheduled
                when Releasing.WhyNot(ledger, debit, controls) is not null && !IsOfNewerControls(debit, controls) =>
                null,
            // So does a notice: recording that it was sent looks at the account anew.
            DebitState.Scheduled when Noticing.Waits(ledger, debit, controls, now.Today) => NoticeClock.EarliestDay(
                ledger,
                debit,
                controls,
                now.Today
            )
                is { } told
                ? city.ToUtc(told, controls.Policies.DueDateRunAt)
                : null,
            DebitState.Scheduled or DebitState.RetryScheduled => OfScheduled(debit, ledger, controls, city, now),
            DebitState.Deferred when debit.IsRetry => city.ToUtc(
                Retrying.LastRetryDay(debit, controls.Policies, now.Today).AddDays(1),
                controls.Policies.DueDateRunAt
            ),
            DebitState.Charging or DebitState.Unknown when debit.Stopped => null,
            DebitState.Charging or DebitState.Unknown when debit.Discrepancy is not null => now.Utc.AddHours(1),
            DebitState.Charging or DebitState.Unknown => debit.Living.TouchedAt + recoverAfter,
            DebitState.Submitted => OfSubmitted(debit, city, now),
            _ => null,
        };

    // Whoever saves with older controls, as an import may, does not know the release that has let it go.
    private static bool IsOfNewerControls(Debit debit, Controls controls) =>
        debit.Grant is { } grant && controls.FindRelease(grant.Release) is null;

    /// <summary>
    /// When this refund alone wants to be looked at; null when it is paid or failed. The books after a restore do not
    /// know what was refunded since the backup: until every intent is matched, a refund is looked at hourly and not
    /// sent.
    /// </summary>
    public static DateTimeOffset? Of(
        Refund refund,
        Controls controls,
        CityCalendar city,
        Moment now,
        TimeSpan recoverAfter
    ) =>
        refund.State switch
        {
            RefundState.Requested or RefundState.Unknown when controls.ReconcileSince is not null => now.Utc.AddHours(
                1
            ),
            // Due until it is asked for, whoever saves the account meanwhile.
            RefundState.Requested => refund.TouchedAt,
            RefundState.Unknown => refund.TouchedAt + recoverAfter,
            RefundState.Sent => city.ToUtc(now.Today.AddDays(1), Noon),
            _ => null,
        };

    // A debit that stays although it is due (halted, or a remainder without a next debit) is looked at on the next
    // banking day.
    private static DateTimeOffset OfScheduled(
        Debit debit,
        AccountLedger ledger,
        Controls controls,
        CityCalendar city,
        Moment now
    )
    {
        var runAt = controls.Policies.DueDateRunAt;
        var stays =
            controls.WhyNothingIsCharged is not null || IsRemainderWithoutTarget(debit, ledger, controls.Policies);
        if (!DueDebits.IsDue(debit, now, controls.Policies))
        {
            var day = DueDebits.DayOf(debit);
            return city.ToUtc(day < now.Today ? BankingCalendar.RollForward(now.Today) : day, runAt);
        }

        return stays ? city.ToUtc(BankingCalendar.AddBankingDays(now.Today, 1), runAt) : now.Utc;
    }

    // A remainder is looked at daily; what has no next bill nobody would look at again (R32).
    private static DateTimeOffset? ToBeListed(
        Debit debit,
        AccountLedger ledger,
        Controls controls,
        CityCalendar city
    ) =>
        Listing.ListedOn(ledger, debit, controls.Policies) is { } day
            ? city.ToUtc(day, controls.Policies.DueDateRunAt)
            : null;

    private static DateTimeOffset? ToBeReminded(
        Debit debit,
        AccountLedger ledger,
        Controls controls,
        CityCalendar city,
        Moment now
    ) =>
        new[]
        {
            Noticing.RemindOn(ledger, debit, controls, now.Today),
            Noticing.WarnOfCardOn(ledger, debit, controls, now.Today),
        }.Min()
            is { } day
            ? city.ToUtc(day, controls.Policies.DueDateRunAt)
            : null;

    private static bool IsRemainderWithoutTarget(Debit debit, AccountLedger ledger, Policies policies) =>
        ledger.OpenOn(debit) is { IsPositive: true } open
        && open < policies.MinimumCharge
        && HoldMergeRelease.NextAfter(ledger, debit, _ => true) is null;

    private static DateTimeOffset OfSubmitted(Debit debit, CityCalendar city, Moment now)
    {
        var answerBy = debit.Living.AnswerBy;
        return city.ToUtc(answerBy > now.Today ? answerBy : now.Today.AddDays(1), Noon);
    }
}
