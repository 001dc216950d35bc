using Autopay.Application.Work;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Work;

/// <summary>
/// What files leave for a person is on the work list, with its ways out, until that person has decided.
/// </summary>
public sealed class WorkOfImportsTests
{
    private const string Bill = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private const string OtherNumbers = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,80.00,0.00,80.00";
    private const string OtherAccount = "B1,A2,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private static readonly Authority Finance = new(
        "finance",
        "looked at",
        new DateTimeOffset(2020, 1, 20, 12, 0, 0, TimeSpan.Zero)
    );
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R31_A_correction_is_listed_once_with_its_cents_and_leaves_when_it_is_taken()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, OtherNumbers);

        var item = Assert.Single(await ListAsync());
        Assert.Equal(
            (WorkKind.Correction, "B1", 8_000L, 1),
            (item.Kind, item.Bill!.Value.Value, item.Cents, item.Cycles.Single().Value)
        );
        Assert.Contains("charges 80.00", item.Reason, StringComparison.Ordinal);
        Assert.Equal(
            ["/api/accounts/A1/corrections/bill/B1/take", "/api/accounts/A1/corrections/bill/B1/keep"],
            item.Actions.Select(way => way.Path)
        );

        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task R29_The_same_bill_of_two_accounts_is_a_conflict_until_one_keeps_it()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Bills, OtherAccount);

        Assert.Equal(WorkKind.Conflict, Assert.Single(await ListAsync()).Kind);

        await world.Decide.KeepAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task R33_A_row_that_came_too_early_is_listed_until_what_it_names_comes()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B9,-5.00,leak");

        var item = Assert.Single(await ListAsync());
        Assert.Equal((WorkKind.WaitingRow, "B9", "A1"), (item.Kind, item.Bill!.Value.Value, item.Account!.Value.Value));
        Assert.Equal($"/api/waiting/{item.Id}/discard", item.Actions[0].Path);

        await world.ImportAsync(ImportKind.Bills, "B9,A1,1,2020-01-08,2020-01-22,2020-01-29,51.00,50.00,101.00");
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task R30_An_account_that_looks_like_another_waits_for_a_persons_word()
    {
        await GivenAsync();
        await world.ImportAsync(ImportKind.Accounts, "a1,1,west,on,cus_9,pm_9,,,");

        var item = Assert.Single(await ListAsync());
        Assert.Equal((WorkKind.SetAside, "a1"), (item.Kind, item.Account!.Value.Value));
        Assert.Equal(
            [$"/api/waiting/{item.Id}/discard", $"/api/waiting/{item.Id}/apply"],
            item.Actions.Select(way => way.Path)
        );

        Assert.True(await world.DecideRow.DiscardAsync(item.Id, Finance, CancellationToken.None));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task R26_A_clear_that_waits_names_the_files_and_leaves_when_they_are_in()
    {
        await GivenAsync();
        var file = await world.SendAsync(ImportKind.Payments, "P1,A1,50.00,check,D1,2020-01-10,");
        await world.ClearAsync(1);

        var item = Assert.Single(await ListAsync());
        Assert.Equal((WorkKind.Clearing, 1, file), (item.Kind, item.Cycles.Single().Value, item.Import));
        Assert.Equal(
            [$"/api/imports/{file}", $"/api/imports/{file}/set-aside", "/api/cycles/1/backlog"],
            item.Actions.Select(way => way.Path)
        );

        await world.ApplyAsync(file);
        Assert.Empty(await ListAsync());
    }

    private async Task GivenAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");
        await world.ImportAsync(ImportKind.Bills, Bill);
    }

    private async Task<IReadOnlyList<WorkEntry>> ListAsync() =>
        (await world.Work.RunAsync(WorkFilter.All(WorkAudience.Finance), null, null, CancellationToken.None)).Items;
}
