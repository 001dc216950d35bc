using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>An import applied once more, as a new arrival.</summary>
[Trait("Layer", "L2")]
public sealed class RepeatImportTests
{
    private const string Account = "A1,1,west,on,cus_1,pm_1,,,";
    private const string Bill = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task Balances_that_came_before_their_account_are_compared_when_they_are_applied_again()
    {
        var early = await world.ImportAsync(ImportKind.Balances, "A1,B1,40.00,2020-01-13");
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, Bill);

        var again = await world.AgainAsync(early.Id);

        Assert.Equal(
            (ImportState.Done, 1, 0, 0),
            (again.State, again.Applied, again.UnknownAccounts, again.Findings.Count)
        );
        Assert.Equal("operator", Assert.Single(again.Repeats).By);
        Assert.Single(world.Ledger("A1").Warnings);
    }

    [Fact]
    public async Task What_is_known_changes_nothing_and_the_counts_are_those_of_the_last_time()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        var bills = await world.ImportAsync(
            ImportKind.Bills,
            Bill,
            Bill.Replace("B1,A1", "B1,A9", StringComparison.Ordinal)
        );
        var before = world.State;

        var again = await world.AgainAsync(bills.Id);

        Assert.Equal(before, world.State);
        Assert.Equal((0, 1, 0, 1), (again.Applied, again.Known, again.UnknownAccounts, again.Conflicts));
    }

    [Fact]
    public async Task An_accounts_file_takes_effect_again_after_a_wrong_one()
    {
        var right = await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(
            ImportKind.Accounts,
            Account
                .Replace("pm_1", "pm_wrong", StringComparison.Ordinal)
                .Replace(",on,", ",off,", StringComparison.Ordinal)
        );

        await world.AgainAsync(right.Id);

        Assert.Equal(("pm_1", true), (world.Ledger("A1").Enrolment!.PaymentMethod, world.Ledger("A1").AutopayIsOn));
    }

    [Fact]
    public async Task It_counts_from_the_request_and_not_from_when_the_file_came()
    {
        var on = await world.ImportAsync(ImportKind.Accounts, Account);
        var off = await world.ImportAsync(
            ImportKind.Accounts,
            Account.Replace(",on,", ",off,", StringComparison.Ordinal)
        );
        await world.SwitchAsync("A1", on: true);
        await world.SwitchAsync("A1", on: false);

        await world.AgainAsync(on.Id);
        Assert.True(world.Ledger("A1").AutopayIsOn);

        await world.AskAgainAsync(off.Id);
        await world.SwitchAsync("A1", on: false);
        await world.SwitchAsync("A1", on: true);
        await world.ApplyAsync(off.Id);
        Assert.True(world.Ledger("A1").AutopayIsOn);
    }

    [Fact]
    public async Task R23_A_file_that_says_what_the_last_one_said_does_not_undo_a_person()
    {
        var file = await world.ImportAsync(ImportKind.Accounts, Account);
        await world.SwitchAsync("A1", on: false);

        await world.AgainAsync(file.Id);

        Assert.False(world.Ledger("A1").AutopayIsOn);
    }

    [Fact]
    public async Task It_is_behind_whatever_arrived_before_the_request()
    {
        var first = await world.ImportAsync(ImportKind.Accounts, Account);
        var second = await world.SendAsync(
            ImportKind.Accounts,
            Account.Replace("pm_1", "pm_2", StringComparison.Ordinal)
        );
        await world.AskAgainAsync(first.Id);

        Assert.False(await world.ApplyAsync(first.Id));
        Assert.True(await world.ApplyAsync(second));
        Assert.Equal(first.Id, world.Queue.Imports[^1].ImportId);
        Assert.True(await world.ApplyAsync(first.Id));
    }

    [Fact]
    public async Task An_import_that_is_not_done_is_refused_and_one_that_nobody_knows_is_not_found()
    {
        var waiting = await world.SendAsync(ImportKind.Accounts, Account);

        await Assert.ThrowsAsync<RefusedException>(() => world.AskAgainAsync(waiting));
        Assert.Null(await world.AskAgainAsync("bills-unknown"));
    }

    [Fact]
    public async Task Sending_the_file_again_says_when_applying_it_again_would_help()
    {
        const string Balance = "A1,B1,40.00,2020-01-13";
        await world.ImportAsync(ImportKind.Balances, Balance);
        Assert.Contains(
            "1 rows were of unknown accounts",
            (await world.ReceiveAsync(ImportKind.Balances, Csv.File(ImportKind.Balances, Balance))).WhyAgain,
            StringComparison.Ordinal
        );
        await world.ImportAsync(ImportKind.Bills, Bill);
        Assert.Null((await world.ReceiveAsync(ImportKind.Bills, Csv.File(ImportKind.Bills, Bill))).WhyAgain);
    }

    [Fact]
    public async Task R23_An_accounts_file_with_the_bytes_of_an_earlier_one_takes_effect_again_when_another_came_in_between()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Accounts, Account.Replace(",on,", ",off,", StringComparison.Ordinal));
        Assert.False(world.Ledger("A1").AutopayIsOn);

        await world.ImportAsync(ImportKind.Accounts, Account);

        Assert.True(world.Ledger("A1").AutopayIsOn);
        Assert.True(
            (await world.ReceiveAsync(ImportKind.Accounts, Csv.File(ImportKind.Accounts, Account))).AlreadyImported
        );
    }

    // The worker that died in the first run comes back in the second one.
    [Fact]
    public async Task F27_a_worker_of_the_first_time_does_not_undo_what_came_between()
    {
        var first = await world.SendAsync(ImportKind.Accounts, Account);
        world.Fuse.Meanwhile(
            2,
            async () =>
            {
                await world.ApplyAsync(first);
                await world.ImportAsync(ImportKind.Accounts, Account.Replace("pm_1", "pm_2", StringComparison.Ordinal));
                await world.AskAgainAsync(first);
            }
        );

        await world.ApplyAsync(first);

        Assert.Equal("pm_2", world.Ledger("A1").Enrolment!.PaymentMethod);
        Assert.Equal(ImportState.Stored, (await world.RecordAsync(first)).State);
        Assert.True(await world.ApplyAsync(first));
        Assert.Equal("pm_1", world.Ledger("A1").Enrolment!.PaymentMethod);
    }
}
