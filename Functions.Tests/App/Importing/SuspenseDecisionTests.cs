using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>What a person decides about money in suspense, and what files say of it meanwhile (R5, R13, R33).</summary>
public sealed class SuspenseDecisionTests
{
    private const string Stray = "P1,A9,20.00,check,D1,2020-01-10,";
    private static readonly Authority Ann = new("ann", "no money of ours", DateTimeOffset.UnixEpoch);
    private readonly ImportWorld world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_no_money_of_the_utility_s_leaves_suspense_once_and_no_account_gets_it()
    {
        await GivenAsync(Stray);

        Assert.True(await DiscardAsync("P1"));
        Assert.True(await DiscardAsync("P1", Ann with { Why = "again" }));
        Assert.False(await DiscardAsync("P7"));

        Assert.Equal(("discarded: no money of ours", false), (Waiting().ReversedBy?.Why, Waiting().IsOpen));
        await Assert.ThrowsAsync<RefusedException>(() => world.AssignAsync("P1", "A1"));
    }

    [Fact]
    public async Task What_an_account_has_is_reversed_there_and_not_discarded()
    {
        await GivenAsync(Stray);
        Assert.NotNull(await world.AssignAsync("P1", "A1"));
        Assert.NotNull(await world.AssignAsync("P1", "A1"));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => DiscardAsync("P1"));

        Assert.Equal("Payment P1 was assigned to account A1: reverse it there.", refused.Message);
        Assert.Single(world.Ledger("A1").Funds);
    }

    [Fact]
    public async Task Of_two_payments_of_one_id_it_is_asked_which_is_meant()
    {
        await GivenAsync(Stray);
        var first = Waiting();
        await world.Suspense.PutAsync(first with { NamedAccount = "A8" }, Cancel);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.AssignAsync("P1", "A1"));
        Assert.StartsWith("Payment P1 is in suspense for accounts A9 and A8", refused.Message);
        var posted = await world.Assign.RunAsync(new PaymentId("P1"), "A8", new AccountId("A1"), Ann, Cancel);

        Assert.NotNull(posted);
        Assert.Equal([true, false], world.Suspended.Select(waiting => waiting.IsOpen));
        Assert.Null(await world.Assign.RunAsync(new PaymentId("P7"), null, new AccountId("A1"), Ann, Cancel));
        Assert.Null(await world.Assign.RunAsync(new PaymentId("P1"), "A7", new AccountId("A1"), Ann, Cancel));
    }

    [Fact]
    public async Task Other_content_under_the_same_id_leaves_what_is_in_suspense_as_it_is()
    {
        await GivenAsync(Stray);
        await world.ImportAsync(ImportKind.Accounts, "A9,1,west,on,cus_9,pm_9,,,");

        var other = await world.ImportAsync(ImportKind.Payments, "P1,A9,21.00,check,D1,2020-01-10,");

        Assert.Equal((0, 1), (other.Applied, other.Conflicts + other.Waiting));
        Assert.DoesNotContain(world.Ledger("A9").Funds, funds => funds.Amount.Cents == 21_00);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_check_that_bounces_while_its_payment_is_being_assigned_counts_nowhere(int write)
    {
        await GivenAsync(Stray);
        world.Fuse.BlowAfter(write);
        await Assert.ThrowsAsync<KilledException>(() => world.AssignAsync("P1", "A1"));
        world.Fuse.Mend();

        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced");
        await world.Assign.FinishAllAsync(Cancel);

        Assert.False(Waiting().IsOpen);
        Assert.True(world.Ledger("A1").Credit.IsZero);
    }

    private Task<bool> DiscardAsync(string payment, Authority? by = null) =>
        world.Assign.DiscardAsync(new PaymentId(payment), null, by ?? Ann, Cancel);

    private async Task GivenAsync(params string[] payments)
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");
        await world.ImportAsync(ImportKind.Payments, payments);
    }

    private SuspensePayment Waiting() => world.Suspended.First(waiting => waiting.Payment.Id.Value == "P1");
}
