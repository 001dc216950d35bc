namespace Autopay.Application.Ports.Messages;

/// <summary>A message in a poison queue, byte for byte as it lies there.</summary>
/// <param name="Queue">The queue that it was meant for.</param>
/// <param name="Raw">What the queue holds: Base64 of ours, or anything else.</param>
public sealed record PoisonMessage(string Queue, string Raw, string MessageId, string PopReceipt);

/// <summary>
/// The poison queues, read raw: a queue trigger cannot read what is not Base64 and lets it lie until it expires.
/// </summary>
public interface IPoisonQueues
{
    /// <summary>
    /// Some of what lies there, hidden for a minute; empty when there is nothing or the service is away.
    /// </summary>
    Task<IReadOnlyList<PoisonMessage>> ReceiveAsync(CancellationToken cancel);

    Task DeleteAsync(PoisonMessage message, CancellationToken cancel);
}
