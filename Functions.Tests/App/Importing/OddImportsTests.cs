using System.Text;
using Autopay.Application;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Imports;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Importing;

/// <summary>Files that are gone or damaged, ledgers that cannot be read, clocks that are ahead, others that are first.
/// </summary>
public sealed class OddImportsTests
{
    private const string Account = "A1,1,west,on,cus_1,pm_1,,,";
    private const string Bill = "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";
    private readonly ImportWorld world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_that_cannot_be_written_is_listed_and_the_others_of_its_bucket_are_applied()
    {
        var ids = OfOneBucket(3);
        await world.ImportAsync(ImportKind.Accounts, [.. ids.Select(RowOf)]);
        world.Failing.WhyNotSaved = id => id.Value == ids[1] ? new InvalidOperationException("It is odd.") : null;

        var record = await world.ImportAsync(
            ImportKind.Payments,
            [.. ids.Select(id => $"P{id},{id},20.00,cash,,2020-01-10,")]
        );

        Assert.Equal((2, 1), (record.Applied, record.Conflicts));
        Assert.Equal(
            "The account's ledger cannot be read or written now: apply this import again when it is off the stuck list. "
                + "It is odd.",
            Assert.Single(record.Findings).Message
        );
        var stuck = await world.Stuck.ReadAllAsync(Cancel).SingleAsync(Cancel);
        Assert.Equal(("account", ids[1]), (stuck.Kind, stuck.Content));
    }

    // Nobody is blamed for it: the import comes again as it was.
    [Fact]
    public async Task A_fault_of_the_storage_is_no_conflict_of_an_account()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        var file = await world.SendAsync(ImportKind.Payments, "P1,A1,20.00,cash,,2020-01-10,");
        world.Failing.WhyNotSaved = _ => new IOException("storage is away");

        await Assert.ThrowsAsync<IOException>(() => world.ApplyAsync(file));

        Assert.Empty(await world.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
        world.Failing.WhyNotSaved = _ => null;
        Assert.True(await world.ApplyAsync(file));
        Assert.Equal((1, 0), await world.RecordAsync(file) is { } done ? (done.Applied, done.Conflicts) : default);
    }

