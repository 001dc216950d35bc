using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Evaluating;

/// <summary>
/// A message says "look at this bucket again". Where a walk is under way it comes again a little later, once a bucket
/// however many messages there are: a message that is taken for done while the walk before it dies would leave the
/// bucket to the next sweep. No try of the queue's is used up by waiting.
/// </summary>
public sealed class AnswerEvaluateMessage(
    EvaluateBucket evaluate,
    IBucketScheduleStore schedules,
    IWorkQueue queue,
    CityClock clock
)
{
    private const int LongestWaitSeconds = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>False when the bucket is busy, or not done, and the message, or another one, comes again.</returns>
    /// <exception cref="BucketBusyException">It could not be put out again: this one must not be taken for
    /// done.</exception>
    public async Task<bool> RunAsync(EvaluateMessage message, CancellationToken cancel)
    {
        var bucket = new Bucket(message.Bucket);
        WalkEnd end;
        try
        {
            end = await evaluate.RunAsync(bucket, message.Cause, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await GoOnElsewhereAsync(bucket, message);
            throw;
        }

        if (end == WalkEnd.Done)
        {
            return true;
        }

        await AskAgainAsync(bucket, end == WalkEnd.InPart ? message with { WaitedSeconds = 0 } : message, cancel);
        return false;
    }

    // The message itself comes again too; but not for minutes, when the process is gone before its host lets go of it.
    private async Task GoOnElsewhereAsync(Bucket bucket, EvaluateMessage message)
    {
        using var patience = new CancellationTokenSource(Patience, clock.Time);
        try
        {
            await AskAgainAsync(bucket, message with { WaitedSeconds = 0 }, patience.Token);
        }
        catch
        {
            // It comes again all the same.
        }
    }

    private async Task AskAgainAsync(Bucket bucket, EvaluateMessage message, CancellationToken cancel)
    {
        var (schedule, now) = (await schedules.ReadAsync(bucket, cancel), clock.Now.Utc);
        if (schedule.AskedAgainAt != message.Again && IsAskedAgain(schedule, now))
        {
            return;
        }

        var wait = Math.Clamp(message.WaitedSeconds * 2, 1, LongestWaitSeconds);
        var again = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + 1 + wait);
        if (
            !await queue.TryEnqueueLaterAsync(
                message with
                {
                    Again = again,
                    WaitedSeconds = wait,
                },
                TimeSpan.FromSeconds(wait),
                cancel
            )
        )
        {
            throw new BucketBusyException(bucket);
        }

        // If the row has changed meanwhile, one message too many comes again.
        await schedules.TryWriteAsync(schedule with { AskedAgainAt = again }, cancel);
    }

    // By a clock that is not too far from ours.
    private static bool IsAskedAgain(BucketSchedule schedule, DateTimeOffset now) =>
        schedule.AskedAgainAt > now && schedule.AskedAgainAt <= now.AddSeconds(LongestWaitSeconds + 1);
}

/// <summary>
/// Another walk of the bucket is under way, and the queue service is away: the message comes again by itself.
/// </summary>
public sealed class BucketBusyException(Bucket bucket) : Exception($"Bucket {bucket} is being walked already.");
