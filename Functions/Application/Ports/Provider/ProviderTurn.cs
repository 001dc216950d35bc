namespace Autopay.Application.Ports.Provider;

/// <summary>
/// Calls wait for their turn where the provider's rate is kept, perhaps for seconds. Work that is told to end gives up
/// its turn, while nothing is sent; a call that has begun is never cancelled.
/// </summary>
public static class ProviderTurn
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    private static readonly AsyncLocal<long?> Bulk = new();

    private static long begun;

    /// <summary>
    /// The number of the work that nobody waits for, counted as it begins; null of people and of webhooks, whose calls
    /// go first.
    /// </summary>
    public static long? BulkWork => Bulk.Value;

    /// <summary>Of the work that asks; never, unless it said so.</summary>
    public static CancellationToken GivenUp => Current.Value;

    /// <summary>From here on the work gives up its turn when it is told to end.</summary>
    public static void GiveUpOn(CancellationToken stop) => Current.Value = stop;

    /// <summary>From here on the work lets people go first, and other such work that began before it.</summary>
    public static void LetPeopleGoFirst() => Bulk.Value = Interlocked.Increment(ref begun);

    /// <summary>Something was asked: what became of it is found out, whoever is told to end.</summary>
    public static void Keep() => Current.Value = CancellationToken.None;
}
