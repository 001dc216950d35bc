using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Releasing;

/// <summary>How releases are planned.</summary>
public sealed record ReleaseOptions
{
    [Setting("a planned debit of more than this times the account's average bill is flagged; 0 is never")]
    [System.ComponentModel.DataAnnotations.Range(0, 100)]
    public int UnusualTimes { get; init; } = 3;

    [Setting(
        "of the planned debits that turn out to be more than approved; more than these stop the release (I25)",
        Unit = "percent"
    )]
    [System.ComponentModel.DataAnnotations.Range(0, 100)]
    public int ReleaseDriftPercent { get; init; } = 10;
}

/// <summary>A bucket's part of a plan: its accounts are evaluated, and nothing is saved but the plan's lines.</summary>
public sealed class PlanBucket(IReleaseStore store, ILedgerStore ledgers, CityClock clock, ReleaseOptions options)
{
    /// <param name="last">What the last plan had of each debit for the bank; null when there was none.</param>
    public async Task<BucketLines> RunAsync(
        ReleasePlan plan,
        Bucket bucket,
        Controls controls,
        Dictionary<DebitId, Money>? last,
        CancellationToken cancel
    )
    {
        var clearedOn = clock.City.At(plan.ClearedAt ?? DateTimeOffset.MinValue.AddDays(1)).Today;
        List<PlanLine> lines = [];
        await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
        {
            lines.AddRange(
                page.SelectMany(entry =>
                    ReleasePlanner
                        .LinesOf(entry.Ledger, controls, plan.Cycle, clock.Now, clearedOn, options.UnusualTimes)
                        .Select(line => PlanComparison.Compare(line, last))
                )
            );
        }

        var ofBucket = last?.Where(it => Bucket.Of(it.Key.Account) == bucket) ?? [];
        lines.AddRange([.. PlanComparison.GoneSince(ofBucket, lines)]);

        // Two messages may plan at once: the lines that are there first are the plan's.
        var made = new BucketLines(plan.Id, bucket, lines, clock.Now.Utc, null);
        return await store.TrySaveLinesAsync(made, cancel)
            ?? await store.FindLinesAsync(plan.Id, bucket, cancel)
            ?? throw new InvalidOperationException($"The lines of bucket {bucket} in plan {plan.Id} are gone.");
    }
}
