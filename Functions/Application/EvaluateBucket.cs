using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>
/// Walks one bucket and asks of each account the one question: given this ledger, the city's controls and today, what should
/// happen? Due today, released, retried, swept or missed: there is no other code path.
/// </summary>
public sealed class EvaluateBucket(
    ILedgerStore ledgers, IControlsStore controlsStore, IWakeStore wakes, IStuckStore stuck, LedgerWriter writer, ChargeDebits charge, GiveBack giveBack,
    CityClock clock, ProcessingOptions options)
{
    public const string StuckKind = "account";

    /// <summary>
    /// Once a day a bucket is walked completely although no flag changed: who saved under flags that had changed meanwhile, and died before it could
    /// ask for another look, left a debit deferred that nobody else would ever look at.
    /// </summary>
    private static readonly TimeSpan WalkAtLeastEvery = TimeSpan.FromDays(1);

    /// <returns>False when another walk of the bucket is under way.</returns>
    public async Task<bool> RunAsync(Bucket bucket, string cause, CancellationToken cancel)
    {
        var wake = await LeaseAsync(bucket, cancel);
        if (wake is null)
        {
            return false;
        }

        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var scope = new WriteScope(bucket, controls, clock.Authority("autopay", cause), wake.EarliestLook);
        var isFullWalk = wake.WalkedControls < controls.Version || wake.WalkedAt + WalkAtLeastEvery <= clock.Now.Utc;
        var pages = isFullWalk ? ledgers.ReadActiveAsync(bucket, cancel) : ledgers.ReadDueAsync(bucket, clock.Now.Utc, cancel);
        await foreach (var page in pages.WithCancellation(cancel))
        {
            await EvaluateAsync(scope, page, cancel);
        }

        if (isFullWalk)
        {
            await WalkDueAsync(scope, cancel);
        }

        await FinishAsync(isFullWalk || wake.WalkedAt is null ? wake with { WalkedAt = clock.Now.Utc } : wake, controls.Version, cancel);
        return true;
    }

    // Attempts that need recovery have no unsent debit, so a full walk does not meet them.
    private async Task WalkDueAsync(WriteScope scope, CancellationToken cancel)
    {
        await foreach (var page in ledgers.ReadDueAsync(scope.Bucket, clock.Now.Utc, cancel))
        {
            await EvaluateAsync(scope, page, cancel);
        }
    }

    /// <summary>One account by itself, as a walk would have done it.</summary>
    /// <returns>False when it is on the stuck list after all.</returns>
    public async Task<bool> TryAccountAsync(AccountId account, string cause, CancellationToken cancel)
    {
        try
        {
            if (await ledgers.LoadAsync(account, cancel) is { } entry)
            {
                var scope = new WriteScope(Bucket.Of(account), (await controlsStore.LoadAsync(cancel)).Controls, clock.Authority("autopay", cause));
                if (!await EvaluateAsync(scope, [entry], cancel))
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

    private async Task<bool> EvaluateAsync(WriteScope scope, IReadOnlyList<LedgerEntry> page, CancellationToken cancel)
    {
        var work = page.Select(entry => new AccountWork(entry, [now => new Evaluate(now)])).ToList();
        try
        {
            var results = await writer.WriteAsync(scope, work, cancel);
            await charge.RunAsync(scope.Bucket, [.. results.Select(result => result.Entry)], Planned(results), cancel);
            await giveBack.RunAsync([.. results.Select(result => result.Entry)], cancel);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException && page.Count > 1)
        {
            // One of them is bad: each by itself, so that it does not stop the others.
            List<Exception> failures = [];
            foreach (var entry in page)
            {
                try
                {
                    await EvaluateAsync(scope, [entry], cancel);
                }
                catch (Exception other) when (other is not OperationCanceledException)
                {
                    failures.Add(other);
                }
            }

            return failures.Count == 0 ? false : throw new AggregateException($"{failures.Count} accounts of bucket {scope.Bucket} could not be looked at", failures);
        }
        catch (Exception failure) when (IsOfTheAccount(failure))
        {
            var account = page[0].Ledger.Id;
            await stuck.PutAsync(StuckOf(account, failure, clock.Now.Utc), cancel);
            return false;
        }
    }

    internal static string IdOf(AccountId account) => $"account:{account}";

    internal static StuckItem StuckOf(AccountId account, Exception failure, DateTimeOffset at) => new(IdOf(account), StuckKind, failure.Message, account.Value, at);

    private static HashSet<(DebitId, int)> Planned(IEnumerable<AccountResult> results) =>
        [.. results.SelectMany(result => result.Events).OfType<AttemptPlanned>().Select(planned => (planned.Attempt.Debit, planned.Attempt.Number))];

    // Faults of storage or of the platform are not the account's: the message fails and comes again.
    internal static bool IsOfTheAccount(Exception failure) =>
        failure is InvalidOperationException or OverflowException or ArgumentException or FormatException or System.Text.Json.JsonException;

    // While the lease is held the row says "awake now", so the walk's own saves need not lower it, and a crash leaves it awake.
    private async Task<Wake?> LeaseAsync(Bucket bucket, CancellationToken cancel)
    {
        var wake = await wakes.ReadAsync(bucket, cancel);
        var now = clock.Now.Utc;
        if (wake.LeasedUntil > now)
        {
            return null;
        }

        var awakeFrom = wake.EarliestLook < now ? wake.EarliestLook : now;
        return await wakes.TryWriteAsync(wake with { LeasedUntil = now + options.Lease, EarliestLook = awakeFrom }, cancel);
    }

    // Raised only after a finished walk, and only if nobody lowered it meanwhile: who lowers it is about to save.
    private async Task FinishAsync(Wake leased, long walkedControls, CancellationToken cancel)
    {
        var earliest = await ledgers.EarliestLookAsync(leased.Bucket, cancel);
        var walked = Math.Max(leased.WalkedControls, walkedControls);
        if (await wakes.TryWriteAsync(leased with { EarliestLook = earliest, WalkedControls = walked, LeasedUntil = default }, cancel) is null)
        {
            var lowered = await wakes.ReadAsync(leased.Bucket, cancel);
            await wakes.TryWriteAsync(lowered with { WalkedControls = Math.Max(lowered.WalkedControls, walked), WalkedAt = leased.WalkedAt, LeasedUntil = default }, cancel);
        }
    }
}
