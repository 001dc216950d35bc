using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Importing;

/// <summary>One bill, one account; one payment id over the city (R29); look-alike accounts (R30).</summary>
public sealed class R29R30WhoseRowTests
{
    private const string Bill = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private const string Theirs = "B1,A2,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R29_The_same_bill_of_another_account_is_not_taken_and_the_first_debit_waits_for_a_person()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, Bill);

        var second = await world.ImportAsync(ImportKind.Bills, Theirs);

        Assert.Equal((0, 1), (second.Applied, second.Conflicts));
        Assert.Empty(world.Ledger("A2").Bills);
        Assert.Equal(
            (DebitState.NeedsReview, ReviewCheck.Correction),
            (Debit("A1").State, Assert.Single(Debit("A1").Reviews))
        );
        Assert.StartsWith("the same bill B1 came for account A2", Debit("A1").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R29_Within_one_file_the_first_row_counts()
    {
        await GivenTwoAccountsAsync();

        var record = await world.ImportAsync(ImportKind.Bills, Bill, Theirs);

        Assert.Equal((1, 1), (record.Applied, record.Conflicts));
        Assert.Equal((1, 0), (world.Ledger("A1").Bills.Count, world.Ledger("A2").Bills.Count));
        Assert.Equal(DebitState.NeedsReview, Debit("A1").State);
    }

    [Fact]
    public async Task R29_The_same_file_again_asks_nobody_again()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, Bill, Theirs);
        await world.Decide.KeepAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);
        Assert.Equal(DebitState.Scheduled, Debit("A1").State);

        await world.ImportAsync(ImportKind.Bills, "", Bill, Theirs);

        Assert.Equal((DebitState.Scheduled, 0), (Debit("A1").State, world.Ledger("A1").Corrections.Count));
    }

    [Fact]
    public async Task R29_A_bill_that_is_moved_leaves_the_first_account_and_is_collected_from_the_second()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, Bill, Theirs);

        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal(
            (0, 5_000),
            (world.Ledger("A1").Bills[0].Open.Cents, Assert.Single(world.Ledger("A2").Bills).Open.Cents)
        );
        Assert.Equal((DebitState.Scheduled, DebitState.Scheduled), (Debit("A1").State, Debit("A2").State));
        await world.ImportAsync(ImportKind.Bills, "", Theirs);
        Assert.Empty(world.Ledger("A1").Corrections);
    }

    [Fact]
    public async Task R29_A_move_that_died_half_way_can_only_go_on()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, Bill, Theirs);
        world.Fuse.BlowAfter(1);
        await Assert.ThrowsAsync<KilledException>(() =>
            world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None)
        );
        world.Fuse.Mend();
        Assert.Equal((DebitState.NeedsReview, 1), (Debit("A1").State, world.Ledger("A2").Bills.Count));

        await Assert.ThrowsAsync<RefusedException>(() =>
            world.Decide.KeepAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None)
        );
        await world.Decide.TakeAsync(new AccountId("A1"), CorrectedItem.Bill, "B1", Finance, CancellationToken.None);

        Assert.Equal((0, 5_000), (world.Ledger("A1").Bills[0].Open.Cents, world.Ledger("A2").Bills[0].Open.Cents));
    }

    [Fact]
    public async Task R29_A_bill_that_waits_for_an_unknown_account_does_not_keep_it_from_the_one_that_is_known()
    {
        await world.ImportAsync(ImportKind.Bills, Theirs);
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        Assert.Equal(1, (await world.ImportAsync(ImportKind.Bills, Bill)).Applied);

        await world.ImportAsync(ImportKind.Accounts, "A2,1,west,on,cus_2,pm_2,,,");

        Assert.Empty(world.Ledger("A2").Bills);
        Assert.Contains("the same bill B1 came for account A2", Debit("A1").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R29_The_same_payment_id_of_another_account_is_not_posted_and_its_debits_wait_for_a_person()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, Bill, Theirs.Replace("B1", "B2", StringComparison.Ordinal));
        await world.ImportAsync(ImportKind.Payments, "P1,A1,20.00,cash,,2020-01-10,");

        var second = await world.ImportAsync(ImportKind.Payments, "P1,A2,20.00,cash,,2020-01-10,");

        Assert.Equal((0, 1), (second.Applied, second.Conflicts));
        Assert.Empty(world.Ledger("A2").Funds);
        Assert.Equal((DebitState.Scheduled, DebitState.NeedsReview), (Debit("A1").State, Debit("A2").State));
        Assert.StartsWith("the same payment P1 is of account A1", Debit("A2").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 5_000, 3_000)]
    [InlineData(false, 3_000, 5_000)]
    public async Task R29_A_payment_is_moved_or_kept_and_counts_once(bool move, long openOfFirst, long openOfSecond)
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Bills, Bill, Theirs.Replace("B1", "B2", StringComparison.Ordinal));
        await world.ImportAsync(ImportKind.Payments, "P1,A1,20.00,cash,,2020-01-10,", "P1,A2,20.00,cash,,2020-01-10,");

        await (
            move
                ? world.Decide.TakeAsync(
                    new AccountId("A2"),
                    CorrectedItem.Payment,
                    "P1",
                    Finance,
                    CancellationToken.None
                )
                : world.Decide.KeepAsync(
                    new AccountId("A2"),
                    CorrectedItem.Payment,
                    "P1",
                    Finance,
                    CancellationToken.None
                )
        );

        Assert.Equal(
            (openOfFirst, openOfSecond),
            (world.Ledger("A1").Bills[0].Open.Cents, world.Ledger("A2").Bills[0].Open.Cents)
        );
        Assert.Equal(DebitState.Scheduled, Debit("A2").State);
        await world.ImportAsync(ImportKind.Payments, "", "P1,A2,20.00,cash,,2020-01-10,");
        Assert.Empty(world.Ledger("A2").Corrections);
    }

    [Fact]
    public async Task R29_A_payment_that_is_in_suspense_under_another_number_is_moved_out_of_it()
    {
        await GivenTwoAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A9,20.00,cash,,2020-01-10,");
        await world.ImportAsync(ImportKind.Payments, "P1,A2,20.00,cash,,2020-01-10,");
        Assert.Empty(world.Ledger("A2").Funds);

        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);

        Assert.Equal(2_000, Assert.Single(world.Ledger("A2").Funds).Left.Cents);
        Assert.False(Assert.Single(world.Suspended).IsOpen);
    }

    [Theory]
    [InlineData("12345", "0012345")]
    [InlineData("0012345", "12345")]
    [InlineData("ab-1", "AB-1")]
    [InlineData("00AB-1", "ab-1")]
    public async Task R30_An_account_that_resembles_a_known_one_is_not_opened_and_its_row_names_it(
        string known,
        string lookAlike
    )
    {
        await world.ImportAsync(ImportKind.Accounts, $"{known},1,west,on,cus_1,pm_1,,,");

        var record = await world.ImportAsync(ImportKind.Accounts, $"{lookAlike},1,west,on,cus_1,pm_1,,,");

        Assert.Equal((0, 1), (record.Applied, record.SetAside));
        Assert.Contains($"resembles {known}", Assert.Single(record.Findings).Message, StringComparison.Ordinal);
        Assert.Equal(
            (WaitingFor.Person, lookAlike),
            (world.Waiting.Open.Single().For, world.Waiting.Open.Single().Account.Value)
        );
        Assert.Throws<InvalidOperationException>(() => world.Ledger(lookAlike));
    }

    [Fact]
    public async Task R30_Ids_that_differ_in_more_than_that_are_both_opened()
    {
        var record = await world.ImportAsync(
            ImportKind.Accounts,
            "12345,1,west,on,cus_1,pm_1,,,",
            "112345,1,west,on,cus_2,pm_2,,,",
            "0,1,west,on,cus_3,pm_3,,,"
        );
        Assert.Equal((3, 0), (record.Applied, record.SetAside));
    }

    [Fact]
    public async Task R30_A_person_may_say_that_it_is_another_account_and_then_it_opens_with_what_waited_for_it()
    {
        await world.ImportAsync(ImportKind.Accounts, "0012345,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Bills, Bill.Replace("A1", "12345", StringComparison.Ordinal));
        await world.ImportAsync(ImportKind.Accounts, "12345,1,west,on,cus_2,pm_2,,,");

        await world.DecideRow.ApplyAsync(world.Waiting.Open.Single().Id, null, Finance, CancellationToken.None);

        Assert.Equal(5_000, world.Ledger("12345").Bills[0].Open.Cents);
        await world.ImportAsync(ImportKind.Accounts, "12345,1,west,on,cus_2,pm_3,,,");
        Assert.Equal(("pm_3", 0), (world.Ledger("12345").Enrolment!.PaymentMethod, world.Waiting.Open.Count()));
    }

    private static Authority Finance => new("finance", "looked at it", default);

    private Debit Debit(string account) => Assert.Single(world.Ledger(account).Debits);

    private async Task GivenTwoAccountsAsync() =>
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");
}
