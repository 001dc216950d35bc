using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>
/// Walks one bucket and asks of each account the one question: given this ledger, the city's controls and today, what should
/// happen? Due today, released, retried, swept or missed: there is no other code path.
/// </summary>
public sealed class EvaluateBucket(
    ILedgerStore ledgers, IControlsStore controlsStore, IWakeStore wakes, IStuckStore stuck, LedgerWriter writer, ChargeDebits charge,
    CityClock clock, ProcessingOptions options)
{
    /// <returns>False when another walk of the bucket is under way.</returns>
    public async Task<bool> RunAsync(Bucket bucket, string cause, CancellationToken cancel)
    {
        var wake = await LeaseAsync(bucket, cancel);
        if (wake is null)
        {
            return false;
        }

        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var isFullWalk = wake.WalkedControls < controls.Version;
        var pages = isFullWalk ? ledgers.ReadActiveAsync(bucket, cancel) : ledgers.ReadDueAsync(bucket, clock.Now.Utc, cancel);
        await foreach (var page in pages.WithCancellation(cancel))
        {
            await EvaluateAsync(bucket, page, controls, cause, cancel);
        }

        if (isFullWalk)
        {
            await WalkDueAsync(bucket, controls, cause, cancel);
        }

        await FinishAsync(wake, controls.Version, cancel);
        return true;
    }

    // Attempts that need recovery have no unsent debit, so a full walk does not meet them.
    private async Task WalkDueAsync(Bucket bucket, Controls controls, string cause, CancellationToken cancel)
    {
        await foreach (var page in ledgers.ReadDueAsync(bucket, clock.Now.Utc, cancel))
        {
            await EvaluateAsync(bucket, page, controls, cause, cancel);
        }
    }

    private async Task EvaluateAsync(Bucket bucket, IReadOnlyList<LedgerEntry> page, Controls controls, string cause, CancellationToken cancel)
    {
        var work = page.Select(entry => new AccountWork(entry, [now => new Evaluate(now)])).ToList();
        var authority = clock.Authority("autopay", cause);
        try
        {
            var results = await writer.WriteAsync(bucket, work, controls, authority, cancel);
            await charge.RunAsync(bucket, [.. results.Select(result => result.Entry)], Planned(results), cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && page.Count > 1)
        {
            // One of them is bad: each by itself, so that it does not stop the others.
            foreach (var entry in page)
            {
                await EvaluateAsync(bucket, [entry], controls, cause, cancel);
            }
        }
        catch (Exception failure) when (IsOfTheAccount(failure))
        {
            var account = page[0].Ledger.Id;
            await stuck.PutAsync(new StuckItem($"account:{account}", "account", failure.Message, account.Value, clock.Now.Utc), cancel);
        }
    }

    private static HashSet<(DebitId, int)> Planned(IEnumerable<AccountResult> results) =>
        [.. results.SelectMany(result => result.Events).OfType<AttemptPlanned>().Select(planned => (planned.Attempt.Debit, planned.Attempt.Number))];

    // Faults of storage or of the platform are not the account's: the message fails and comes again.
    private static bool IsOfTheAccount(Exception failure) =>
        failure is InvalidOperationException or OverflowException or ArgumentException or FormatException or System.Text.Json.JsonException;

    private async Task<Wake?> LeaseAsync(Bucket bucket, CancellationToken cancel)
    {
        var wake = await wakes.ReadAsync(bucket, cancel);
        var now = clock.Now.Utc;
        if (wake.LeasedUntil > now)
        {
            return null;
        }

        var leased = wake with { LeasedUntil = now + options.Lease };
        return await wakes.TryWriteAsync(leased, cancel) ? wake : null;
    }

    // Raised only after a finished walk; if a save lowered it meanwhile, its earlier look stands.
    private async Task FinishAsync(Wake before, long walkedControls, CancellationToken cancel)
    {
        var earliest = await ledgers.EarliestLookAsync(before.Bucket, cancel);
        var current = await wakes.ReadAsync(before.Bucket, cancel);
        var finished = current with { EarliestLook = earliest, WalkedControls = Math.Max(current.WalkedControls, walkedControls), LeasedUntil = default };
        if (!await wakes.TryWriteAsync(finished, cancel))
        {
            var lowered = await wakes.ReadAsync(before.Bucket, cancel);
            await wakes.TryWriteAsync(lowered with { LeasedUntil = default, WalkedControls = finished.WalkedControls }, cancel);
        }
    }
}
