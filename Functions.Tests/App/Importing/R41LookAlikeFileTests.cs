using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>R41: a bills file that comes again under other ids is one sentence of its import.</summary>
public sealed class R41LookAlikeFileTests
{
    private readonly ImportWorld world = new();

    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(9, 0, false)]
    [InlineData(10, 10, true)]
    [InlineData(10, 11, false)]
    public async Task R41_The_import_says_so_when_at_least_ten_and_half_of_its_rows_look_like_known_ones(
        int again,
        int others,
        bool says
    )
    {
        await GivenAsync(again + others);
        await world.ImportAsync(ImportKind.Bills, [.. Numbers(again).Select(number => Bill("B", number))]);

        var record = await world.ImportAsync(
            ImportKind.Bills,
            [.. Numbers(again + others).Select(number => Bill("N", number))]
        );

        Assert.Equal((again, again + others), (record.LookAlikes, record.Applied));
        Assert.Equal(says ? [Sentence(again, again + others)] : [], record.Findings);
    }

    [Fact]
    public async Task R41_The_first_example_is_that_of_the_first_line()
    {
        await GivenAsync(12);
        await world.ImportAsync(ImportKind.Bills, [.. Numbers(12).Select(number => Bill("B", number))]);

        var record = await world.ImportAsync(
            ImportKind.Bills,
            [.. Numbers(12).Reverse().Select(number => Bill("N", number))]
        );

        Assert.Equal((2, "N12"), (record.FirstLookAlike!.Line, record.FirstLookAlike.Id));
        Assert.Single(record.Findings);
    }

    [Fact]
    public async Task R41_Applied_again_it_counts_nothing_twice()
    {
        await GivenAsync(10);
        await world.ImportAsync(ImportKind.Bills, [.. Numbers(10).Select(number => Bill("B", number))]);
        var rows = Numbers(10).Select(number => Bill("N", number)).ToArray();
        var first = await world.ImportAsync(ImportKind.Bills, rows);

        var second = await world.ImportAsync(ImportKind.Bills, ["", .. rows]);

        Assert.Equal((10, 0), (first.LookAlikes, second.LookAlikes));
        Assert.Empty(second.Findings);
    }

    [Fact]
    public async Task R41_Within_one_file_the_second_of_two_is_the_one_that_waits()
    {
        await GivenAsync(1);

        var record = await world.ImportAsync(ImportKind.Bills, Bill("B", 1), Bill("N", 1));

        Assert.Equal(1, record.LookAlikes);
        Assert.Equal(
            [("A1-1-0001", DebitState.Scheduled), ("A1-1-0002", DebitState.NeedsReview)],
            world.Ledger("A1").Debits.Select(debit => (debit.Id.Value, debit.State))
        );
    }

    private static ImportFinding Sentence(int again, int rows) =>
        new(
            0,
            "A1",
            "N1",
            $"{again} of {rows} bills look like bills that are known under other numbers, as if a file had come again; "
                + "the first is on line 2: looks like bill B1 under another number: 1.00 due 2020-01-22. They wait for "
                + "a person; skip-look-alikes leaves out all of them"
        )
        {
            ToAct = true,
        };

    private Task<ImportRecord> GivenAsync(int accounts) =>
        world.ImportAsync(
            ImportKind.Accounts,
            [.. Numbers(accounts).Select(number => $"A{number},1,west,on,cus_{number},pm_{number},,,")]
        );

    private static IEnumerable<int> Numbers(int most) => Enumerable.Range(1, most);

    private static string Bill(string prefix, int number) =>
        $"{prefix}{number},A{number},1,2020-01-08,2020-01-22,2020-01-29,{number}.00,0.00,{number}.00";
}
