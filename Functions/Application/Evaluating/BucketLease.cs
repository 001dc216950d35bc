using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Evaluating;

/// <summary>
/// Leases of buckets. They spare work and tell who drives attempts; they carry no authority: tags and idempotency keys
/// do.
/// </summary>
public sealed class BucketLeases(IBucketScheduleStore schedules, CityClock clock, ProcessingOptions options)
{
    private const int Tries = 5;

    /// <param name="stop">The walk is told to end.</param>
    /// <returns>Null when another walk of the bucket is under way.</returns>
    public async Task<BucketLease?> TryTakeAsync(Bucket bucket, CancellationToken stop)
    {
        // As this process left the row, unless somebody else has changed it: then it is read.
        var known = schedules.Recall(bucket);
        for (var tries = 0; tries < Tries; tries++)
        {
            var found = known?.LeasedUntil <= clock.Now.Utc ? known : await schedules.ReadAsync(bucket, stop);
            known = null;
            stop.ThrowIfCancellationRequested();
            if (found.LeasedUntil > clock.Now.Utc)
            {
                return null;
            }

            // Somebody may lower the row in between.
            var lease = new BucketLease(schedules, clock, options.Lease, found)
            {
                Stop = stop,
                Until = clock.Now.Utc + options.WalkFor,
            };
            if (await lease.TryTakeAsync())
            {
                return lease;
            }
        }

        return null;
    }
}

/// <summary>
/// A walk's hold on its bucket: renewed while the walk goes on, given back whatever ends it. While it is held the row
/// says "awake now", so that the walk's own saves need not lower it, and a walk that is cut leaves it awake.
/// </summary>
public sealed class BucketLease(IBucketScheduleStore schedules, CityClock clock, TimeSpan term, BucketSchedule found)
    : IAsyncDisposable
{
    private const int Tries = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly string me = OperationId.New();
    private readonly SemaphoreSlim turn = new(1);
    private BucketSchedule row = found;
    private bool wasTouched;
    private bool isLost;
    private bool isFinished;

    /// <summary>The row as it was before.</summary>
    public BucketSchedule Found { get; } = found;

    public Bucket Bucket => Found.Bucket;

    public required CancellationToken Stop { get; init; }

    /// <summary>From then on the walk begins no other page: its host would cut it in the middle of one.</summary>
    public required DateTimeOffset Until { get; init; }

    public bool IsTimeOver => Until <= clock.Now.Utc;

    /// <summary>No later look of this walk needs a lowering of the row.</summary>
    public DateTimeOffset? DueFrom => row.EarliestDue;

    /// <summary>
    /// The walk before did not come to its end, and has no lease any more: it does not go on with the attempts that it
    /// left before then. Null when it came to its end; without leases nobody knows.
    /// </summary>
    public DateTimeOffset? TakesOver { get; private set; }

    /// <summary>
    /// Nobody else walks the bucket, and nobody will for another half of the term: who decides a save now has it in the
    /// store by then, or stands still.
    /// </summary>
    public bool IsAlone => !isLost && term > TimeSpan.Zero && !NeedsRenewal;

    // Not with the walk's own token: a lease that was written and not heard of would keep everybody away.
    public async Task<bool> TryTakeAsync()
    {
        var now = clock.Now.Utc;
        TakesOver = term > TimeSpan.Zero && (Found.WasCut || Found.LeasedUntil != default) ? now : null;
        try
        {
            await WriteAsync(
                row => row.BringForwardTo(now) with { LeasedUntil = now + term, LeasedBy = me, WasCut = false },
                CancellationToken.None
            );
        }
        catch
        {
            await ReleaseAsync();
            throw;
        }

        return !isLost;
    }

    /// <summary>
    /// Asked wherever the walk may end. False when it is told to, or when another walk has the bucket by now.
    /// </summary>
    public async Task<bool> GoesOnAsync()
    {
        if (IsOver || !NeedsRenewal)
        {
            return !IsOver;
        }

        await turn.WaitAsync(CancellationToken.None);
        try
        {
            await (IsOver || !NeedsRenewal ? Task.CompletedTask : RenewAsync());
        }
        finally
        {
            turn.Release();
        }

        return !IsOver;
    }

    /// <summary>
    /// Raised only after a finished walk, and only if nobody lowered the row meanwhile: who lowers it is about to save.
    /// </summary>
    public async Task FinishAsync(DateTimeOffset? earliest, long scannedControlsVersion, DateTimeOffset? walkedAt)
    {
        await WriteAsync(
            row =>
                row with
                {
                    EarliestDue = wasTouched ? row.EarliestDue : earliest,
                    ScannedControlsVersion = Math.Max(row.ScannedControlsVersion, scannedControlsVersion),
                    WalkedAt = walkedAt,
                    LeasedUntil = default,
                    LeasedBy = null,
                    WasCut = false,
                },
            Stop
        );
        isFinished = !isLost;
    }

    /// <summary>
    /// Between two pages, with nothing in hand: the bucket stays awake for what is left, and nobody takes over.
    /// </summary>
    public async Task PauseAsync()
    {
        await WriteAsync(row => row with { LeasedUntil = default, LeasedBy = null, WasCut = false }, Stop);
        isFinished = !isLost;
    }

    public async ValueTask DisposeAsync()
    {
        await (isFinished ? Task.CompletedTask : ReleaseAsync());
        turn.Dispose();
    }

    private bool IsOver => isLost || Stop.IsCancellationRequested;

    private bool NeedsRenewal => term > TimeSpan.Zero && row.LeasedUntil - (term / 2) <= clock.Now.Utc;

    // In the middle of charging: what was asked of the provider is recorded, whatever becomes of the lease.
    private async Task RenewAsync()
    {
        try
        {
            await WriteAsync(row => row with { LeasedUntil = clock.Now.Utc + term }, CancellationToken.None);
        }
        catch
        {
            isLost = row.LeasedUntil <= clock.Now.Utc;
        }
    }

    // With patience of its own: the walk's token has fired, perhaps. If it fails, the lease lapses.
    private async Task ReleaseAsync()
    {
        using var patience = new CancellationTokenSource(Patience, clock.Time);
        try
        {
            row = await schedules.ReadAsync(Bucket, patience.Token);
            isLost = row.LeasedBy != me;
            await (
                isLost
                    ? schedules.BringForwardAsync(Bucket, clock.Now.Utc, patience.Token)
                    : WriteAsync(
                        row => row with { LeasedUntil = default, LeasedBy = null, WasCut = true },
                        patience.Token
                    )
            );
        }
        catch
        {
            isLost = true;
        }
    }

    // Whoever lowered a look, or asked again, changed the row and left the lease ours. A lost answer to our own write
    // looks like that too.
    private async Task WriteAsync(Func<BucketSchedule, BucketSchedule> change, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await schedules.TryWriteAsync(change(row), cancel) is { } written)
            {
                row = written;
                return;
            }

            row = await schedules.ReadAsync(Bucket, cancel);
            wasTouched = true;
            if (row.LeasedBy != me)
            {
                isLost = true;
                return;
            }
        }

        throw new InvalidOperationException($"The schedule row of bucket {Bucket} stays contended.");
    }
}
