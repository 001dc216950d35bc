namespace Autopay.Rehearsal;

/// <summary>
/// Which account's story is told when nobody asked for one. The outage has four chapters for a customer: a debit was
/// deferred, money came in elsewhere, a bill was merged, and of a bill that was partly paid its own debit took only the
/// rest. The account that lived most of them is told; of several, the one with the fewest events, then the first by
/// number.
/// </summary>
internal static class StoryChoice
{
    public static ReportAccount? Pick(
        IReadOnlyList<ReportAccount> accounts,
        Func<ReportAccount, IReadOnlyList<LedgerEvent>> eventsOf
    ) =>
        accounts
            .Select(account => (Account: account, Events: eventsOf(account)))
            .OrderByDescending(story => Chapters(story.Account, story.Events))
            .ThenBy(story => story.Events.Count)
            .ThenBy(story => story.Account.Account, StringComparer.Ordinal)
            .FirstOrDefault()
            .Account;

    private static int Chapters(ReportAccount account, IReadOnlyList<LedgerEvent> events)
    {
        bool[] chapters =
        [
            events.Any(happened => happened is DebitDeferred),
            events.Any(happened => happened is FundsReceived),
            events.Any(happened => happened is DebitMerged { Deferral: not null }),
            account.Bills.Any(bill =>
                bill is { PaidElsewhereCents: > 0, CollectedCents: > 0 }
                && account.Debits.Any(debit =>
                    debit.State == DebitState.Collected
                    && debit.DueDate == bill.DueDate
                    && debit.Lines.Any(line => line.Bill == bill.Bill)
                )
            ),
        ];
        return chapters.Count(lived => lived);
    }
}
