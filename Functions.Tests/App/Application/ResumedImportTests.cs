using Autopay.Application;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Pages.Importing;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>
/// An import needs as many messages as it needs: none is stopped in the middle, and a killed one goes on with what is
/// missing. What became of its rows is counted once.
/// </summary>
[Trait("Layer", "L2")]
public sealed class ResumedImportTests
{
    private static readonly ProcessingOptions NoTime = new() { ImportFor = TimeSpan.Zero };

    [Fact]
    public async Task A_run_whose_time_is_up_ends_with_a_bucket_and_calls_the_next()
    {
        var (whole, world) = (new ImportWorld(), new ImportWorld(options: NoTime));
        foreach (var (kind, rows) in ImportRows.Files)
        {
            var expected = await whole.ImportAsync(kind, rows);
            var id = await world.SendAsync(kind, rows);
            var filled = Filled(rows, expected);
            for (var run = 1; run < filled; run++)
            {
                var calls = world.Queue.Imports.Count;
                Assert.True(await world.ApplyAsync(id));
                var record = await world.RecordAsync(id);
                Assert.Equal(ImportState.Applying, record.State);
                Assert.Equal(run, record.DoneBuckets.Count(bucket => IsFilled(rows, expected, bucket)));
                Assert.Equal([id], world.Queue.Imports.Skip(calls).Select(message => message.ImportId));
            }

            Assert.True(await world.ApplyAsync(id));
            AssertSame(expected, await world.RecordAsync(id));
        }

        Assert.Equal(whole.State, world.State);
    }

    [Fact]
    public async Task Progress_only_grows_and_is_whole_when_the_import_is_done()
    {
        var world = new ImportWorld(options: NoTime);
        await world.ImportUntilDoneAsync(ImportRows.Files[0].Kind, ImportRows.Files[0].Rows);
        var id = await world.SendAsync(ImportRows.Files[1].Kind, ImportRows.Files[1].Rows);
        List<(int Buckets, int Rows)> seen = [];
        do
        {
            Assert.InRange(seen.Count, 0, Bucket.Count);
            await world.ApplyAsync(id);
            seen.Add(await world.RecordAsync(id) is var now ? (Shown(now).PartsDone, now.RowsDone) : default);
        } while (!(await world.RecordAsync(id)).IsEnded);

        Assert.Equal(seen.Order(), seen);
        Assert.InRange(seen[0].Rows, 1, 10);
        Assert.True(seen.Count > 2);
        Assert.Equal((Bucket.Count, ImportRows.Files[1].Rows.Length), seen[^1]);
    }

    [Fact]
    public async Task An_import_that_is_killed_after_each_of_its_buckets_ends_and_counts_as_if_it_had_not_been()
    {
        var (whole, world) = (new ImportWorld(), new ImportWorld());
        foreach (var (kind, rows) in ImportRows.Files)
        {
            var expected = await whole.ImportAsync(kind, rows);
            var id = await world.SendAsync(kind, rows);
            var (kills, done) = (0, 0);
            world.Fuse.Saved = record => _ = record.DoneBuckets.Count > done ? throw Killed(record) : done;
            while (!(await world.RecordAsync(id)).IsEnded)
            {
                Assert.InRange(kills, 0, Bucket.Count);
                await Record.ExceptionAsync(() => world.ApplyAsync(id));
            }

            Assert.Equal(Filled(rows, expected), kills);
            AssertSame(expected, await world.RecordAsync(id));

            KilledException Killed(ImportRecord record)
            {
                (kills, done) = (kills + 1, record.DoneBuckets.Count);
                return new KilledException();
            }
        }

        Assert.Equal(whole.State, world.State);
    }

    [Fact]
    public async Task A_second_message_leaves_an_import_to_the_run_that_has_it()
    {
        var (whole, world) = (new ImportWorld(), new ImportWorld());
        var expected = await whole.ImportAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        var id = await world.SendAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        ImportRecord? meanwhile = null;
        world.Fuse.Meanwhile(
            9,
            async () =>
            {
                Assert.True(await world.ApplyAsync(id));
                meanwhile = await world.RecordAsync(id);
            }
        );

        Assert.True(await world.ApplyAsync(id));

        Assert.Equal(ImportState.Applying, meanwhile!.State);
        Assert.InRange(meanwhile.RowsDone, 1, expected.Rows - 1);
        AssertSame(expected, await world.RecordAsync(id));
        Assert.Equal(whole.State, world.State);
    }

