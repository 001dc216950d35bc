namespace Autopay.Application.Ports.Messages;

public interface IQueueDepths
{
    /// <summary>
    /// About how many messages each queue holds, those being worked on included; null for a queue that does not answer.
    /// </summary>
    Task<IReadOnlyDictionary<string, long?>> ReadAsync(CancellationToken cancel);

    /// <summary>
    /// Since when the oldest message of each of these queues waits; one that has none to take now, or does not answer,
    /// is left out.
    /// </summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadOldestAsync(
        IReadOnlyCollection<string> names,
        CancellationToken cancel
    );
}
