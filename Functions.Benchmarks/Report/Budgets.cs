using Autopay.Application.Ledgers;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Timing;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.Report;

/// <summary>The budgets: counted, so exact and repeatable.</summary>
public static class Budgets
{
    private const string Requests = "storage requests per";

    public static IEnumerable<Budget> OfCycle(CycleCounts counts) =>
        [
            new($"{Requests} account: importing it and its bill", counts.Slice.Name, counts.ImportPerAccount, 0.20),
            new($"{Requests} debit: deferring", counts.Slice.Name, counts.DeferPerDebit, 0.06),
            new($"{Requests} debit: clearing", counts.Slice.Name, counts.ClearPerDebit, 0.10),
            new($"{Requests} debit: planning a release", counts.Slice.Name, counts.PlanPerDebit, 0.10),
            new($"{Requests} debit: sealing and approving it", counts.Slice.Name, counts.AgreePerDebit, 0.02),
            new($"{Requests} debit: releasing and charging", counts.Slice.Name, counts.ReleasePerDebit, 0.20),
            .. OfWrites(counts, "deferring", counts.Defer, (2, 4096)),
            .. OfWrites(counts, "clearing", counts.Clear, (1, 3072)),
            .. OfWrites(counts, "releasing and charging", counts.Release, (5, 7168)),
            new($"{Requests} webhook: receiving", counts.Slice.Name, counts.ReceivePerWebhook),
            new($"{Requests} webhook: settling, the most", counts.Slice.Name, counts.MostToRecord, 4),
            new("queue messages: deferring", counts.Slice.Name, counts.Defer.Messages, Bucket.Count + counts.Pages),
            new(
                "queue messages: releasing and charging",
                counts.Slice.Name,
                counts.Release.Messages,
                Bucket.Count + counts.Pages
            ),
        ];

    // From held to submitted it is clearing, and releasing and charging.
    private static IEnumerable<Budget> OfWrites(
        CycleCounts counts,
        string what,
        Usage usage,
        (double Rows, int Bytes) most
    ) =>
        [
            new(
                $"ledger rows written per debit: {what}",
                counts.Slice.Name,
                (double)usage.Rows / counts.Debits,
                most.Rows
            ),
            new($"bytes written per debit: {what}", counts.Slice.Name, (double)usage.Bytes / counts.Debits, most.Bytes),
        ];

    public static Budget OfGrowth(CycleCounts small, CycleCounts large) =>
        new(
            $"{Requests} debit, as a multiple of those at {small.Slice.Name}",
            large.Slice.Name,
            large.PerDebit / small.PerDebit,
            1.1
        );

    /// <summary>Against the fastest run of the loop.</summary>
    public static IEnumerable<Budget> OfLoop(CycleCounts cycle, IReadOnlyList<Usage> loops, int debits)
    {
        var took = loops.Min(loop => loop.Took) / debits;
        var cpu = loops.Min(loop => loop.Cpu) / debits;
        return
        [
            new(
                "times as fast as a hand-written loop: deferring",
                cycle.Slice.Name,
                took / (cycle.Defer.Took / cycle.Debits),
                5,
                IsAim: true
            ),
            new(
                "the same in processor time of app and storage",
                cycle.Slice.Name,
                cpu / (cycle.Defer.Cpu / cycle.Debits)
            ),
            new(
                "times as fast as a hand-written loop: releasing and charging",
                cycle.Slice.Name,
                took / (cycle.Release.Took / cycle.Debits)
            ),
            new(
                "the same in processor time of app and storage",
                cycle.Slice.Name,
                cpu / (cycle.Release.Cpu / cycle.Debits)
            ),
        ];
    }

    /// <param name="silent">The same release without any webhook.</param>
    public static IEnumerable<Budget> OfWebhooks(WebhookCounts counts, WebhookCounts silent) =>
        [
            .. OfWebhooks(counts),
            new(
                "times as long with webhooks on: from the clear until all are submitted",
                counts.Name,
                counts.Submitting.Took / silent.Submitting.Took
            ),
            new(
                "the same in processor time of app and storage",
                counts.Name,
                counts.Submitting.Cpu / silent.Submitting.Cpu
            ),
        ];

    public static IEnumerable<Budget> OfWebhooks(WebhookCounts counts) =>
        [
            new(
                "events stored per debit, from the clear to the bank's last word",
                counts.Name,
                counts.StoredPerDebit,
                2
            ),
            new("reads of an intent per debit, the same", counts.Name, counts.ReadsPerDebit, 1.2),
            new($"{Requests} debit, the same", counts.Name, counts.RequestsPerDebit),
            new("queue messages per debit, the same", counts.Name, counts.MessagesPerDebit),
        ];

    public static Budget OfStripe(StripeCounts counts) =>
        new("Stripe calls per debit", $"{counts.Debits} debits", counts.PerDebit, 2);

    /// <summary>A minute of more calls than Stripe allows.</summary>
    public static IEnumerable<Budget> OfRate(int busy, RateUsage usage) =>
        [
            new("share of Stripe's rate that is used", $"{busy} of 8 instances", usage.Used, 0.95, IsAim: true),
            new("storage requests for it per second and instance", $"{busy} of 8 instances", usage.Requests, 1.5),
        ];
}
