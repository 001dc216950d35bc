using Autopay.Application.Work;
using CsCheck;

namespace Autopay.Tests.App.Work;

/// <summary>Order, filters, totals and pages of the list.</summary>
public sealed class WorkListTests
{
    private static readonly WorkFilter Finance = WorkFilter.All(WorkAudience.Finance);

    private static readonly Gen<WorkItem> AnItem =
        from kind in Gen.OneOfConst([.. WorkKinds.Of(WorkAudience.Finance)])
        from account in Gen.Int[1, 5]
        from id in Gen.Int[1, 40]
        from days in Gen.Int[0, 3]
        select WorkDesk.Item(kind, $"B{id}", $"A{account}", id * 10L, daysAgo: days);

    [Fact]
    public void All_pages_together_are_the_list() =>
        Gen.Select(AnItem.Array[0, 60], Gen.Int[1, 7])
            .Sample(
                (items, limit) =>
                {
                    var desk = new WorkDesk();
                    desk.Items.AddRange(items.DistinctBy(WorkCursor.Of));

                    var pages = desk.PagesAsync(Finance, limit).GetAwaiter().GetResult();
                    var whole = desk
                        .Read.RunAsync(Finance, null, null, CancellationToken.None)
                        .GetAwaiter()
                        .GetResult();

                    return pages.SelectMany(page => page.Items).Select(Name).SequenceEqual(whole.Items.Select(Name))
                        && whole.Items.Count == desk.Items.Count
                        && pages.All(page =>
                            page.Total == new WorkSum(desk.Items.Count, desk.Items.Sum(item => item.Cents!.Value.Cents))
                            && page.Totals.SequenceEqual(whole.Totals)
                        );
                },
                iter: 200
            );

    [Fact]
    public void What_stays_is_listed_once_whatever_comes_and_leaves_between_the_pages() =>
        Gen.Select(AnItem.Array[0, 60], Gen.Int[1, 7], Gen.Int[0, int.MaxValue])
            .Sample(
                (items, limit, seed) =>
                {
                    var (desk, random) = (new WorkDesk(), new Random(seed));
                    desk.Items.AddRange(items.DistinctBy(WorkCursor.Of));
                    var (stays, come) = (desk.Items.Select(WorkCursor.Of).ToHashSet(), 0);
                    void Meddle()
                    {
                        foreach (var gone in desk.Items.Where(_ => random.Next(4) == 0).ToList())
                        {
                            desk.Items.Remove(gone);
                            stays.Remove(WorkCursor.Of(gone));
                        }

                        if (come < 20)
                        {
                            desk.Items.Add(WorkDesk.Item(WorkKind.Blocked, $"new{come++}", daysAgo: random.Next(4)));
                        }
                    }

                    var listed = desk.PagesAsync(Finance, limit, Meddle)
                        .GetAwaiter()
                        .GetResult()
                        .SelectMany(page => page.Items)
                        .Select(Name)
                        .ToList();

                    return listed.Count == listed.Distinct().Count() && stays.Select(Name).All(listed.Contains);
                },
                iter: 200
            );

    [Fact]
    public async Task The_oldest_comes_first()
    {
        var desk = new WorkDesk();
        desk.Items.AddRange([
            WorkDesk.Item(WorkKind.Blocked, "young"),
            WorkDesk.Item(WorkKind.Review, "old", daysAgo: 9),
        ]);

        var items = (await desk.Read.RunAsync(Finance, null, 100, CancellationToken.None)).Items;

        Assert.Equal([("old", 9), ("young", 0)], items.Select(item => (item.Id, item.AgeDays)));
    }

    [Fact]
    public async Task A_filter_takes_what_fits_all_of_it_and_its_totals_are_those_of_the_filter()
    {
        var desk = new WorkDesk();
        desk.Items.AddRange([
            WorkDesk.Item(WorkKind.Blocked, "1", daysAgo: 7),
            WorkDesk.Item(WorkKind.Blocked, "2", daysAgo: 8),
            WorkDesk.Item(WorkKind.Review, "3", daysAgo: 8),
            WorkDesk.Item(WorkKind.Blocked, "4", daysAgo: 8, cycle: 2),
            WorkDesk.Item(WorkKind.Blocked, "5", daysAgo: 10),
        ]);
        var suspense = WorkDesk.Item(WorkKind.Suspense, "6") with { Cycles = [] };
        Assert.True(Finance.Takes(suspense, WorkDesk.Today));
        Assert.False((Finance with { Cycle = new CycleNumber(1) }).Takes(suspense, WorkDesk.Today));

        Assert.Equal(["5", "2", "3", "1"], await IdsAsync(Finance with { Cycle = new CycleNumber(1) }));
        Assert.Equal(["5", "2", "4", "3"], await IdsAsync(Finance with { OlderThanDays = 7 }));
        Assert.Equal(["3"], await IdsAsync(Finance with { Kinds = [WorkKind.Review] }));
        var page = await desk.Read.RunAsync(
            new WorkFilter(WorkAudience.Finance, [WorkKind.Blocked, WorkKind.Warning], new CycleNumber(1), 7),
            null,
            1,
            CancellationToken.None
        );
        Assert.Equal(("5", new WorkSum(2, 200)), (page.Items.Single().Id, page.Total));
        Assert.Equal([new WorkTotal(WorkKind.Blocked, 2, 200), new WorkTotal(WorkKind.Warning, 0, 0)], page.Totals);

        async Task<IEnumerable<string>> IdsAsync(WorkFilter filter) =>
            (await desk.Read.RunAsync(filter, null, 100, CancellationToken.None)).Items.Select(item => item.Id);
    }

    [Fact]
    public async Task Engineers_have_a_list_of_their_own()
    {
        var desk = new WorkDesk();
        desk.Items.Add(WorkDesk.Item(WorkKind.Blocked, "1"));

        Assert.Empty(
            (await desk.Read.RunAsync(WorkFilter.All(WorkAudience.Engineers), null, 100, CancellationToken.None)).Items
        );
        Assert.Equal(
            Enum.GetValues<WorkKind>().Order(),
            Enum.GetValues<WorkAudience>().SelectMany(WorkKinds.Of).Order()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("bnVsbA")]
    [InlineData("WyJhIiwiYiIsImMiLCJkIl0")]
    [InlineData("%%%")]
    public void What_is_no_cursor_is_none(string text) => Assert.Null(WorkCursor.Parse(text));

    [Fact]
    public void A_cursor_is_read_as_it_was_written() =>
        AnItem.Sample(item => WorkCursor.Parse(WorkCursor.Of(item).ToString()) == WorkCursor.Of(item));

    private static string Name(WorkEntry entry) => $"{entry.Account} {entry.Kind} {entry.Id} {entry.Since:yyyy-MM-dd}";

    private static string Name(WorkCursor place) => $"{place.Account} {place.Kind} {place.Id} {place.Since:yyyy-MM-dd}";
}
