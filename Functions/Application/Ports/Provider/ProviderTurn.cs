namespace Autopay.Application.Ports.Provider;

/// <summary>
/// Calls wait for their turn where the provider's rate is kept, perhaps for seconds. Work that is told to end gives up
/// its turn, while nothing is sent; a call that has begun is never cancelled.
/// </summary>
public static class ProviderTurn
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    private static readonly AsyncLocal<bool> Bulk = new();

    /// <summary>Of work that nobody waits for: the calls of people and of webhooks go first.</summary>
    public static bool IsBulk => Bulk.Value;

    /// <summary>Of the work that asks; never, unless it said so.</summary>
    public static CancellationToken GivenUp => Current.Value;

    /// <summary>From here on the work gives up its turn when it is told to end.</summary>
    public static void GiveUpOn(CancellationToken stop) => Current.Value = stop;

    /// <summary>From here on the work lets people go first.</summary>
    public static void LetPeopleGoFirst() => Bulk.Value = true;

    /// <summary>Something was asked: what became of it is found out, whoever is told to end.</summary>
    public static void Keep() => Current.Value = CancellationToken.None;
}
