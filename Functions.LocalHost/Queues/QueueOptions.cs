using Azure.Storage.Queues;

namespace Autopay.LocalHost;

/// <summary>extensions.queues of host.json, with the real host's defaults.</summary>
internal sealed record QueueOptions
{
    /// <summary>Messages taken at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>More are taken when no more than this many are still running; half of the batch size unless set.</summary>
    public int? NewBatchThreshold { get; init; }

    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message stays hidden after a failure.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.Base64;

    public int MessagesLeftForNewBatch => NewBatchThreshold ?? BatchSize / 2;

    public QueueOptions Validated()
    {
        Require(BatchSize is >= 1 and <= 32, "batchSize must be 1 to 32");
        Require(MessagesLeftForNewBatch >= 0, "newBatchThreshold must not be negative");
        Require(MaxDequeueCount >= 1, "maxDequeueCount must be at least 1");
        Require(VisibilityTimeout >= TimeSpan.Zero && VisibilityTimeout <= TimeSpan.FromDays(7), "visibilityTimeout must be 0 to 7 days");
        Require(MaxPollingInterval >= PollingDelay.Minimum, "maxPollingInterval must be at least 100 milliseconds");
        return this;
    }

    private static void Require(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"host.json, extensions.queues: {sentence}.");
        }
    }
}
