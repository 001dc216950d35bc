using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <param name="All">In the order in which they came.</param>
/// <param name="Waiting">Those of them that nobody has accepted.</param>
public sealed record LateFound(IReadOnlyList<WorkItem> All, IReadOnlyList<WorkItem> Waiting)
{
    public static LateFound None { get; } = new([], []);
}

/// <summary>
/// Payments that contradict what the clear in force says of their channel: from the work rows of each bucket, a request
/// each, and no ledger. Nothing is read where no clear says through which day.
/// </summary>
public sealed class FindLateReceipts(ILedgerStore ledgers, IControlsStore controlsStore)
{
    private const int BucketsAtOnce = 16;

    /// <summary>Those of the cycle's clear in force.</summary>
    public async Task<LateFound> RunAsync(CycleNumber cycle, CancellationToken cancel)
    {
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        if (controls.BacklogOf(cycle) is not { Cleared: true, ReceivedThrough.Count: > 0 })
        {
            return LateFound.None;
        }

        var buckets = await InParallel.SelectAsync(
            [.. Bucket.All],
            BucketsAtOnce,
            bucket => ledgers.ReadWorkAsync(bucket, cancel)
        );
        List<WorkItem> found =
        [
            .. buckets
                .SelectMany(items => items)
                .Where(item => item.Late is { } late && late.Cycle == cycle && late.IsInForce(controls))
                .OrderBy(item => item.Late!.PostedAt)
                .ThenBy(item => item.Account)
                .ThenBy(item => item.Id, StringComparer.Ordinal),
        ];
        return new LateFound(found, [.. found.Where(item => !item.Late!.IsAccepted(controls))]);
    }
}
