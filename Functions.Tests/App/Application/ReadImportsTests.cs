using Autopay.Application.Importing;
using Autopay.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>The files that came in, a page at a time, the newest first.</summary>
public sealed class ReadImportsTests
{
    private readonly ImportWorld world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_newest_first_a_page_at_a_time_and_each_once()
    {
        var ids = await GivenFilesAsync();

        var first = await ReadAsync(null, null);
        var second = await ReadAsync(null, first.Next);
        var third = await ReadAsync(null, second.Next);

        Assert.Equal([ids[4], ids[3]], IdsOf(first));
        Assert.Equal([ids[2], ids[1]], IdsOf(second));
        Assert.Equal([ids[0]], IdsOf(third));
        Assert.Equal((5, 5, 5), (first.Total, second.Total, third.Total));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Of_one_kind_only_its_files_are_listed_and_a_full_last_page_is_the_last()
    {
        var ids = await GivenFilesAsync();

        var page = await ReadAsync(ImportKind.Payments, null);

        Assert.Equal([ids[4], ids[2]], IdsOf(page));
        Assert.Equal((2, null), (page.Total, page.Next));
    }

    [Fact]
    public async Task Whatever_the_filter_the_newest_of_each_kind_and_what_is_still_to_be_applied_is_told()
    {
        var ids = await GivenFilesAsync();

        var page = await ReadAsync(ImportKind.Balances, null);

        Assert.Empty(page.Imports);
        Assert.Equal([ids[3], ids[1], ids[4]], page.Newest.Select(import => import.Id));
        Assert.Equal(2, page.Unfinished);
    }

    // Two of each of two kinds and one of another; the last two are not applied yet.
    private async Task<IReadOnlyList<string>> GivenFilesAsync()
    {
        List<string> ids =
        [
            (await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,")).Id,
            (await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00")).Id,
            (await world.ImportAsync(ImportKind.Payments, "P1,A1,20.00,cash,,2020-01-10,")).Id,
            await world.SendAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_2,,,"),
            await world.SendAsync(ImportKind.Payments, "P2,A1,20.00,cash,,2020-01-10,"),
        ];
        return ids;
    }

    private Task<ImportPage> ReadAsync(ImportKind? kind, string? after) =>
        new ReadImports(world.Imports).RunAsync(kind, after, 2, Cancel);

    private static IEnumerable<string> IdsOf(ImportPage page) => page.Imports.Select(import => import.Id);
}
