using Autopay.Application.Ledgers;

namespace Autopay.Application.Ports.Provider;

public enum ProviderEventState
{
    /// <summary>Kept, not yet looked at.</summary>
    Stored,

    Applied,

    /// <summary>Of an intent that is not ours: kept and listed.</summary>
    Foreign,

    /// <summary>
    /// Of another API version or mode, or of no intent that can be read: kept for a person, never lost.
    /// </summary>
    Parked,

    /// <summary>It concerns no charge that our books know: kept only.</summary>
    Noted,
}

/// <summary>One webhook as it came in.</summary>
public sealed record ProviderEvent
{
    /// <summary>
    /// Characters that a row can hold: a larger event could never be stored, and would come again for days.
    /// </summary>
    public const int LargestBody = 480 * 1024;

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string ApiVersion { get; init; }

    public required bool Livemode { get; init; }

    /// <summary>The intent that it is about; null when it names none.</summary>
    public string? IntentId { get; init; }

    /// <summary>
    /// What it says that its intent is about; null when it is about something else. Compared, never believed.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// What it says of an intent of ours; null when it is about something else, or may not be understood.
    /// </summary>
    public IntentClaim? Claim { get; init; }

    /// <summary>The raw body.</summary>
    public required string Body { get; init; }

    /// <summary>When the provider says that it happened; null where it does not say.</summary>
    public DateTimeOffset? HappenedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public ProviderEventState State { get; init; }

    public string Note { get; init; } = "";

    /// <summary>Until then it is left to a message of its own.</summary>
    public DateTimeOffset? TakenUntil { get; init; }

    public OpenEvent ToOpen() =>
        new(Id, IntentId, ReceivedAt)
        {
            Amount = Amount,
            Claim = Claim,
            TakenUntil = TakenUntil,
        };
}

/// <summary>What must be known of a stored event to settle it; its body stays in the store.</summary>
public sealed record OpenEvent(string Id, string? IntentId, DateTimeOffset ReceivedAt)
{
    public Money? Amount { get; init; }

    public IntentClaim? Claim { get; init; }

    /// <summary>Somebody settles it until then. Only spares looks: it carries no authority.</summary>
    public DateTimeOffset? TakenUntil { get; init; }

    /// <summary>The store's version of its row; null where it was not read.</summary>
    public string? Tag { get; init; }

    /// <summary>With the account that it names; one that names none is settled among those of any bucket.</summary>
    public Bucket Bucket => Claim is { } claim ? Bucket.Of(claim.Debit.Account) : Bucket.Of(IntentId ?? Id);
}

/// <summary>What became of a stored event.</summary>
public sealed record EventMark(OpenEvent Event, ProviderEventState State, string Note);

/// <summary>How far the provider's own list of events is taken in.</summary>
/// <param name="Through">Every event that happened before is; null: nothing was ever read to its end.</param>
/// <param name="Open">What is being taken in, or was when a run was cut.</param>
public sealed record EventProgress(DateTimeOffset? Through, EventWindow? Open);

/// <summary>A stretch of the provider's list, which begins with the newest.</summary>
/// <param name="Down">What happened after this is taken in.</param>
public sealed record EventWindow(DateTimeOffset From, DateTimeOffset To, DateTimeOffset Down);

/// <summary>Every event that the provider sent, by its id.</summary>
public interface IProviderEventStore
{
    /// <summary>False when it is stored already.</summary>
    Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel);

    /// <summary>Stores those that are not stored yet, many at once; the others are not written again.</summary>
    /// <returns>Those that were not.</returns>
    Task<IReadOnlyList<ProviderEvent>> AddMissingAsync(IReadOnlyList<ProviderEvent> events, CancellationToken cancel);

    Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel);

    /// <summary>The first word about an event stands, until a person takes it off the list.</summary>
    Task MarkAsync(IReadOnlyList<EventMark> marks, CancellationToken cancel);

    /// <summary>Events of a bucket that are stored and not settled yet.</summary>
    IAsyncEnumerable<OpenEvent> ReadOpenAsync(Bucket bucket, CancellationToken cancel);

    /// <summary>Takes events that nobody else has taken since they were read.</summary>
    /// <returns>Those that are ours now.</returns>
    Task<IReadOnlyList<OpenEvent>> TakeAsync(
        IReadOnlyList<OpenEvent> events,
        DateTimeOffset until,
        CancellationToken cancel
    );

    /// <summary>
    /// How many were received by then and are not settled yet, by bucket; buckets without any are left out.
    /// </summary>
    Task<IReadOnlyDictionary<Bucket, int>> CountOpenAsync(DateTimeOffset receivedBy, CancellationToken cancel);

    /// <summary>Events that wait for a person.</summary>
    IAsyncEnumerable<ProviderEvent> ReadListedAsync(CancellationToken cancel);

    Task<EventProgress> ReadProgressAsync(CancellationToken cancel);

    Task SaveProgressAsync(EventProgress progress, CancellationToken cancel);
}
