using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Reconciling;
using Autopay.Imports;
using Autopay.Rehearsal.World;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Application;

/// <summary>What a city looks at each morning, and settings that cannot be.</summary>
public sealed class ReadUpkeepTests
{
    private static readonly DateTimeOffset Now = new(2020, 1, 21, 14, 0, 0, TimeSpan.Zero);
    private readonly ScratchImportStore imports = new();
    private readonly ScratchReportStore reports = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_file_of_each_kind_is_shown_and_when_the_books_were_checked()
    {
        await ArriveAsync("b1", ImportKind.Bills, 1);
        await ArriveAsync("b2", ImportKind.Bills, 2);
        await ArriveAsync("p1", ImportKind.Payments, 3);
        await ArriveAsync("x1", ImportKind.BillAdjustments, 4);
        var check = new InvariantReport("20200121030405006", "night", true, 7, [], 0, []);
        var json = JsonSerializer.Serialize(check, ReportJson.Default.InvariantReport);
        await reports.SaveAsync(new StoredReport(CheckInvariants.Kind, check.Id, json), Cancel);

        var upkeep = await ReadAsync();

        Assert.Equal(
            [(ImportKind.Bills, "b2", Now.AddHours(2)), (ImportKind.Payments, "p1", Now.AddHours(3))],
            upkeep.Files.Select(file => (file.Kind, file.Import, file.At))
        );
        Assert.Equal(
            (new DateTimeOffset(2020, 1, 21, 3, 4, 5, 6, TimeSpan.Zero), true),
            (upkeep.CheckedAt, upkeep.InvariantsHold)
        );
    }

    [Fact]
    public async Task What_never_happened_is_nothing_and_what_was_counted_is_shown()
    {
        var certificates = new ScratchCertificateStore();
        var key = new TotalKey(new DateOnly(2020, 1, 21), "cash", "W1", null);
        await certificates.PutTotalsAsync(
            [new ControlTotal(key, 1, new Money(500), new Authority("ann", "counted", Now))],
            Cancel
        );

        var upkeep = await ReadAsync(certificates);

        Assert.Equal((0, null, null), (upkeep.Files.Count, upkeep.CheckedAt, upkeep.InvariantsHold));
        Assert.Equal((null, null), (upkeep.ReconciledAt, upkeep.BackedUpAt));
        Assert.Equal(500, Assert.Single(upkeep.Counted).Amount.Cents);
    }

    [Theory]
    [InlineData(1, 0, 0, "")]
    [InlineData(0, 0, 0, "RecoverAfter")]
    [InlineData(-1, 5, 5, "RecoverAfter")]
    [InlineData(1, -1, 5, "RecoverAfter")]
    [InlineData(1, 5, -1, "ImportFor")]
    [InlineData(0, 5, -1, "RecoverAfter ImportFor")]
    public void Times_that_cannot_be_are_refused(int recoverAfter, int lease, int importFor, string named)
    {
        var options = new ProcessingOptions
        {
            RecoverAfter = TimeSpan.FromSeconds(recoverAfter),
            Lease = TimeSpan.FromSeconds(lease),
            ImportFor = TimeSpan.FromSeconds(importFor),
        };

        var wrong = options.Validate(new ValidationContext(options)).Select(it => it.ErrorMessage!.Split(' ')[0]);

        Assert.Equal(named, string.Join(' ', wrong.Select(it => it["Autopay:".Length..])));
    }

    private Task<Upkeep> ReadAsync(ScratchCertificateStore? certificates = null) =>
        new ReadUpkeep(imports, reports, new ScratchHeartbeats(), certificates ?? new()).RunAsync(Cancel);

    private Task ArriveAsync(string id, ImportKind kind, int hour) =>
        imports.TryCreateAsync(
            new ImportRecord
            {
                Id = id,
                Kind = kind,
                FileName = $"{id}.csv",
                Sha256 = id,
                Authority = new Authority("ann", "import", Now.AddHours(hour)),
                Rows = 1,
                Total = new Money(100),
            },
            Cancel
        );
}
