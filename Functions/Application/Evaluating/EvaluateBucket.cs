using System.Runtime.CompilerServices;
using Autopay.Application.Charging;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Evaluating;

/// <summary>How a walk ended.</summary>
public enum WalkEnd
{
    /// <summary>Everything was looked at.</summary>
    Done,

    /// <summary>Its time was over after a page; the bucket stays awake for the others.</summary>
    InPart,

    /// <summary>Another walk of the bucket is under way: nothing was looked at.</summary>
    Busy,

    /// <summary>This one stood still until its lease had lapsed, and another walk has the bucket now.</summary>
    Overtaken,
}

/// <summary>
/// Walks one bucket and asks of each account the one question: given this ledger, the city's controls and today, what
/// should happen? Due today, released, retried, swept or missed: there is no other code path.
/// </summary>
public sealed class EvaluateBucket(AccountBooks books, BucketLeases leases, IStuckStore stuck, MoneySteps money)
{
    public const string StuckKind = "account";
    private const int PageSize = 200;

    /// <summary>
    /// Once a day a bucket is walked completely although no control changed: who saved under controls that had changed
    /// meanwhile, and died before it could ask for another look, left a debit deferred that nobody else would ever look
    /// at.
    /// </summary>
    private static readonly TimeSpan WalkAtLeastEvery = TimeSpan.FromDays(1);

    public async Task<WalkEnd> RunAsync(Bucket bucket, string cause, CancellationToken cancel)
    {
        await using var lease = await leases.TryTakeAsync(bucket, cancel);
        return lease is null ? WalkEnd.Busy : await WalkAsync(lease, cause, cancel);
    }

    /// <summary>
    /// True when a ledger of the bucket wants to be looked at, whatever its schedule row says, or when its complete
    /// walk of the day is to come.
    /// </summary>
    /// <param name="walkedAt">When its last complete walk ended.</param>
    public async Task<bool> HasWorkAsync(Bucket bucket, DateTimeOffset? walkedAt, CancellationToken cancel)
    {
        try
        {
            return walkedAt is not { } last
                || last + WalkAtLeastEvery <= books.Clock.Now.Utc
                || await books.Ledgers.EarliestDueAsync(bucket, cancel) <= books.Clock.Now.Utc;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // What cannot be read keeps no other bucket waiting: its walk says why.
            return true;
        }
    }

    private async Task<WalkEnd> WalkAsync(BucketLease lease, string cause, CancellationToken cancel)
    {
        var (before, controls) = (lease.Found, (await books.Controls.LoadAsync(cancel)).Controls);
        var walk = new Walk(
            new WriteScope(lease.Bucket, controls, books.Clock.Authority("autopay", cause), lease.DueFrom)
            {
                IsAlone = () => lease.IsAlone,
                IsWalk = true,
                ComesBack = true,
            },
            lease.TakesOver,
            lease.GoesOnAsync
        )
        {
            Stop = cancel,
            Released = await money.Releases.OpenAsync(lease.Bucket, controls, cancel),
        };
        var isFullWalk =
            lease.TakesOver is not null
            || before.ScannedControlsVersion < controls.AccountsVersion
            || before.WalkedAt + WalkAtLeastEvery <= books.Clock.Now.Utc;
        var pages = 0;
        await foreach (var page in ReadAsync(walk, lease, isFullWalk, cancel).WithCancellation(cancel))
        {
            // Never before the first: each walk gets on.
            if (pages++ > 0 && lease.IsTimeOver)
            {
                await money.Releases.KeepAsync(walk.Released, cancel);
                await lease.PauseAsync();
                return WalkEnd.InPart;
            }

            await EvaluateAsync(walk, page, cancel);
            await money.Releases.TellAsync(walk.Released, cancel);
            if (!await lease.GoesOnAsync())
            {
                cancel.ThrowIfCancellationRequested();
                return WalkEnd.Overtaken;
            }
        }

        await money.Releases.KeepAsync(walk.Released, cancel);
        var earliest = await books.Ledgers.EarliestDueAsync(lease.Bucket, cancel);
        await lease.FinishAsync(
            Earlier(earliest, walk.Released.NextOpening),
            controls.Version,
            isFullWalk || before.WalkedAt is null ? books.Clock.Now.Utc : before.WalkedAt
        );
        return WalkEnd.Done;
    }

