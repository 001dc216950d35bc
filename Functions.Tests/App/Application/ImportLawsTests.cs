using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Imports;
using CsCheck;

namespace Autopay.Tests.App.Application;

/// <summary>
/// However often, in however many parts and with whatever kills in between: the ledgers are the same (I11, F46).
/// </summary>
public sealed class ImportLawsTests
{
    private static readonly Lazy<Task<string>> Expected = new(() =>
        StateAfterAsync((world, kind, rows) => world.ImportAsync(kind, rows))
    );

    private static readonly Gen<(int Write, bool After)> KillPoint = Gen.Select(Gen.Int[1, 70], Gen.Bool);

    [Fact]
    public async Task The_files_of_these_laws_meet_every_kind_of_end()
    {
        var world = new ImportWorld();
        List<ImportRecord> records = [];
        foreach (var (kind, rows) in ImportRows.Files)
        {
            records.Add(await world.ImportAsync(kind, rows));
        }

        Assert.All(
            records,
            record =>
                Assert.Equal(
                    record.Rows,
                    record.Applied
                        + record.Known
                        + record.UnknownAccounts
                        + record.Waiting
                        + record.SetAside
                        + record.Conflicts
                )
        );
        Assert.All(records.Skip(1), record => Assert.NotEqual(0, record.UnknownAccounts + record.Waiting));
        Assert.Equal([0, 0, 0, 2, 3, 0], records.Select(record => record.Waiting));
        Assert.Equal([0, 0, 0, 0, 0, 0], records.Select(record => record.Conflicts));
    }

    [Fact]
    public async Task A_killed_import_resumes_to_the_state_of_an_uninterrupted_one() =>
        await KillPoint
            .Array[1, 4]
            .SampleAsync(
                async kills =>
                    Assert.Equal(
                        await Expected.Value,
                        await StateAfterAsync((world, kind, rows) => ImportWithKillsAsync(world, kind, rows, kills))
                    ),
                iter: 40
            );

    [Fact]
    public async Task A_kill_at_any_single_write_loses_and_repeats_nothing()
    {
        foreach (var write in Enumerable.Range(1, 64))
        {
            (int, bool)[] kill = [(write, write % 2 == 0)];
            Assert.Equal(
                await Expected.Value,
                await StateAfterAsync((world, kind, rows) => ImportWithKillsAsync(world, kind, rows, kill))
            );
        }
    }

    [Fact]
    public async Task Importing_a_file_again_and_again_gives_the_same_ledgers() =>
        await Gen.Int[2, 5]
            .SampleAsync(
                async times =>
                    Assert.Equal(
                        await Expected.Value,
                        await StateAfterAsync((world, kind, rows) => ImportTimesAsync(world, kind, rows, times))
                    ),
                iter: 6
            );

    [Fact]
    public async Task A_file_split_into_two_gives_the_same_ledgers() =>
        await Gen.Double[0, 1]
            .SampleAsync(
                async at =>
                    Assert.Equal(
                        await Expected.Value,
                        await StateAfterAsync(
                            async (world, kind, rows) =>
                            {
                                await world.ImportAsync(kind, rows[..(int)(at * rows.Length)]);
                                await world.ImportAsync(kind, rows[(int)(at * rows.Length)..]);
                            }
                        )
                    ),
                iter: 30
            );

    [Fact]
    public async Task Two_halves_that_overlap_give_the_same_ledgers() =>
        await Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1])
            .SampleAsync(
                async cut =>
                    Assert.Equal(
                        await Expected.Value,
                        await StateAfterAsync(
                            async (world, kind, rows) =>
                            {
                                await world.ImportAsync(
                                    kind,
                                    rows[..(int)(Math.Max(cut.Item1, cut.Item2) * rows.Length)]
                                );
                                await world.ImportAsync(
                                    kind,
                                    rows[(int)(Math.Min(cut.Item1, cut.Item2) * rows.Length)..]
                                );
                            }
                        )
                    ),
                iter: 30
            );

    private static async Task<string> StateAfterAsync(Func<ImportWorld, ImportKind, string[], Task> import)
    {
        var world = new ImportWorld();
        foreach (var (kind, rows) in ImportRows.Files)
        {
            await import(world, kind, rows);
        }

        return world.State;
    }

    // An empty line makes it another file with the same rows; the very same bytes would be recognised before they are
    // read.
    private static async Task ImportTimesAsync(ImportWorld world, ImportKind kind, string[] rows, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await world.ImportAsync(kind, [.. Enumerable.Repeat("", time), .. rows]);
        }
    }

    private static async Task ImportWithKillsAsync(
        ImportWorld world,
        ImportKind kind,
        string[] rows,
        IEnumerable<(int Write, bool After)> kills
    )
    {
        var receipt = await world.ReceiveAsync(kind, Csv.File(kind, rows));
        foreach (var (write, after) in kills)
        {
            (after ? (Action<int>)world.Fuse.BlowAfter : world.Fuse.BlowBefore)(write);
            await Record.ExceptionAsync(() => world.ApplyAsync(receipt.Import!.Id));
        }

        world.Fuse.Mend();
        Assert.True(await world.ApplyAsync(receipt.Import!.Id));
        var record = await world.RecordAsync(receipt.Import.Id);
        Assert.Equal(ImportState.Done, record.State);
        Assert.Equal(
            record.Rows,
            record.Applied + record.Known + record.UnknownAccounts + record.Waiting + record.SetAside + record.Conflicts
        );
        await AssertTurnIsFreeAsync(world);
    }

    // Of all files those of January are the oldest: nobody is before this one, and only a turn that was left behind
    // would be.
    private static async Task AssertTurnIsFreeAsync(ImportWorld world)
    {
        var authority = new Authority("test", "test", DateTimeOffset.UnixEpoch);
        var first = new ImportRecord
        {
            Id = "first",
            Kind = ImportKind.Bills,
            FileName = "a.csv",
            Sha256 = "00",
            Authority = authority,
            Rows = 0,
            Total = Money.Zero,
        };
        await world.Imports.TryCreateAsync(first, CancellationToken.None);
        await world.Imports.SaveAsync(first, CancellationToken.None);
        Assert.True(await world.Imports.TakeTurnAsync(first, CancellationToken.None));
        await world.Imports.EndTurnAsync(first, CancellationToken.None);
        await world.Imports.SaveAsync(first with { State = ImportState.Done }, CancellationToken.None);
    }
}
