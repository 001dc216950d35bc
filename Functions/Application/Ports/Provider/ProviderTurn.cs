namespace Autopay.Application.Ports.Provider;

/// <summary>
/// Calls wait for their turn where the provider's rate is kept, perhaps for seconds. Work that is told to end gives up
/// its turn, while nothing is sent; a call that has begun is never cancelled.
/// </summary>
public static class ProviderTurn
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    private static readonly AsyncLocal<long?> Bulk = new();

    private static readonly AsyncLocal<Func<Task<bool>>?> Look = new();

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

    /// <summary>
    /// From here on a call whose turn has come leaves only if this still agrees: what it was decided by may be minutes
    /// old by then.
    /// </summary>
    public static void LookWhenItComes(Func<Task<bool>> agrees) => Look.Value = agrees;

    /// <summary>Asked when the turn has come, before anything is sent.</summary>
    public static Task<bool> MayLeaveAsync() => Look.Value?.Invoke() ?? Task.FromResult(true);

    /// <summary>Something was asked: what became of it is found out, whoever is told to end.</summary>
    public static void Keep() => (Current.Value, Look.Value) = (CancellationToken.None, null);
}
