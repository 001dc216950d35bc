namespace Autopay.Application.Ports;

/// <summary>"Look at this bucket again." Only a hint: it can be lost, repeated or late.</summary>
/// <param name="Cause">For people who read logs.</param>
public sealed record EvaluateMessage(int Bucket, string Cause);

/// <summary>"This provider event is stored."</summary>
/// <param name="IntentId">Spares the reader a look-up of the event row.</param>
public sealed record ProviderEventMessage(string EventId, string? IntentId);

/// <summary>"Go on with this import from this part."</summary>
public sealed record ImportMessage(string ImportId, int Part);

public interface IWorkQueue
{
    Task EnqueueAsync(EvaluateMessage message, CancellationToken cancel);

    Task EnqueueAsync(ProviderEventMessage message, CancellationToken cancel);

    Task EnqueueAsync(ImportMessage message, CancellationToken cancel);
}
