using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Storage.Imports;

namespace Autopay.Tests.App.Storage;

[Trait("Layer", "L4")]
public sealed class ImportStoreTests(Books books) : IClassFixture<Books>
{
    private readonly TableImportStore imports = new(books.Clients);

    [Fact]
    public async Task An_import_is_claimed_once_by_its_content()
    {
        Assert.True(await imports.TryCreateAsync(Import("claimed"), CancellationToken.None));

        Assert.False(
            await imports.TryCreateAsync(Import("claimed") with { FileName = "other.csv" }, CancellationToken.None)
        );
        Assert.Equal("a.csv", (await imports.FindAsync("claimed", CancellationToken.None))!.FileName);
    }

    [Fact]
    public async Task A_lost_answer_to_the_claim_is_a_claim()
    {
        books.Watch.LoseNextAnswer();

        Assert.True(await imports.TryCreateAsync(Import("lost"), CancellationToken.None));
    }

    [Fact]
    public async Task A_record_comes_back_as_it_was_with_findings_by_line()
    {
        var record = Import("whole") with
        {
            State = ImportState.Applying,
            NextBucket = 7,
            DoneBuckets = [9, 8],
            DisputedBuckets = [9],
            Worker = new ImportWorker("run", DateTimeOffset.UnixEpoch),
            Applied = 3,
            Findings = [new ImportFinding(4, "40-9901", "B-1", "No such account")],
        };
        await imports.TryCreateAsync(Import("whole"), CancellationToken.None);
        await imports.SaveAsync(record, CancellationToken.None);

        var found = (await imports.FindAsync("whole", CancellationToken.None))!;

        Assert.Equal(record.Findings, found.Findings);
        Assert.Equal(record.DoneBuckets, found.DoneBuckets);
        Assert.Equal(record.DisputedBuckets, found.DisputedBuckets);
        Assert.Equal(WithoutLists(record), WithoutLists(found) with { Tag = null });

        static ImportRecord WithoutLists(ImportRecord import) =>
            import with
            {
                Findings = [],
                Repeats = [],
                DoneBuckets = [],
                DisputedBuckets = [],
            };
    }

    [Fact]
    public async Task F27_who_was_overtaken_does_not_set_an_import_back()
    {
        await imports.TryCreateAsync(Import("overtaken"), CancellationToken.None);
        var read = (await imports.FindAsync("overtaken", CancellationToken.None))!;
        var ahead = await imports.SaveAsync(read with { NextBucket = 5 }, CancellationToken.None);

        Assert.Null(await imports.SaveAsync(read with { NextBucket = 1 }, CancellationToken.None));
        Assert.NotNull(await imports.SaveAsync(ahead! with { State = ImportState.Done }, CancellationToken.None));
        Assert.Equal(ImportState.Done, (await imports.FindAsync("overtaken", CancellationToken.None))!.State);
    }

    [Fact]
    public async Task F35_a_lost_answer_to_an_imports_progress_is_progress()
    {
        await imports.TryCreateAsync(Import("progress"), CancellationToken.None);
        var read = (await imports.FindAsync("progress", CancellationToken.None))!;
        books.Watch.LoseNextAnswer();

        var saved = (await imports.SaveAsync(read with { NextBucket = 5 }, CancellationToken.None))!;

        Assert.Equal(
            (5, saved.Tag),
            (
                (await imports.FindAsync("progress", CancellationToken.None))!.NextBucket,
                (await imports.FindAsync("progress", CancellationToken.None))!.Tag
            )
        );
    }

    [Fact]
    public async Task Unfinished_imports_are_listed_oldest_first()
    {
        await imports.TryCreateAsync(Import("list-2") with { Authority = At(2) }, CancellationToken.None);
        await imports.TryCreateAsync(Import("list-1") with { Authority = At(1) }, CancellationToken.None);
        await imports.TryCreateAsync(
            Import("list-3") with
            {
                Authority = At(3),
                State = ImportState.Done,
            },
            CancellationToken.None
        );

        var unfinished = await imports
            .ReadUnfinishedAsync(CancellationToken.None)
            .Select(it => it.Id)
            .Where(id => id.StartsWith("list", StringComparison.Ordinal))
            .ToListAsync();

        Assert.Equal(["list-1", "list-2"], unfinished);
    }

    [Fact]
    public async Task The_file_is_kept_byte_by_byte()
    {
        byte[] bytes = [0xef, 0xbb, 0xbf, 0x61, 0x0a];
        await imports.StoreFileAsync("file", new MemoryStream(bytes), CancellationToken.None);
        await imports.StoreFileAsync("file", new MemoryStream(bytes), CancellationToken.None);

        Assert.True(await imports.HasFileAsync("file", CancellationToken.None));
        Assert.False(await imports.HasFileAsync("no file", CancellationToken.None));
        await using var stored = await imports.OpenFileAsync("file", CancellationToken.None);
        using var copy = new MemoryStream();
        await stored.CopyToAsync(copy);
        Assert.Equal(bytes, copy.ToArray());
    }

    private static ImportRecord Import(string id) =>
        new()
        {
            Id = id,
            Kind = ImportKind.Bills,
            FileName = "a.csv",
            Sha256 = "00",
            Authority = At(0),
            Rows = 16,
            Total = new Money(1234),
        };

    private static Authority At(int hour) => new("tester", "import", Books.Now.AddHours(hour));
}