    [Fact]
    public async Task An_import_whose_run_died_hard_goes_on_when_its_lease_is_over_and_leaves_it_until_then()
    {
        var (whole, world) = (new ImportWorld(), new ImportWorld());
        var expected = await whole.ImportAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        var id = await world.SendAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        world.Fuse.DieBefore(9);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(id));
        world.Fuse.Mend();
        var dead = await world.RecordAsync(id);
        var (watching, after) = Assert.Single(world.Queue.Later);

        Assert.True(await world.ApplyAsync(id));
        Assert.Equal(dead, await world.RecordAsync(id));
        Assert.Single(world.Queue.Later);
        Assert.InRange(after, new ProcessingOptions().Lease, TimeSpan.FromMinutes(3));
        world.Wait(after);
        Assert.True(await world.ApplyAsync(watching));

        Assert.NotNull(dead.Worker);
        Assert.InRange(dead.RowsDone, 1, expected.Rows - 1);
        AssertSame(expected, await world.RecordAsync(id));
        Assert.Equal(whole.State, world.State);
    }

    [Fact]
    public async Task A_run_that_dies_with_the_save_that_takes_its_lease_is_watched_already()
    {
        var world = new ImportWorld();
        var id = await world.SendAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        world.Fuse.DieBefore(2);

        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(id));

        Assert.Null((await world.RecordAsync(id)).Worker);
        Assert.Equal(id, Assert.Single(world.Queue.Later).Message.ImportId);
    }

    [Fact]
    public async Task The_message_that_watches_a_run_comes_again_while_it_is_at_work_and_no_other_does()
    {
        var world = new ImportWorld();
        var id = await world.SendAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        (bool Others, int Left, bool Mine, Exception? Away) seen = default;
        world.Fuse.Meanwhile(
            9,
            async () =>
            {
                var (watching, _) = world.Queue.Later.Single();
                seen.Others = await world.ApplyAsync(watching with { Watches = "another run" });
                seen.Left = world.Queue.Later.Count;

                world.Wait(TimeSpan.FromMinutes(1));
                seen.Mine = await world.ApplyAsync(watching);

                world.Queue.IsAway = true;
                seen.Away = await Record.ExceptionAsync(() => world.ApplyAsync(watching));
            }
        );

        Assert.True(await world.ApplyAsync(id));

        // What fails in there would be taken for a fault of the accounts that were written.
        Assert.Equal((true, 1, true), (seen.Others, seen.Left, seen.Mine));
        Assert.IsType<ImportBusyException>(seen.Away);
        Assert.Equal(world.Queue.Later[0].Message.Watches, world.Queue.Later[1].Message.Watches);
        Assert.InRange(world.Queue.Later[1].After, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(62));
        Assert.Equal(world.Queue.Later[0].Message.Watches, Assert.Single(world.Queue.Withdrawn));
        Assert.Equal(ImportState.Done, (await world.RecordAsync(id)).State);
    }

    [Fact]
    public async Task A_run_that_stood_still_for_longer_than_its_lease_counts_nothing_that_another_has_counted()
    {
        var (whole, world) = (new ImportWorld(), new ImportWorld());
        var expected = await whole.ImportAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        var id = await world.SendAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        world.Fuse.Meanwhile(
            9,
            async () =>
            {
                world.Wait(new ProcessingOptions().Lease + TimeSpan.FromSeconds(1));
                Assert.True(await world.ApplyAsync(id));
                Assert.Equal(ImportState.Done, (await world.RecordAsync(id)).State);
            }
        );

        Assert.True(await world.ApplyAsync(id));

        var record = await world.RecordAsync(id);
        Assert.Equal((ImportState.Done, expected.Rows), (record.State, record.Applied + record.Known));
        Assert.Equal(whole.State, world.State);
    }

    [Fact]
    public async Task A_file_waits_while_the_one_before_it_is_between_two_messages()
    {
        var world = new ImportWorld(options: NoTime);
        var first = await world.SendAsync(ImportKind.Accounts, ImportRows.Files[0].Rows);
        var second = await world.SendAsync(ImportKind.Bills, ImportRows.Files[1].Rows);
        Assert.True(await world.ApplyAsync(first));

        Assert.False(await world.ApplyAsync(second));
        Assert.Equal(0, (await world.RecordAsync(second)).RowsDone);
        await world.ApplyUntilDoneAsync(first);
        await world.ApplyUntilDoneAsync(second);

        Assert.Equal(ImportRows.Files[1].Rows.Length - 1, (await world.RecordAsync(second)).Applied);
    }

    [Fact]
    public async Task A_file_that_is_read_in_parts_ends_as_one_that_is_read_whole()
    {
        (ImportKind Kind, string[] Rows)[] files =
        [
            (
                ImportKind.Accounts,
                [.. ImportRows.Files[0].Rows, "0A1,1,west,on,cus_31,pm_31,,,", "a17,1,west,on,cus_32,pm_32,,,"]
            ),
            (
                ImportKind.Bills,
                [
                    .. ImportRows.Files[1].Rows,
                    Bill("B1-01", "A2"),
                    Bill("B9-01", "A3"),
                    .. Enumerable.Range(1, 10).Select(number => Bill($"X{number}", $"A{number}")),
                    .. Enumerable.Range(1, 10).Select(number => Bill($"X{number}", $"A{number + 10}")),
                ]
            ),
            (ImportKind.Bills, [Bill("B7-01", "A8"), Bill("B9-02", "A10"), Bill("Y", "A11")]),
            .. ImportRows.Files[2..],
        ];
        var (whole, world) = (new ImportWorld(), new ImportWorld(rowsAtOnce: 1));
        foreach (var (kind, rows) in files)
        {
            var expected = await whole.ImportAsync(kind, rows);
            var record = await world.ImportAsync(kind, rows);
            AssertSame(expected, record);
            Assert.Equal(
                await whole.Imports.ReadFindingsAsync(expected, null, CancellationToken.None).ToListAsync(),
                await world.Imports.ReadFindingsAsync(record, null, CancellationToken.None).ToListAsync()
            );
        }

        Assert.Equal(whole.State, world.State);
        // Of each file with a row or more for every bucket.
        Assert.InRange(world.Readings - whole.Readings, Bucket.Count, int.MaxValue);

        static string Bill(string id, string account) =>
            $"{id},{account},1,2020-01-08,2020-03-22,2020-03-29,31.00,0.00,31.00";
    }

    [Fact]
    public void A_bucket_that_is_done_counts_no_second_time()
    {
        var record = new ImportRecord
        {
            Id = "bills-1",
            Kind = ImportKind.Bills,
            FileName = "a.csv",
            Sha256 = "00",
            Authority = new Authority("test", "test", DateTimeOffset.UnixEpoch),
            Rows = 5,
            Total = Money.Zero,
        };
        var counted = record with { Applied = 3, NewFindings = [new ImportFinding(2, "A1", "B1", "odd")] };

        var once = record.WithBucket(new Bucket(7), counted);
        var twice = once.WithBucket(new Bucket(7), counted);

        Assert.Equal((3, 1, 1), (once.Applied, once.FindingCount, once.BucketsDone));
        Assert.Equal((3, 1, 1), (twice.Applied, twice.FindingCount, twice.BucketsDone));
        Assert.Equal(6, once.WithBucket(new Bucket(6), counted).Applied);
    }

    // As the console has it.
    private static ImportModel Shown(ImportRecord record) => new(record, null, [], null, null, null, false);

    private static bool IsFilled(string[] rows, ImportRecord record, int bucket) =>
        rows.Any(row => Bucket.Of(AccountOf(row, record.Kind)).Number == bucket);

    private static int Filled(string[] rows, ImportRecord record) =>
        rows.Select(row => Bucket.Of(AccountOf(row, record.Kind))).Distinct().Count();

    private static AccountId AccountOf(string row, ImportKind kind) =>
        new(row.Split(',')[kind is ImportKind.Accounts or ImportKind.Balances ? 0 : 1]);

    // When it came, and in which order its buckets were done, is no part of what became of its rows.
    private static void AssertSame(ImportRecord expected, ImportRecord record)
    {
        Assert.Equal(ImportState.Done, record.State);
        Assert.Null(record.Worker);
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(Counts(expected)),
            System.Text.Json.JsonSerializer.Serialize(Counts(record))
        );
    }

    private static ImportRecord Counts(ImportRecord record) =>
        record with
        {
            Authority = new Authority("test", "test", DateTimeOffset.UnixEpoch),
            DoneBuckets = [],
            DisputedBuckets = [],
        };
}
