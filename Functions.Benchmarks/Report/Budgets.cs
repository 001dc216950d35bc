using Autopay.Application;
using Autopay.Benchmarks.City;

namespace Autopay.Benchmarks.Report;

/// <summary>The budgets: counted, so exact and repeatable.</summary>
public static class Budgets
{
    private const string Requests = "storage requests per";

    public static IEnumerable<Budget> OfCycle(CycleCounts counts) =>
    [
        new($"{Requests} account: importing it and its bill", counts.Slice.Name, counts.ImportPerAccount),
        new($"{Requests} debit: deferring", counts.Slice.Name, counts.DeferPerDebit, 0.15),
        new($"{Requests} debit: releasing and charging", counts.Slice.Name, counts.ReleasePerDebit, 0.6),
        new($"{Requests} webhook: receiving", counts.Slice.Name, counts.ReceivePerWebhook),
        new($"{Requests} webhook: settling, the most", counts.Slice.Name, counts.MostToSettle, 4),
        new("queue messages: deferring", counts.Slice.Name, counts.Defer.Messages, Bucket.Count + counts.Pages),
        new("queue messages: releasing and charging", counts.Slice.Name, counts.Release.Messages, Bucket.Count + counts.Pages),
    ];

    public static Budget OfGrowth(CycleCounts small, CycleCounts large) =>
        new($"{Requests} debit, as a multiple of those at {small.Slice.Name}", large.Slice.Name, large.PerDebit / small.PerDebit, 1.1);

    public static Budget OfStripe(StripeCounts counts) => new("Stripe calls per debit", $"{counts.Debits} debits", counts.PerDebit, 2);
}
