using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Runs;
using Autopay.Rehearsal.World;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Backups;

/// <summary>A backup in one turn or in many, and what has to be so before anything is emptied.</summary>
public sealed class ExportTurnsTests
{
    private static readonly DateTimeOffset Now = new(2020, 1, 21, 14, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider time = new(Now);
    private readonly Written written = new();
    private readonly ScratchStuckStore stuck = new();
    private readonly ScratchHeartbeats beats = new();
    private readonly ScratchRunStore runs = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CityClock Clock => new(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")));

    private ExportBackup Export => new(written, stuck, beats, Clock);

    [Fact]
    public async Task Small_tables_come_before_the_ledgers_and_the_controls_after_them()
    {
        var manifest = await Export.RunAsync("night", null, Cancel);

        Assert.Equal(["imports", "suspense", .. written.LedgerTables, "controls"], Tables(manifest));
        Assert.Equal(manifest.ToJson(), written.Manifests[manifest.Id]);
        Assert.Equal((Now, Now, "night"), (manifest.BegunAt, manifest.EndedAt, manifest.By));
        Assert.Equal(Now, (await beats.ReadAsync(Cancel))[ExportBackup.Kind]);
        Assert.Empty(await stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Turn_by_turn_every_table_is_written_once_into_the_backup_that_was_begun()
    {
        var asked = (await runs.AddAsync(id => new LongRun(id, RunKind.Export, "night", Now), Now, Cancel)).Run;
        written.AfterEach = () => time.Advance(TimeSpan.FromSeconds(2));

        var run = await OneTurnAfterTheOtherAsync(asked.Id);

        Assert.InRange(run.Turns, 2, 64);
        var manifest = BackupManifest.TryRead(Assert.Single(written.Manifests).Value)!;
        Assert.Equal((ExportBackup.IdOf(Now), Now), (manifest.Id, manifest.BegunAt));
        Assert.Equal(written.Exported.Order(), Tables(manifest).Order());
        Assert.Equal(written.Exported.Distinct().Count(), written.Exported.Count);
        Assert.Equal(manifest.ToJson(), (await RunAsync(run.Kept)).ToJson());
    }

    [Fact]
    public async Task Accounts_whose_rows_do_not_fit_together_are_on_a_person_s_list_until_they_do()
    {
        written.Torn = written.LedgerTables[1];

        var torn = await Export.RunAsync("night", null, Cancel);
        var item = Assert.Single(await stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal(
            (ExportBackup.Kind, torn.Id, $"rows do not fit together: 2 accounts of {written.Torn}"),
            (item.Kind, item.Content, item.Reason)
        );

        written.Torn = "";
        await Export.RunAsync("night", null, Cancel);
        Assert.Empty(await stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, true)]
    [InlineData(false, 0, true)]
    [InlineData(true, 5, false)]
    public async Task Books_are_emptied_when_charging_is_halted_or_an_emptying_goes_on(
        bool isHalted,
        int? generation,
        bool isEmptied
    )
    {
        var backup = new ScratchBackup { Mark = Mark(generation) };
        var eraser = new Eraser();

        var refused = await Record.ExceptionAsync(() =>
            EmptyOf(backup, eraser, isHalted).RunAsync(ScratchBackup.Id, null, Cancel)
        );

        Assert.Equal(isEmptied ? 1 : 0, eraser.Times);
        Assert.Equal(!isHalted && generation is null, refused is RefusedException);
    }

    [Fact]
    public async Task Nothing_is_emptied_for_a_backup_that_cannot_be_restored()
    {
        var backup = new ScratchBackup();
        backup.Manifest = backup.Manifest with { Buckets = Bucket.Count + 1 };
        var eraser = new Eraser();

        await Assert.ThrowsAsync<RefusedException>(() =>
            EmptyOf(backup, eraser, isHalted: true).RunAsync(ScratchBackup.Id, null, Cancel)
        );

        Assert.Equal(0, eraser.Times);
    }

    private static IEnumerable<string> Tables(BackupManifest manifest) => manifest.Tables.Select(table => table.Table);

    private static RestoreMark? Mark(int? generation) =>
        generation is { } number ? new RestoreMark(ScratchBackup.Id, number, new Controls()) : null;

    private static EmptyBooks EmptyOf(ScratchBackup backup, Eraser eraser, bool isHalted)
    {
        var controls = new ScratchControlsStore(new Policies());
        if (isHalted)
        {
            var ann = new Authority("ann", "test", Now);
            var halted = controls.Current.Change(new ChargingHalted(), ann);
            controls.TrySaveAsync(new(controls.Current, null), halted, new(new ChargingHalted(), ann), Cancel);
        }

        return new EmptyBooks(new CheckBackup(backup), backup, controls, eraser);
    }

    private async Task<(int Turns, string Kept)> OneTurnAfterTheOtherAsync(string id)
    {
        var kept = "";
        for (var turns = 1; turns <= 64; turns++)
        {
            var entry = (await runs.FindAsync(id, Cancel))!;
            var turn = RunTurn.Of(runs, entry, Clock, Clock.Now.Utc + TimeSpan.FromSeconds(1));
            try
            {
                await Export.RunAsync("night", null, turn, Cancel);
                return (turns, kept);
            }
            catch (TurnOverException)
            {
                kept = (await runs.FindAsync(id, Cancel))!.Run.Kept!;
            }
        }

        throw new InvalidOperationException("It never ends.");
    }

    // Whoever comes back to a backup that is whole finds it as it is.
    private async Task<BackupManifest> RunAsync(string kept)
    {
        var exported = written.Exported.Count;
        var entry = await runs.AddAsync(
            id => new LongRun(id, RunKind.Export, "late", Now) { Kept = kept },
            Now,
            Cancel
        );
        var turn = RunTurn.Of(runs, entry, Clock, Clock.Now.Utc + GoOnWithRuns.OneTurn);
        var manifest = await Export.RunAsync("late", null, turn, Cancel);
        Assert.Equal(exported, written.Exported.Count);
        return manifest;
    }

    private sealed class Eraser : IBooksEraser
    {
        public int Times { get; private set; }

        public Task EmptyAsync(IProgress<string>? progress, CancellationToken cancel)
        {
            Times++;
            return Task.CompletedTask;
        }
    }

    /// <summary>What was written into which backup.</summary>
    private sealed class Written : IBackupStore
    {
        public Dictionary<string, string> Manifests { get; } = [];

        public List<string> Exported { get; } = [];

        public string Torn { get; set; } = "";

        public Action AfterEach { get; set; } = () => { };

        public IReadOnlyList<string> SmallTables => ["imports", "suspense"];

        public IReadOnlyList<string> LedgerTables { get; } =
        [.. Enumerable.Range(0, 20).Select(number => $"ledger{number:00}")];

        public string ControlsTable => "controls";

        public Task<BackupTable> ExportAsync(string backup, string table, CancellationToken cancel)
        {
            lock (Exported)
            {
                Exported.Add(table);
                AfterEach();
            }

            return Task.FromResult(new BackupTable(table, 1, 1, "", BackupSums.None, table == Torn ? 2 : 0));
        }

        public Task SaveManifestAsync(string backup, string json, CancellationToken cancel)
        {
            Manifests[backup] = json;
            return Task.CompletedTask;
        }

        public Task<string?> ReadManifestAsync(string backup, CancellationToken cancel) =>
            Task.FromResult(Manifests.GetValueOrDefault(backup));

        public Task<BackupTable> MeasureAsync(string backup, string table, CancellationToken cancel) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<string> ReadIdsAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task DeleteAsync(string backup, CancellationToken cancel) => throw new NotSupportedException();
    }
}
