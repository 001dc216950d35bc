using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.App.Settings;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Backups;

public sealed class PruneTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 30, 8, 15, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("w40 w36 w34 w1", "w34 w1")]
    [InlineData("w40 h36 w34 h1", "w34 h1")]
    [InlineData("w80 w40", "w40")]
    [InlineData("w80 w40 h36 h1", "w40 h36 h1")]
    [InlineData("h80 h40", "h80 h40")]
    [InlineData("w34 w33", "w34 w33")]
    public async Task Only_what_is_old_goes_and_never_the_newest_whole_backup_nor_anything_after_it(
        string there,
        string left
    )
    {
        var store = new Shelf(there);

        var gone = await PruneAsync(store, new ProcessingOptions());

        Assert.Equal(left, store.ToString());
        Assert.Equal(there.Split(' ').Length - left.Split(' ').Length, gone.Count);
    }

    [Fact]
    public async Task How_many_days_they_are_kept_is_a_setting()
    {
        var store = new Shelf("w24 w22 w1");

        await PruneAsync(store, OwnSettings.Read<ProcessingOptions>());

        Assert.Equal("w22 w1", store.ToString());
    }

    private static Task<IReadOnlyList<string>> PruneAsync(Shelf store, ProcessingOptions options) =>
        new PruneBackups(
            store,
            new ReadBackups(store),
            options,
            new CityClock(new FakeTimeProvider(Now), new CityCalendar(TimeZoneInfo.Utc))
        ).RunAsync(CancellationToken.None);

    /// <summary>Backups by a letter (whole, or half because its export died) and their age in days.</summary>
    private sealed class Shelf(string there) : IBackupStore
    {
        private readonly List<(string Name, string Id)> backups =
        [
            .. there
                .Split(' ')
                .Select(name =>
                    (
                        name,
                        ExportBackup.IdOf(
                            Now.AddDays(-int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture))
                        )
                    )
                ),
        ];

        public IReadOnlyList<string> SmallTables => [];

        public IReadOnlyList<string> LedgerTables => [];

        public string ControlsTable => "controls";

        public IAsyncEnumerable<string> ReadIdsAsync(CancellationToken cancel) =>
            backups.Select(backup => backup.Id).ToList().ToAsyncEnumerable();

        public Task<string?> ReadManifestAsync(string backup, CancellationToken cancel) =>
            Task.FromResult(backups.Any(it => it.Id == backup && it.Name[0] == 'w') ? Manifest(backup) : null);

        public Task DeleteAsync(string backup, CancellationToken cancel)
        {
            backups.RemoveAll(it => it.Id == backup);
            return Task.CompletedTask;
        }

        public Task<BackupTable> ExportAsync(string backup, string table, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task<BackupTable> MeasureAsync(string backup, string table, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task SaveManifestAsync(string backup, string json, CancellationToken cancel) =>
            throw new NotSupportedException();

        public override string ToString() => string.Join(' ', backups.Select(backup => backup.Name));

        private static string Manifest(string id) =>
            new BackupManifest
            {
                Id = id,
                BegunAt = Now,
                EndedAt = Now,
                By = "night",
                Buckets = Bucket.Count,
                Schema = 1,
                Tables = [],
            }
                .Sealed()
                .ToJson();
    }
}
