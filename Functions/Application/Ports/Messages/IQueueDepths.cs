namespace Autopay.Application.Ports.Messages;

public interface IQueueDepths
{
    /// <summary>
    /// About how many messages each queue holds, those being worked on included; null for a queue that does not answer.
    /// </summary>
    Task<IReadOnlyDictionary<string, long?>> ReadAsync(CancellationToken cancel);
}
