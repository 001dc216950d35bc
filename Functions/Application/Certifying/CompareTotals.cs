using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <summary>A certificate, and the payments that it was worked out from.</summary>
/// <param name="Posted">Of the days of the totals and a month around them; empty without totals.</param>
public sealed record ComparedTotals(Certificate Certificate, IReadOnlyList<PostedPayment> Posted);

/// <summary>
/// Works a cycle's certificate out: what the office counted against what is posted. It reads the payment rows of each
/// bucket and no ledger; without totals it reads nothing but them.
/// </summary>
public sealed class CompareTotals(ICertificateStore store, IPostedPayments payments)
{
    private const int BucketsAtOnce = 8;
    private const int DaysAround = 31;

    public async Task<ComparedTotals> RunAsync(
        CycleNumber cycle,
        IReadOnlyDictionary<string, DateOnly> receivedThrough,
        CancellationToken cancel
    )
    {
        var totals = await store.ReadTotalsAsync(cancel);
        if (!totals.Any(total => total.Key.Cycle is not { } of || of == cycle))
        {
            return new ComparedTotals(new Certificate(cycle, receivedThrough, []), []);
        }

        var from = totals.Min(total => total.Key.ReceivedOn).AddDays(-DaysAround);
        var byCycle = totals.Any(total => total.Key.Cycle is not null);
        var buckets = await InParallel.SelectAsync(
            [.. Bucket.All],
            BucketsAtOnce,
            bucket => ReadAsync(bucket, from, byCycle, cancel)
        );
        var posted = buckets.SelectMany(bucket => bucket).ToList();
        return new ComparedTotals(
            new Certificate(cycle, receivedThrough, Comparison.Of(cycle, totals, posted)),
            posted
        );
    }

    private async Task<IReadOnlyList<PostedPayment>> ReadAsync(
        Bucket bucket,
        DateOnly from,
        bool byCycle,
        CancellationToken cancel
    )
    {
        var posted = await payments.ReadAsync(bucket, from, cancel);
        if (!byCycle || posted.Count == 0)
        {
            return posted;
        }

        var cycles = await payments.ReadCyclesAsync(bucket, cancel);
        return
        [
            .. posted.Select(payment =>
                payment with
                {
                    Cycle = cycles.TryGetValue(payment.Account, out var cycle) ? cycle : null,
                }
            ),
        ];
    }
}
