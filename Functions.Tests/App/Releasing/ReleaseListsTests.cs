using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.App.Releasing.PlanDesk;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Releasing;

/// <summary>Which plans and which of their lines are shown, in what order, and what is said of who has prepared them.
/// </summary>
public sealed class ReleaseListsTests
{
    private static readonly Sealing AtOnce = new(0, null, null, null);

    [Fact]
    public async Task Plans_are_chosen_by_where_they_are()
    {
        var desk = await OfAsync(Cleared());
        await desk.SealAsync((await desk.PlanAsync()).Id);
        await desk.PlanAsync();
        await desk.SealAsync((await desk.PlanAsync()).Id);
        await desk.AskAsync();

        Assert.Equal(["R-3", "R-1"], await ListedAsync(desk, ReleaseStep.Sealed));
        Assert.Equal(["R-2"], await ListedAsync(desk, ReleaseStep.Draft));
        Assert.Equal(["R-4", "R-3", "R-2", "R-1"], await ListedAsync(desk, null));
    }

    [Theory]
    [InlineData(LineOrder.Account)]
    [InlineData(LineOrder.Amount)]
    public async Task Lines_of_one_amount_stand_by_account_and_by_debit(LineOrder order)
    {
        var two = GivenAnAccount(account: "10-0002", releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 5_000)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["feb"])
            .On("2020-01-23", "07:00")
            .WhenFinanceClears(1);
        var desk = await OfAsync(two, Cleared("10-0003"), Cleared("10-0001"));
        await desk.PlanAsync();

        var page = await desk.Read.ReadLinesAsync("R-1", default, order, (null, null), Cancel);

        Assert.Equal(
            ["10-0001-1-0001", "10-0002-1-0001", "10-0002-1-0002", "10-0003-1-0001"],
            page!.Lines.Select(line => line.Debit.Value)
        );
    }

    [Fact]
    public async Task The_first_ones_of_a_release_stand_still_like_any_other()
    {
        var desk = await OfAsync(Cleared(), Cleared("10-0002"));
        await desk.ReleaseAsync(new Sealing(1, null, null, null));

        desk.On("2020-01-23", "07:02");

        Assert.Equal(At("2020-01-23", "07:00").Utc, (await desk.ViewAsync("R-1")).StillSince);
    }

    // What is paid is a line of its bucket, and no debit of a wave.
    [Fact]
    public async Task A_bucket_in_which_not_every_line_goes_to_the_bank_has_its_waves_too()
    {
        var first = Cleared();
        var paid = Enumerable
            .Range(2, 200)
            .Select(number => $"10-{number:0000}")
            .First(id => Bucket.Of(new AccountId(id)) == Bucket.Of(first.Ledger.Id));
        var desk = await OfAsync(first, Cleared(paid).WhenAPaymentIsPosted("p", 5_000, "jan"));

        await desk.ReleaseAsync();

        Assert.NotNull((await desk.LineAsync("R-1", first)).Wave);
        Assert.Single(await desk.GrantsAsync(first));
    }

    // The clear has released nothing of a due date that another hold still kept.
    [Theory]
    [InlineData(DeferralAction.Hold, "jan", "jan", true)]
    [InlineData(DeferralAction.Hold, "feb", "feb", true)]
    [InlineData(DeferralAction.Hold, "mar", "mar", false)]
    [InlineData(DeferralAction.Merge, "jan", "jan", false)]
    public async Task Who_withdrew_a_hold_that_kept_any_of_it_has_prepared_it(
        DeferralAction action,
        string from,
        string to,
        bool prepares
    )
    {
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("feb", 6_000)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["feb"])
            .On("2020-01-23", "07:00")
            .WhenFinanceClears(1);
        var desk = await OfAsync(account);
        await desk.ChangeAsync(
            new DeferralDeclared(new("other"), [One], Day(Due[from]), Day(Due[to]), action, null),
            Bob
        );
        await desk.ChangeAsync(new DeferralWithdrawn(new("other")), "city|cem");

        var plan = await desk.PlanAsync();
        var preparers = (await desk.SealAsync(plan.Id, AtOnce))!.Terms!.PreparedBy;

        Assert.Equal(prepares, preparers!.Contains("city|cem"));
    }

    private static async Task<IEnumerable<string>> ListedAsync(PlanDesk desk, ReleaseStep? step) =>
        (await desk.Read.ListAsync((null, step), (null, 9), Cancel)).Views.Select(view => view.Plan.Id);
}