    // Who takes over walks completely: what the walk before had in hand asks for no look of its own.
    private async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadAsync(
        Walk walk,
        BucketLease lease,
        bool isFullWalk,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var now = books.Clock.Now.Utc;
        var pages = isFullWalk
            ? books.Ledgers.ReadForWalkAsync(lease.Bucket, now, cancel)
            : books.Ledgers.ReadDueAsync(lease.Bucket, now, cancel);
        await foreach (var page in pages.WithCancellation(cancel))
        {
            yield return page;
        }

        // Nothing of theirs is due: a release lets them go.
        foreach (var some in walk.Released.NotSeen().Chunk(PageSize))
        {
            yield return await books.Ledgers.LoadManyAsync(lease.Bucket, some, cancel);
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    /// <summary>One account by itself, as a walk would have done it.</summary>
    /// <returns>False when it is on the stuck list after all.</returns>
    public async Task<bool> TryAccountAsync(AccountId account, string cause, CancellationToken cancel)
    {
        try
        {
            if (await books.Ledgers.LoadAsync(account, cancel) is { } entry)
            {
                var scope = new WriteScope(
                    Bucket.Of(account),
                    (await books.Controls.LoadAsync(cancel)).Controls,
                    books.Clock.Authority("autopay", cause)
                );
                if (
                    !await EvaluateAsync(
                        new Walk(scope, Left: null, () => Task.FromResult(!cancel.IsCancellationRequested))
                        {
                            Stop = cancel,
                        },
                        [entry],
                        cancel
                    )
                )
                {
                    return false;
                }
            }
        }
        catch (Exception failure) when (IsOfTheAccount(failure))
        {
            // It cannot even be read, and stays on the list for that.
            return false;
        }

        await stuck.RemoveAsync(IdOf(account), cancel);
        return true;
    }

    private async Task<bool> EvaluateAsync(Walk walk, IReadOnlyList<LedgerEntry> page, CancellationToken cancel)
    {
        var work = page.Select(entry => new AccountWork(
                entry,
                [now => new Evaluate(now) { Grants = walk.Released.GrantsOf(entry.Ledger.Id) }]
            ))
            .ToList();
        try
        {
            var results = await books.Writer.WriteAsync(walk.Scope, work, cancel);
            var charged = await money.Charge.RunAsync(
                walk,
                [.. results.Select(result => result.Entry)],
                Planned(results)
            );
            walk.Released.Note(charged);
            await money.Refund.RunAsync([.. results.Select(result => result.Entry)], cancel);
            await LeaveAsync(walk, charged, cancel);
            return true;
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException
                && (page.Count > 1 || (walk.Scope.ComesBack && IsOfTheAccount(failure)))
            )
        {
            return await EvaluateEachAsync(walk, page, cancel);
        }
        catch (Exception failure) when (IsOfTheAccount(failure))
        {
            var account = page[0].Ledger.Id;
            await stuck.PutAsync(StuckOf(account, failure, books.Clock.Now.Utc), cancel);
            return false;
        }
    }

    // One of them is bad: each by itself, so that it does not stop the others. Nobody comes back to them.
    private async Task<bool> EvaluateEachAsync(Walk walk, IReadOnlyList<LedgerEntry> page, CancellationToken cancel)
    {
        var last = walk with { Scope = walk.Scope with { ComesBack = false } };
        List<Exception> failures = [];
        foreach (var entry in page)
        {
            if (!await walk.GoesOnAsync())
            {
                break;
            }

            try
            {
                await EvaluateAsync(last, [entry], cancel);
            }
            catch (Exception other) when (other is not OperationCanceledException)
            {
                failures.Add(other);
            }
        }

        return failures.Count == 0
            ? false
            : throw new AggregateException(
                $"{failures.Count} accounts of bucket {walk.Scope.Bucket} could not be looked at",
                failures
            );
    }

    // What is still in hand (no answer, or the walk is told to end) asks for its look: this walk does not come back.
    private async Task LeaveAsync(Walk walk, IEnumerable<LedgerEntry> charged, CancellationToken cancel)
    {
        var inHand = charged.Where(entry => entry.Ledger.HasChargeInHand()).ToList();
        await books.Writer.WriteAsync(
            walk.Scope with
            {
                ComesBack = false,
            },
            [.. inHand.Select(entry => new AccountWork(entry, []))],
            cancel
        );
    }

    internal static string IdOf(AccountId account) => $"account:{account}";

    internal static StuckItem StuckOf(AccountId account, Exception failure, DateTimeOffset at) =>
        new(IdOf(account), StuckKind, failure.Message, account.Value, at);

    private static HashSet<(DebitId, int)> Planned(IEnumerable<AccountResult> results) =>
        [
            .. results
                .SelectMany(result => result.Events)
                .OfType<AttemptPlanned>()
                .Select(planned => (planned.Attempt.Debit, planned.Attempt.Number)),
        ];

    // Faults of storage or of the platform are not the account's: the message fails and comes again.
    internal static bool IsOfTheAccount(Exception failure) =>
        failure
            is InvalidOperationException
                or OverflowException
                or ArgumentException
                or FormatException
                or System.Text.Json.JsonException;
}
