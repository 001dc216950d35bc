using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application.Ports.Messages;

/// <summary>"Look at this bucket again." Only a hint: it can be lost, repeated or late.</summary>
/// <param name="Cause">For people who read logs.</param>
/// <param name="Trace">The W3C trace context of whoever asks; the same in every message.</param>
public sealed record EvaluateMessage(int Bucket, string Cause, string? Trace = null)
{
    /// <summary>The message found its bucket busy, and was put out again to be there at this time.</summary>
    public DateTimeOffset? Again { get; init; }

    /// <summary>How long it waited the last time, in seconds.</summary>
    public int WaitedSeconds { get; init; }
}

/// <summary>"This provider event is stored", or "events of this bucket are".</summary>
/// <param name="EventId">Null: all of the bucket.</param>
/// <param name="IntentId">Spares the reader a look-up of the event row, as the rest of what it says does.</param>
/// <param name="AmountCents">What the event says of its intent.</param>
public sealed record ProviderEventMessage(
    string? EventId = null,
    string? IntentId = null,
    string? Trace = null,
    long? AmountCents = null
)
{
    public IntentClaim? Claim { get; init; }

    /// <summary>Only where it names no event.</summary>
    public int? Bucket { get; init; }

    public static ProviderEventMessage Of(OpenEvent happened) =>
        new(happened.Id, happened.IntentId, AmountCents: happened.Amount?.Cents) { Claim = happened.Claim };

    public static ProviderEventMessage Of(Bucket bucket) => new(null, null) { Bucket = bucket.Number };
}

/// <summary>"Go on with this import from this part."</summary>
public sealed record ImportMessage(string ImportId, int Part, string? Trace = null)
{
    /// <summary>
    /// The run that may have died: the message is there when its lease is over. Null: it watches none.
    /// </summary>
    public string? Watches { get; init; }
}

/// <summary>"Go on with this": a run over the city, or the plan of a release.</summary>
public sealed record RunMessage(string? RunId = null, string? ReleaseId = null, string? Trace = null);

/// <summary>"Send the notices that wait in this bucket."</summary>
public sealed record NoticeMessage(int Bucket, string? Trace = null);

/// <summary>
/// Puts hints out. False when the queue service is away: nothing is lost by that, because the sweep finds whatever is
/// due, stored or unfinished without any message.
/// </summary>
public interface IWorkQueue
{
    Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel);

    /// <summary>The same, and nobody sees it before that time has passed.</summary>
    Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel);

    /// <param name="after">Nobody sees the message before.</param>
    Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel);

    Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel);

    /// <summary>The same, and nobody sees it before that time has passed.</summary>
    Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel);

    /// <summary>The run that a message watches has ended: nobody need see it. One that stays does no harm.</summary>
    Task WithdrawAsync(string watchedRun, CancellationToken cancel) => Task.CompletedTask;

    Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel);

    Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel);
}
