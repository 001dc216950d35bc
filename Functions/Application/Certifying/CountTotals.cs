using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Certifying;

/// <summary>
/// Keeps what the office counted. A later word on the same day, channel, drawer and cycle takes the place of an
/// earlier one; the same word again changes nothing, not even who said it. The record of decisions says first what is
/// counted, and what stood there before.
/// </summary>
public sealed class CountTotals(ICertificateStore store, ChangeControls change)
{
    /// <returns>How many said something new; the others were known, or are older than what is known.</returns>
    public Task<int> RunAsync(IReadOnlyCollection<ControlTotal> totals, CancellationToken cancel) =>
        RunAsync(totals, null, cancel);

    /// <param name="request">On which terms it is asked; null: in the name of who counted, on none.</param>
    /// <exception cref="ChangedMeanwhileException">The controls are of another version than expected.</exception>
    public async Task<int> RunAsync(
        IReadOnlyCollection<ControlTotal> totals,
        ChangeRequest? request,
        CancellationToken cancel
    )
    {
        var known = (await store.ReadTotalsAsync(cancel)).ToDictionary(total => total.Key);
        var news = totals
            .Where(total =>
                !known.TryGetValue(total.Key, out var before)
                || (before.Counted.At <= total.Counted.At && !total.SaysTheSameAs(before))
            )
            .ToList();
        if (news.Count > 0)
        {
            var counted = TotalsCounted.Of([.. news.Select(total => (total, known.GetValueOrDefault(total.Key)))]);
            await change.RunAsync(counted, request ?? new ChangeRequest(news[0].Counted), cancel);
            await store.PutTotalsAsync(
                [.. news.Select(total => total.InPlaceOf(known.GetValueOrDefault(total.Key)))],
                cancel
            );
        }

        return news.Count;
    }
}
