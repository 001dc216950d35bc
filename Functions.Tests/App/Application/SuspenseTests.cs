using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>
/// Money in suspense reaches one account or none, whoever dies in between and whatever files say later (R13, R5).
/// </summary>
[Trait("Layer", "L2")]
public sealed class SuspenseTests
{
    private const string Stray = "P1,A9,20.00,check,D1,2020-01-10,";
    private readonly ImportWorld world = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_kill_within_an_assignment_loses_no_payment(int write)
    {
        await GivenAsync(Stray);
        world.Fuse.BlowAfter(write);
        await Assert.ThrowsAsync<KilledException>(() => world.AssignAsync("P1", "A1"));
        world.Fuse.Mend();
        Assert.Equal(write < 3, Waiting().IsOpen);

        await world.Assign.FinishAllAsync(CancellationToken.None);

        Assert.False(Waiting().IsOpen);
        Assert.Equal(20_00, Assert.Single(world.Ledger("A1").Funds).Amount.Cents);
    }

    // Whoever marks it first has it; the other one is refused, wherever the first one stands.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Two_assignments_at_the_same_time_give_it_to_one_account(int write)
    {
        await GivenAsync(Stray);
        world.Fuse.Meanwhile(write, async () => await Record.ExceptionAsync(() => world.AssignAsync("P1", "A2")));

        await Record.ExceptionAsync(() => world.AssignAsync("P1", "A1"));
        await world.Assign.FinishAllAsync(CancellationToken.None);

        var holder = Waiting().AssignedTo!.Value.Value;
        Assert.Equal(write == 1 ? "A2" : "A1", holder);
        Assert.Single(world.Ledger(holder).Funds);
        Assert.Empty(world.Ledger(holder == "A1" ? "A2" : "A1").Funds);
    }

    [Fact]
    public async Task An_account_that_has_another_payment_of_this_id_does_not_get_it_and_it_is_open_again()
    {
        await GivenAsync("P1,A1,7.00,cash,D1,2020-01-10,");
        var other = new SuspensePayment(
            world.Ledger("A1").Funds[0] with
            {
                Amount = new Money(9_00),
            },
            "A9",
            "an old import",
            2,
            default
        );
        await world.Suspense.PutAsync(other, CancellationToken.None);

        await Assert.ThrowsAsync<RefusedException>(() => world.AssignAsync("P1", "A1"));
        Assert.Null(Waiting().AssignedTo);

        Assert.NotNull(await world.AssignAsync("P1", "A2"));
    }

    [Fact]
    public async Task R29_A_payment_id_of_two_unknown_accounts_is_in_suspense_once_and_the_second_row_waits_for_a_person()
    {
        await GivenAsync(Stray, "P1,A8,30.00,check,D1,2020-01-10,");

        Assert.Equal("A9", Assert.Single(world.Suspended).NamedAccount);
        var row = Assert.Single(world.Waiting.Open);
        Assert.Equal(("A8", 30_00, WaitingFor.Person), (row.Account.Value, row.Cents.Cents, row.For));
        Assert.Contains("payment P1 is of account A9", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reversal_of_a_payment_in_suspense_takes_it_out_and_it_can_not_be_assigned()
    {
        await GivenAsync(Stray);

        var record = await world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced");

        Assert.Equal((1, 0, 0), (record.Applied, record.UnknownAccounts, record.Conflicts));
        Assert.Equal((false, "bounced"), (Waiting().IsOpen, Waiting().ReversedBy!.Why));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => world.AssignAsync("P1", "A1"));
        Assert.Contains("bounced", refused.Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), await world.AgainAsync(record.Id) is var again ? (again.Applied, again.Known) : default);
    }

    [Fact]
    public async Task A_reversal_of_a_payment_that_was_assigned_goes_to_the_account_that_has_it()
    {
        await GivenAsync(Stray);
        await world.AssignAsync("P1", "A1");

        var record = await world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced");

        Assert.Equal((1, 0), (record.Applied, record.UnknownAccounts));
        Assert.Equal(
            (0, 20_00),
            Assert.Single(world.Ledger("A1").Funds) is var funds ? (funds.Left.Cents, funds.Reversed.Cents) : default
        );
    }

    [Fact]
    public async Task A_reversal_between_the_mark_and_the_posting_of_an_assignment_counts_once()
    {
        await GivenAsync(Stray);
        world.Fuse.Meanwhile(2, () => world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced"));

        await world.AssignAsync("P1", "A1");

        Assert.Equal(
            (0, 20_00),
            Assert.Single(world.Ledger("A1").Funds) is var funds ? (funds.Left.Cents, funds.Reversed.Cents) : default
        );
        Assert.True(Waiting().IsPosted);
    }

    [Fact]
    public async Task A_payments_file_applied_again_changes_nothing_once_the_account_has_its_payment()
    {
        var payments = await GivenAsync(Stray);
        await world.ImportAsync(ImportKind.Accounts, "A9,1,west,on,cus_9,pm_9,,,");
        Assert.Single(world.Ledger("A9").Funds);

        Assert.Equal(
            (0, 1, 0),
            await world.AgainAsync(payments) is var record
                ? (record.Applied, record.Known, record.UnknownAccounts)
                : default
        );

        Assert.Equal(("A9", false), (Waiting().AssignedTo!.Value.Value, Waiting().IsOpen));
        Assert.Single(world.Ledger("A9").Funds);
    }

    [Fact]
    public async Task A_payment_that_was_assigned_to_another_account_or_reversed_is_not_posted_by_a_file()
    {
        var payments = await GivenAsync(Stray, "P2,A9,5.00,cash,D1,2020-01-10,");
        await world.AssignAsync("P1", "A1");
        await world.ImportAsync(ImportKind.PaymentReversals, "P2,A9,bounced");
        await world.ImportAsync(ImportKind.Accounts, "A9,1,west,on,cus_9,pm_9,,,");

        var record = await world.AgainAsync(payments);

        Assert.Equal((0, 2), (record.Applied, record.Conflicts));
        Assert.Empty(world.Ledger("A9").Funds);
    }

    private async Task<string> GivenAsync(params string[] payments)
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");
        return (await world.ImportAsync(ImportKind.Payments, payments)).Id;
    }

    private SuspensePayment Waiting() => world.Suspended.First(waiting => waiting.Payment.Id.Value == "P1");
}
