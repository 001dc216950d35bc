using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>Imports of all kinds run in order of arrival, whichever message comes first.</summary>
[Trait("Layer", "L2")]
public sealed class ImportOrderTests
{
    private const string Account = "A1,1,west,on,cus_1,pm_1,,,";
    private const string Bill = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private readonly ImportWorld world = new();

    [Fact]
    public async Task Bills_wait_for_the_accounts_file_that_came_before_them()
    {
        var accounts = await world.SendAsync(ImportKind.Accounts, Account);
        var bills = await world.SendAsync(ImportKind.Bills, Bill);

        Assert.False(await world.ApplyAsync(bills));
        Assert.True(await world.ApplyAsync(accounts));
        Assert.Equal(bills, world.Queue.Imports[^1].ImportId);
        Assert.True(await world.ApplyAsync(bills));

        Assert.Equal(
            (1, 0),
            await world.RecordAsync(bills) is var done ? (done.Applied, done.UnknownAccounts) : default
        );
    }

    [Fact]
    public async Task A_corrected_accounts_file_is_applied_after_the_one_that_it_corrects()
    {
        var wrong = await world.SendAsync(ImportKind.Accounts, Account);
        var corrected = await world.SendAsync(
            ImportKind.Accounts,
            Account.Replace(",on,", ",off,", StringComparison.Ordinal)
        );

        Assert.False(await world.ApplyAsync(corrected));
        await world.ApplyAsync(wrong);
        await world.ApplyAsync(corrected);

        Assert.False(world.Ledger("A1").AutopayIsOn);
    }

    [Fact]
    public async Task When_one_is_done_the_oldest_that_waits_is_called_whatever_its_kind()
    {
        var accounts = await world.SendAsync(ImportKind.Accounts, Account);
        var (payments, bills) = (
            await world.SendAsync(
                ImportKind.Payments,
                Csv.GoodRow(ImportKind.Payments).Replace("2020-01-24", "2020-01-10", StringComparison.Ordinal)
            ),
            await world.SendAsync(ImportKind.Bills, Bill)
        );

        await world.ApplyAsync(accounts);
        Assert.Equal(payments, world.Queue.Imports[^1].ImportId);
        await world.ApplyAsync(payments);

        Assert.Equal(bills, world.Queue.Imports[^1].ImportId);
    }

    [Fact]
    public async Task A_killed_import_keeps_every_later_one_waiting_until_it_has_resumed()
    {
        var accounts = await world.SendAsync(ImportKind.Accounts, Account);
        var bills = await world.SendAsync(ImportKind.Bills, Bill);
        world.Fuse.BlowAfter(2);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(accounts));
        world.Fuse.Mend();

        Assert.False(await world.ApplyAsync(bills));
        Assert.True(await world.ApplyAsync(accounts));
        Assert.True(await world.ApplyAsync(bills));
    }

    // The last writes of a run: its progress, the turn, done.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_kill_at_the_end_of_an_import_keeps_nobody_waiting_for_ever(int write)
    {
        var accounts = await world.SendAsync(ImportKind.Accounts, Account);
        var bills = await world.SendAsync(ImportKind.Bills, Bill);
        world.Fuse.BlowAfter(write);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(accounts));
        world.Fuse.Mend();

        Assert.True(await world.ApplyAsync(accounts));
        Assert.True(await world.ApplyAsync(bills));
        Assert.Single(world.Ledger("A1").Bills);
    }

    // The sweep asks for all that are not done; two workers may get the same one.
    [Fact]
    public async Task A_second_worker_that_takes_up_the_same_import_changes_nothing()
    {
        var accounts = await world.SendAsync(ImportKind.Accounts, Account);
        var bills = await world.SendAsync(ImportKind.Bills, Bill);
        world.Fuse.Meanwhile(2, async () => Assert.True(await world.ApplyAsync(accounts)));

        await world.ApplyAsync(accounts);

        Assert.True(await world.ApplyAsync(bills));
        Assert.Equal(ImportState.Done, (await world.RecordAsync(accounts)).State);
    }
}
