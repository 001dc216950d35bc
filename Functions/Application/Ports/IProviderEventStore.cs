namespace Autopay.Application.Ports;

public enum ProviderEventState
{
    /// <summary>Kept, not yet looked at.</summary>
    Stored,

    Applied,

    /// <summary>Of an intent that is not ours: kept and listed.</summary>
    Foreign,

    /// <summary>Of another API version or mode, or of no intent that can be read: kept for a person, never lost.</summary>
    Parked,

    /// <summary>A kind of event that concerns no charge of ours: kept only.</summary>
    Noted,
}

/// <summary>One webhook as it came in.</summary>
public sealed record ProviderEvent
{
    /// <summary>Characters that a row can hold: a larger event could never be stored, and would come again for days.</summary>
    public const int LargestBody = 480 * 1024;

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string ApiVersion { get; init; }

    public required bool Livemode { get; init; }

    /// <summary>The intent that it is about; null when it names none.</summary>
    public string? IntentId { get; init; }

    /// <summary>What it says that its intent is about; null when it is about something else. Compared, never believed.</summary>
    public Money? Amount { get; init; }

    /// <summary>The raw body.</summary>
    public required string Body { get; init; }

    /// <summary>When the provider says that it happened; null where it does not say.</summary>
    public DateTimeOffset? HappenedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public ProviderEventState State { get; init; }

    public string Note { get; init; } = "";
}

/// <summary>Every event that the provider sent, by its id.</summary>
public interface IProviderEventStore
{
    /// <summary>False when it is stored already.</summary>
    Task<bool> TryAddAsync(ProviderEvent happened, CancellationToken cancel);

    Task<ProviderEvent?> FindAsync(string eventId, CancellationToken cancel);

    Task MarkAsync(string eventId, ProviderEventState state, string note, CancellationToken cancel);

    /// <summary>Events that are stored and not looked at yet.</summary>
    IAsyncEnumerable<ProviderEvent> ReadOpenAsync(CancellationToken cancel);

    /// <summary>Events that wait for a person.</summary>
    IAsyncEnumerable<ProviderEvent> ReadListedAsync(CancellationToken cancel);
}
