using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <summary>A certificate, and the payments that it was worked out from.</summary>
/// <param name="Posted">Of the days of the totals and a month around them; empty without totals.</param>
public sealed record ComparedTotals(Certificate Certificate, IReadOnlyList<PostedPayment> Posted);

/// <summary>
/// Works a cycle's certificate out: what the office counted against what is posted. It reads the payment rows of each
/// bucket and no ledger; where nothing is counted and nothing has to be, it reads nothing but them.
/// </summary>
public sealed class CompareTotals(ICertificateStore store, IPostedPayments payments, IControlsStore controlsStore)
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
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var required = controls.Policies.CountedTotalsRequired ? controls.HeldFrom(cycle) : null;
        var isCounted = totals.Any(total => (total.Key.Cycle ?? cycle) == cycle);
        if (!isCounted && required is null)
        {
            return new ComparedTotals(new Certificate(cycle, receivedThrough, []), []);
        }

        var byCycle = required is not null || totals.Any(total => total.Key.Cycle is not null);
        var buckets = await InParallel.SelectAsync(
            [.. Bucket.All],
            BucketsAtOnce,
            bucket => ReadAsync(bucket, FirstDay(totals, required), byCycle, cancel)
        );
        var posted = buckets.SelectMany(bucket => bucket).ToList();
        var uncounted = required is { } from ? Uncounted.Of(cycle, from, receivedThrough, totals, posted) : [];
        return new ComparedTotals(
            new Certificate(cycle, receivedThrough, isCounted ? Comparison.Of(cycle, totals, posted) : [])
            {
                Uncounted = uncounted.Count == 0 ? null : uncounted,
            },
            posted
        );
    }

    // Where to look may be a month before what was counted.
    private static DateOnly FirstDay(IReadOnlyList<ControlTotal> totals, DateOnly? required)
    {
        var counted = totals.Min(total => (DateOnly?)total.Key.ReceivedOn)?.AddDays(-DaysAround);
        return (counted < required ? counted : required ?? counted)!.Value;
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
