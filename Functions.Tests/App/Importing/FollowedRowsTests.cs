using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Importing;

/// <summary>R33: a row that waited follows what it names, and nothing else.</summary>
public sealed class FollowedRowsTests
{
    private const string Stray = "P1,A9,20.00,check,D1,2020-01-10,";
    private readonly ImportWorld world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task GivenAccountsAsync() =>
        world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");

    private SuspensePayment Waiting() => world.Suspended.Single(waiting => waiting.Payment.Id.Value == "P1");

    [Fact]
    public async Task R33_Each_row_that_waits_follows_what_it_names_and_nothing_else()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.PaymentReversals, "P7,A1,bounced", "P8,A2,bounced");
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B7,-5.00,leak");

        await world.ImportAsync(ImportKind.Payments, "P1,A1,20.00,check,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00");
        Assert.Equal(3, world.Waiting.Open.Count());

        await world.ImportAsync(ImportKind.Payments, "P7,A9,20.00,check,D1,2020-01-10,");
        await world.AssignAsync("P7", "A1");
        Assert.Equal(["J1", "P8"], world.Waiting.Open.Select(row => row.RowId).Order(StringComparer.Ordinal));
        Assert.Equal(20_00, world.Ledger("A1").Funds.Sum(funds => funds.Reversed).Cents);
    }

    [Fact]
    public async Task R33_Money_of_an_account_that_nobody_knows_is_reversed_by_its_own_reversal_alone()
    {
        await world.ImportAsync(ImportKind.PaymentReversals, "P7,A9,bounced");
        await world.ImportAsync(ImportKind.Payments, Stray);
        Assert.True(Waiting().IsOpen);

        await world.ImportAsync(ImportKind.Payments, "P7,A9,5.00,cash,D1,2020-01-10,");

        Assert.Equal(["P1"], world.Suspended.Where(it => it.IsOpen).Select(it => it.Payment.Id.Value));
        Assert.Empty(world.Waiting.Open);
    }

    [Fact]
    public async Task R33_A_row_of_another_account_that_names_the_same_payment_goes_on_waiting()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Stray);
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A2,bounced");

        await world.AssignAsync("P1", "A1");

        Assert.Equal("A2", Assert.Single(world.Waiting.Open).Account.Value);
        Assert.Equal(20_00, world.Ledger("A1").Credit.Cents);
    }

    [Fact]
    public async Task R33_Who_decides_about_an_account_that_is_not_there_hears_that_there_is_none()
    {
        Assert.Null(
            await world.Decide.TakeAsync(new AccountId("A7"), CorrectedItem.Bill, "B1", world.Later("clerk"), Cancel)
        );
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A7,B7,-5.00,leak");
        var row = Assert.Single(world.Waiting.Open);
        Assert.Null(await world.DecideRow.ApplyAsync(row.Id, null, world.Later("clerk"), Cancel));
    }

    // Dead after the account's ledger was saved: it is opened once, with what was done to it meanwhile.
    [Fact]
    public async Task R30_A_look_alike_that_is_opened_again_after_a_kill_keeps_what_it_has()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Accounts, "a1,1,west,on,cus_2,pm_2,,,");
        var row = Assert.Single(world.Waiting.Open);
        world.Fuse.BlowAfter(1);
        await Assert.ThrowsAsync<KilledException>(() =>
            world.DecideRow.ApplyAsync(row.Id, null, world.Later("clerk"), Cancel)
        );
        world.Fuse.Mend();
        await world.ImportAsync(ImportKind.Payments, "P1,a1,20.00,check,D1,2020-01-10,");

        Assert.NotNull(await world.DecideRow.ApplyAsync(row.Id, null, world.Later("clerk"), Cancel));

        Assert.Equal(20_00, world.Ledger("a1").Credit.Cents);
        Assert.Empty(world.Waiting.Open);
    }

    // Of two adjustments that have waited the second one is refused: it goes on waiting, and the first one counts.
    [Fact]
    public async Task R33_What_is_refused_goes_on_waiting_and_the_answer_is_of_what_was_applied()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B1,-5.00,leak", "J2,A1,B1,-5.00,leak");
        var bill = Csv.File(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,55.00");
        var receipt = await world.ReceiveAsync(ImportKind.Bills, bill, new ImportOptions { SetsAside = true });
        Assert.True(await world.ApplyAsync(receipt.Import!.Id));
        var row = world.Waiting.Open.Single(it => it.For == WaitingFor.Person);
        var saves = 0;
        world.Failing.WhyNotSaved = _ => ++saves > 2 ? new RefusedException("not now") : null;

        var applied = await world.DecideRow.ApplyAsync(row.Id, null, world.Later("clerk"), Cancel);

        Assert.Equal(45_00, Assert.Single(applied!.Entry.Ledger.Bills).Open.Cents);
        Assert.Equal(WaitingFor.Bill, Assert.Single(world.Waiting.Open).For);
    }
}