    [Fact]
    public async Task What_ended_a_run_is_told_and_not_that_its_import_could_not_be_given_back()
    {
        var file = await world.SendAsync(ImportKind.Accounts, Account);
        world.Fuse.BlowBefore(3);
        world.Fuse.Saved = record => _ = record.Worker is null ? throw new IOException("storage is away") : 0;

        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(file));
    }

    [Fact]
    public async Task A_stored_file_that_was_damaged_is_not_applied()
    {
        var file = await world.SendAsync(ImportKind.Accounts, Account);
        using var damaged = new MemoryStream(Encoding.UTF8.GetBytes("account_id,cycle\nA1,one"));
        await world.Imports.StoreFileAsync(file, damaged, Cancel);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => world.ApplyAsync(file));

        Assert.StartsWith(
            $"The stored file of import {file} does not check: ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.False((await world.RecordAsync(file)).IsEnded);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_kept_again_when_it_is_sent_and_is_not_applied_again_before()
    {
        var file = await world.ImportAsync(ImportKind.Bills, Bill);
        world.Fuse.FilesAreGone = true;
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => world.AskAgainAsync(file.Id));
        Assert.Equal($"The file of import {file.Id} is not here any more: send it again first.", refusal.Message);

        Assert.Equal(1, await WritesOfSendingAsync());
        world.Fuse.FilesAreGone = false;
        Assert.Equal(0, await WritesOfSendingAsync());
        var calls = world.Queue.Imports.Count;
        Assert.NotNull(await world.AskAgainAsync(file.Id));
        Assert.Equal(calls + 1, world.Queue.Imports.Count);

        async Task<int> WritesOfSendingAsync()
        {
            world.Fuse.Mend();
            Assert.True((await world.ReceiveAsync(ImportKind.Bills, Csv.File(ImportKind.Bills, Bill))).AlreadyImported);
            return world.Fuse.Writes;
        }
    }

    [Fact]
    public async Task An_import_that_moves_on_all_the_time_is_not_set_aside()
    {
        var file = await world.SendAsync(ImportKind.Bills, Bill);
        world.Fuse.Mend();
        world.Fuse.IsOvertaken = true;

        var refusal = await Assert.ThrowsAsync<RefusedException>(() =>
            world.Aside.RunAsync(file, world.Later("ann"), Cancel)
        );

        Assert.Equal($"Import {file} is being applied right now; look at it again.", refusal.Message);
        Assert.Equal(10, world.Fuse.Writes);
        world.Fuse.IsOvertaken = false;
        var next = await world.SendAsync(ImportKind.Payments, "P1,A1,20.00,cash,,2020-01-10,");
        var calls = world.Queue.Imports.Count;
        Assert.Equal(ImportState.SetAside, (await world.Aside.RunAsync(file, world.Later("ann"), Cancel))?.State);
        Assert.Equal([next], world.Queue.Imports.Skip(calls).Select(message => message.ImportId));
    }

    // Its clock is an hour ahead: what watches it comes again when a lease by our own clock is over.
    [Fact]
    public async Task A_run_on_a_machine_whose_clock_is_ahead_is_watched_no_longer_than_a_lease()
    {
        var file = await world.SendAsync(ImportKind.Accounts, Account);
        var lease = new ProcessingOptions().Lease;
        var now = world.Later("somebody").At;
        var record = await world.RecordAsync(file);
        await world.Imports.SaveAsync(record with { Worker = new ImportWorker("theirs", now.AddHours(1)) }, Cancel);

        Assert.True(await world.ApplyAsync(new ImportMessage(file, 0) { Watches = "theirs" }));

        var (message, after) = Assert.Single(world.Queue.Later);
        Assert.Equal(("theirs", lease + TimeSpan.FromSeconds(2)), (message.Watches, after));
    }

    [Fact]
    public async Task A_dry_run_says_that_it_was_one_and_that_nothing_was_known()
    {
        var dry = await world.ReceiveAsync(
            ImportKind.Bills,
            Csv.File(ImportKind.Bills, Bill),
            new ImportOptions { OnlyChecks = true }
        );
        var real = await world.ReceiveAsync(
            ImportKind.Bills,
            Csv.File(ImportKind.Bills, Bill),
            new ImportOptions { SetsAside = true, IsComplete = true }
        );
        var again = await world.ReceiveAsync(ImportKind.Bills, Csv.File(ImportKind.Bills, Bill), new ImportOptions());

        Assert.Equal((true, false), (dry.OnlyChecked, dry.AlreadyImported));
        Assert.Equal((false, false), (real.OnlyChecked, real.AlreadyImported));
        Assert.Equal(
            "This file was taken with badRows=setAside and with complete=true, and that stays.",
            again.OtherOptions
        );
    }

    [Fact]
    public async Task Only_an_accounts_file_is_news_again_after_another_one()
    {
        var accounts = await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Accounts, Account.Replace("pm_1", "pm_2", StringComparison.Ordinal));
        await world.ImportAsync(ImportKind.Bills, Bill);
        await world.ImportAsync(ImportKind.Bills, Bill.Replace("B1", "B2", StringComparison.Ordinal));
        var calls = world.Queue.Imports.Count;

        Assert.True((await world.ReceiveAsync(ImportKind.Bills, Csv.File(ImportKind.Bills, Bill))).AlreadyImported);
        Assert.Equal(calls, world.Queue.Imports.Count);
        Assert.False(
            (await world.ReceiveAsync(ImportKind.Accounts, Csv.File(ImportKind.Accounts, Account))).AlreadyImported
        );
        Assert.Equal([accounts.Id], world.Queue.Imports.Skip(calls).Select(message => message.ImportId));
    }

    [Fact]
    public async Task A_file_whose_rows_conflicted_may_be_wanted_again()
    {
        await world.ImportAsync(ImportKind.Accounts, Account);
        await world.ImportAsync(ImportKind.Bills, Bill);
        var other = Bill.Replace("50.00", "60.00", StringComparison.Ordinal);
        await world.ImportAsync(ImportKind.Bills, other);

        var again = await world.ReceiveAsync(ImportKind.Bills, Csv.File(ImportKind.Bills, other));

        Assert.Equal("0 rows were of unknown accounts and 1 conflicted", again.WhyAgain);
    }

    private static string[] OfOneBucket(int accounts) =>
        [
            .. Enumerable
                .Range(1, 200)
                .Select(number => $"A{number}")
                .Where(id => Bucket.Of(new AccountId(id)) == Bucket.Of(new AccountId("A1")))
                .Take(accounts),
        ];

    private static string RowOf(string id) => $"{id},1,west,on,cus_{id},pm_{id},,,";
}
