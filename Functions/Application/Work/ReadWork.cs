using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Work;

/// <summary>An item as it is shown; cents, civil days.</summary>
/// <param name="AgeDays">Whole days since then.</param>
public sealed record WorkEntry(
    WorkKind Kind,
    string Id,
    AccountId? Account,
    BillId? Bill,
    DebitId? Debit,
    PaymentId? Payment,
    DeferralId? Deferral,
    IReadOnlyList<CycleNumber> Cycles,
    DateOnly? DueDate,
    long? Cents,
    string Reason,
    DateOnly? Since,
    int? AgeDays,
    string? Import,
    IReadOnlyList<WorkAction> Actions
);

/// <summary>The items of one kind: how many, and their cents as far as they are known.</summary>
public sealed record WorkTotal(WorkKind Kind, int Count, long Cents);

/// <summary>All items of a filter.</summary>
/// <param name="Cents">A bill with a warning may count under another kind as well.</param>
public sealed record WorkSum(int Count, long Cents);

/// <summary>A page of the list, and the totals of the whole filter.</summary>
/// <param name="Totals">Every kind that was asked for, those without an item too.</param>
/// <param name="Next">Goes on behind this page; null on the last one.</param>
public sealed record WorkPage(
    WorkAudience For,
    DateOnly Today,
    IReadOnlyList<WorkTotal> Totals,
    WorkSum Total,
    IReadOnlyList<WorkEntry> Items,
    string? Next
);

/// <summary>The one list of what waits for people, for finance or for engineers; the oldest first.</summary>
public sealed class ReadWork(IEnumerable<IWorkSource> sources, IControlsStore controlsStore, CityClock clock)
{
    /// <param name="limit">Items a page; null: all that are left.</param>
    public async Task<WorkPage> RunAsync(WorkFilter filter, WorkCursor? after, int? limit, CancellationToken cancel)
    {
        var (waiting, controls) = await ReadAsync(filter.Audience, cancel);
        return Page(filter, after, limit, (waiting, controls));
    }

    /// <summary>The same of what was seen of the city: for finance, whose sources tell it apart.</summary>
    public async Task<WorkPage> RunAsync(
        WorkFilter filter,
        (WorkCursor? After, int? Limit) page,
        SeenCity city,
        CancellationToken cancel
    )
    {
        var read = await Task.WhenAll(SourcesOf(filter.Audience).Select(source => source.ReadAsync(city, cancel)));
        return Page(filter, page.After, page.Limit, (Waiting(read, city.Controls), city.Controls));
    }

    /// <summary>How many things wait for engineers, as far as it was seen and else as it was counted last.</summary>
    public async Task<int> CountForEngineersAsync(SeenCity city, CancellationToken cancel)
    {
        var read = await Task.WhenAll(SourcesOf(WorkAudience.Engineers).Select(it => it.ReadAsync(city, cancel)));
        return read.Sum(items => items.Count) + city.WatchedElsewhere;
    }

    private WorkPage Page(
        WorkFilter filter,
        WorkCursor? after,
        int? limit,
        (IEnumerable<WorkItem> Waiting, Controls Controls) seen
    )
    {
        var today = clock.Now.Today;
        var items = seen
            .Waiting.Where(item => filter.Takes(item, today))
            .Select(item => (Item: item, Place: WorkCursor.Of(item)))
            .OrderBy(it => it.Place)
            .ToList();
        var left = items.Where(it => after is null || it.Place.CompareTo(after) > 0).ToList();
        var page = left.Take(limit ?? int.MaxValue).ToList();
        return new WorkPage(
            filter.Audience,
            today,
            Sum(filter.Kinds, items.Select(it => it.Item)),
            new WorkSum(items.Count, CentsOf(items.Select(it => it.Item))),
            [.. page.Select(it => ToEntry(it.Item, seen.Controls, today))],
            page.Count < left.Count ? page[^1].Place.ToString() : null
        );
    }

    /// <summary>What waits for finance, by kind.</summary>
    public async Task<IReadOnlyList<WorkTotal>> SumAsync(CancellationToken cancel) =>
        Sum(WorkKinds.Of(WorkAudience.Finance), (await ReadAsync(WorkAudience.Finance, cancel)).Waiting);

    /// <summary>The same; what waits in the accounts is as old as the city's sums.</summary>
    public async Task<IReadOnlyList<WorkTotal>> SumAsync(CitySums sums, CancellationToken cancel)
    {
        var asked = sources.Where(source => source.Audience == WorkAudience.Finance);
        var all = (await Task.WhenAll(asked.Select(source => source.SumAsync(sums, cancel)))).Aggregate(
            (a, b) => a + b
        );
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        all += WorkSums.Of([
            .. all.Late.Where(item => Waits(item, controls)).Select(item => item with { Late = null }),
        ]);
        var byKind = all.Kinds.ToDictionary(sum => sum.Kind);
        return
        [
            .. WorkKinds
                .Of(WorkAudience.Finance)
                .Select(kind => byKind.GetValueOrDefault(kind) ?? new KindSum(kind, 0, 0))
                .Select(sum => new WorkTotal(sum.Kind, sum.Count, sum.Cents)),
        ];
    }

    /// <summary>What waits for finance in the city that was seen, by kind.</summary>
    public async Task<IReadOnlyList<WorkTotal>> SumAsync(SeenCity city, CancellationToken cancel)
    {
        var asked = SourcesOf(WorkAudience.Finance).Select(source => source.ReadAsync(city, cancel));
        return Sum(WorkKinds.Of(WorkAudience.Finance), Waiting(await Task.WhenAll(asked), city.Controls));
    }

    private async Task<(IEnumerable<WorkItem> Waiting, Controls Controls)> ReadAsync(
        WorkAudience audience,
        CancellationToken cancel
    )
    {
        var read = await Task.WhenAll(SourcesOf(audience).Select(source => source.ReadAsync(cancel)));
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        return (Waiting(read, controls), controls);
    }

    private IEnumerable<IWorkSource> SourcesOf(WorkAudience audience) =>
        sources.Where(source => source.Audience == audience);

    private static IEnumerable<WorkItem> Waiting(IEnumerable<IReadOnlyList<WorkItem>> read, Controls controls) =>
        read.SelectMany(items => items).Where(item => Waits(item, controls));

    // What was cleared anew since, and what two people have accepted, is nobody's work any more.
    private static bool Waits(WorkItem item, Controls controls) =>
        item.Late is not { } late || (late.IsInForce(controls) && !late.IsAccepted(controls));

    private static IReadOnlyList<WorkTotal> Sum(IEnumerable<WorkKind> kinds, IEnumerable<WorkItem> items)
    {
        var byKind = items.ToLookup(item => item.Kind);
        return [.. kinds.Select(kind => new WorkTotal(kind, byKind[kind].Count(), CentsOf(byKind[kind])))];
    }

    private static long CentsOf(IEnumerable<WorkItem> items) => items.Sum(item => item.Cents?.Cents ?? 0);

    private static WorkEntry ToEntry(WorkItem item, Controls controls, DateOnly today) =>
        new(
            item.Kind,
            item.Id,
            item.Account,
            item.Bill,
            item.Debit,
            item.Payment,
            item.Deferral,
            item.Cycles,
            item.DueDate,
            item.Cents?.Cents,
            item.Reason,
            item.Since,
            today.DayNumber - item.Since.DayNumber,
            item.Import,
            WorkRoutes.Of(item, controls)
        );
}
