using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application.ProviderEvents;

/// <summary>
/// Asks for stored events to be settled: the first one of a bucket at once, what follows within seconds together by one
/// more message. The rows are what counts: a message covers every event that was stored before anybody can see it, and
/// the sweep finds what has none (F24).
/// </summary>
public sealed class EventHints(IWorkQueue queue, CityClock clock)
{
    public static readonly TimeSpan Together = TimeSpan.FromSeconds(5);

    /// <summary>How long an event is left to a message of its own; the sweep waits longer.</summary>
    private static readonly TimeSpan Alone = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Bucket, Window> windows = [];

    /// <summary>
    /// Before an event is stored: the first one of its bucket is taken for the message that it will have.
    /// </summary>
    public ProviderEvent Prepare(ProviderEvent happened) =>
        happened.State == ProviderEventState.Stored && Begins(happened.ToOpen().Bucket)
            ? happened with
            {
                TakenUntil = clock.Now.Utc + Alone,
            }
            : happened;

    /// <summary>After it was stored.</summary>
    public Task AskAsync(OpenEvent stored, CancellationToken cancel) =>
        stored.TakenUntil is null
            ? LaterAsync(stored.Bucket, cancel)
            : queue.TryEnqueueAsync(ProviderEventMessage.Of(stored), TimeSpan.Zero, cancel);

    /// <summary>
    /// What there is of the bucket, in a few seconds; once, however often it is asked for until then.
    /// </summary>
    public async Task LaterAsync(Bucket bucket, CancellationToken cancel)
    {
        if (TakeUp(bucket) is { } wait && !await queue.TryEnqueueAsync(ProviderEventMessage.Of(bucket), wait, cancel))
        {
            Forget(bucket);
        }
    }

    /// <summary>What there is of the bucket, now.</summary>
    public Task<bool> GoOnAsync(Bucket bucket, CancellationToken cancel) =>
        queue.TryEnqueueAsync(ProviderEventMessage.Of(bucket), TimeSpan.Zero, cancel);

    private bool Begins(Bucket bucket)
    {
        lock (gate)
        {
            if (Current(bucket) is not null)
            {
                return false;
            }

            windows[bucket] = new Window(clock.Now.Utc + Together, IsAsked: false);
            return true;
        }
    }

    // In whole seconds, as the queue counts, and never before the window ends: until then others rely on the message.
    private TimeSpan? TakeUp(Bucket bucket)
    {
        lock (gate)
        {
            var window = Current(bucket) ?? new Window(clock.Now.Utc + Together, IsAsked: false);
            windows[bucket] = window with { IsAsked = true };
            return window.IsAsked
                ? null
                : TimeSpan.FromSeconds(Math.Ceiling((window.Until - clock.Now.Utc).TotalSeconds));
        }
    }

    private void Forget(Bucket bucket)
    {
        lock (gate)
        {
            windows.Remove(bucket);
        }
    }

    // A clock that was set back does not keep a window open for longer.
    private Window? Current(Bucket bucket) =>
        windows.TryGetValue(bucket, out var window)
        && window.Until > clock.Now.Utc
        && window.Until <= clock.Now.Utc + Together
            ? window
            : null;

    private readonly record struct Window(DateTimeOffset Until, bool IsAsked);
}
