using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>R33: what waits is applied to its own account, in the order of its days, and by a person once.</summary>
public sealed class WaitingEdgesTests
{
    private const string Account = "A1,1,west,on,cus_1,pm_1,,,";
    private const string Other = "A2,1,west,on,cus_2,pm_2,,,";
    private static readonly Authority Ann = new("ann", "asked the customer", DateTimeOffset.UnixEpoch);
    private readonly ImportWorld world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waited_for_an_account_is_applied_by_the_days_of_the_bills_and_the_money()
    {
        await world.ImportAsync(
            ImportKind.Bills,
            "B2,A1,1,2020-02-05,2020-02-19,2020-02-26,30.00,50.00,80.00",
            "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00"
        );
        await world.ImportAsync(
            ImportKind.Payments,
            "P2,A1,5.00,check,D1,2020-01-11,",
            "P1,A1,20.00,cash,D1,2020-01-10,"
        );

        await world.ImportAsync(ImportKind.Accounts, Account);

        var ledger = world.Ledger("A1");
        Assert.Equal(["B1", "B2"], ledger.Bills.Select(bill => bill.Id.Value));
        Assert.Equal(["P2", "P1"], ledger.Funds.Select(funds => funds.Id.Value));
        Assert.All(ledger.Funds, funds => Assert.True(funds.PostedOn > funds.ReceivedOn));
        Assert.Equal((25_00, 30_00), (ledger.Bills[0].Open.Cents, ledger.Bills[1].Open.Cents));
        Assert.All(world.Suspended, waiting => Assert.True(waiting.IsPosted));
    }

    [Fact]
    public async Task A_reversal_that_came_first_waits_for_its_own_payment_and_no_other_account_s()
    {
        await world.ImportAsync(ImportKind.Accounts, Account, Other);
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced", "P2,A2,bounced");
        Assert.Equal(2, world.Waiting.Open.Count());

        var other = await world.ImportAsync(ImportKind.Payments, "P7,A1,7.00,cash,D1,2020-01-10,");
        Assert.Equal((1, 0, 2), (other.Applied, other.Conflicts, world.Waiting.Open.Count()));
        await world.ImportAsync(ImportKind.Payments, "P1,A1,20.00,cash,D1,2020-01-10,");

        Assert.Equal("P2", Assert.Single(world.Waiting.Open).RowId);
        Assert.Equal(7_00, world.Ledger("A1").Credit.Cents);
        Assert.True(world.Ledger("A2").Credit.IsZero);
    }

    [Fact]
    public async Task A_payment_that_a_person_assigns_is_followed_by_the_reversal_that_waited_for_it()
    {
        await world.ImportAsync(ImportKind.Accounts, Account, Other);
        await world.ImportAsync(
            ImportKind.Payments,
            "P1,A9,20.00,check,D1,2020-01-10,",
            "P2,A9,3.00,check,D1,2020-01-10,"
        );
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced", "P5,A1,bounced");

        var posted = (await world.AssignAsync("P1", "A1"))!;

        Assert.True(posted.Entry.Ledger.Credit.IsZero);
        Assert.Equal(world.Ledger("A1"), posted.Entry.Ledger);
        Assert.Equal("P5", Assert.Single(world.Waiting.Open).RowId);

        var second = (await world.AssignAsync("P2", "A1"))!;
        Assert.Equal(3_00, second.Entry.Ledger.Credit.Cents);
    }

    [Fact]
    public async Task A_row_is_discarded_once_and_one_that_nobody_knows_never()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");
        var row = Assert.Single(world.Waiting.Open).Id;

        Assert.False(await world.DecideRow.DiscardAsync("nobody", Ann, Cancel));
        Assert.True(await world.DecideRow.DiscardAsync(row, Ann, Cancel));
        await Assert.ThrowsAsync<RefusedException>(() => world.DecideRow.DiscardAsync(row, Ann, Cancel));

        Assert.Null(await world.DecideRow.ApplyAsync("nobody", null, Ann, Cancel));
    }

    [Fact]
    public async Task Everything_that_waited_for_a_payment_ends_with_it()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Payments, "P1,A9,20.00,check,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,stopped by the bank");
        Assert.Equal(2, world.Waiting.Open.Count());

        await world.AssignAsync("P1", "A1");

        Assert.Empty(world.Waiting.Open);
        Assert.True(world.Ledger("A1").Credit.IsZero);
    }

    [Fact]
    public async Task Bills_of_one_day_are_opened_as_they_came()
    {
        await world.ImportAsync(
            ImportKind.Bills,
            "B9,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00",
            "B7,A1,1,2020-01-08,2020-01-22,2020-01-29,20.00,50.00,70.00"
        );
        world.Wait(TimeSpan.FromHours(1));
        await world.ImportAsync(ImportKind.Bills, "B8,A1,1,2020-01-08,2020-01-22,2020-01-29,10.00,70.00,80.00");

        await world.ImportAsync(ImportKind.Accounts, Account);

        Assert.Equal(["B9", "B7", "B8"], world.Ledger("A1").Bills.Select(bill => bill.Id.Value));
    }

    [Fact]
    public async Task A_person_opens_an_account_beside_the_one_that_it_resembles_with_all_that_waited_for_it()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, "B1,0A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        await world.ImportAsync(ImportKind.Payments, "P1,0A1,20.00,check,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.Accounts, "0A1,1,west,on,cus_2,pm_2,,,");
        var row = world.Waiting.Open.Single(it => it.Content.Enrolment is not null);

        await Assert.ThrowsAsync<RefusedException>(() =>
            world.DecideRow.ApplyAsync(row.Id, new AccountId("A1"), Ann, Cancel)
        );
        Assert.NotNull(await world.DecideRow.ApplyAsync(row.Id, row.Account, Ann, Cancel));

        Assert.Equal(30_00, Assert.Single(world.Ledger("0A1").Bills).Open.Cents);
        Assert.All(world.Suspended, waiting => Assert.True(waiting.IsPosted));
        Assert.Equal(0, world.Waiting.Bills);
    }
}
