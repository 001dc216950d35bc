namespace Autopay.Application.Reconciling;

/// <summary>Where a check of the books stands, and what it counted up to there.</summary>
/// <param name="Buckets">So many were walked.</param>
/// <param name="Intents">When the attempts that name an intent were begun; null when none does.</param>
/// <param name="Unread">Accounts whose ledger could not be read.</param>
/// <param name="Tally">Of the turns before.</param>
internal sealed record CheckPlace(
    int Buckets,
    int Accounts,
    IntentSpan? Intents,
    IReadOnlyList<string> Unread,
    TallyOfInvariants? Tally
)
{
    public static readonly CheckPlace Begin = new(0, 0, null, [], null);

    public CheckPlace With(AccountLedger ledger) =>
        this with
        {
            Accounts = Accounts + 1,
            Intents = ledger
                .Debits.SelectMany(debit => debit.Attempts)
                .Where(attempt => attempt.IntentId is not null)
                .Select(attempt => attempt.KeyAt)
                .Aggregate(Intents, With),
        };

    private static IntentSpan With(IntentSpan? span, DateTimeOffset at) =>
        span is null ? new(at, at) : new(at < span.Oldest ? at : span.Oldest, at > span.Newest ? at : span.Newest);
}
