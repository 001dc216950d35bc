using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Finance;
using Autopay.Tests.Fixtures;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Storage;

/// <summary>How far a bucket of a release is can be told without its lines, and the lines follow.</summary>
public sealed class ReleaseRowsTests(Books books) : IClassFixture<Books>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_told_meanwhile_writes_the_sums_and_no_line()
    {
        var store = new TableReleaseStore(books.Clients);
        var planned = new BucketLines("R-700", new Bucket(1), [Line(1), Line(2)], Books.Now, null);
        var stored = (await store.TrySaveLinesAsync(planned, Cancel))!;
        PlanLine[] moved = [Line(1) with { State = LineState.Sent, Sent = new Money(5_000) }, Line(2)];

        var told = (await store.TrySaveProgressAsync(stored with { Lines = moved }, Cancel))!;

        var progress = Assert.Single(await store.ReadProgressAsync("R-700", Cancel).ToListAsync(Cancel));
        Assert.Equal((1, 5_000, 1), (progress.Sent.Debits, progress.Sent.Cents.Cents, progress.ToGo.Debits));
        var lines = (await store.FindLinesAsync("R-700", new Bucket(1), Cancel))!;
        Assert.Equal([LineState.Planned, LineState.Planned], lines.Lines.Select(line => line.State));
        Assert.Equal(told.Tag, lines.Tag);
        Assert.DoesNotContain(ReleaseRows.ToProgressRow(told).Keys, column => column is "Lines" or "Sketch");

        Assert.Null(await store.TrySaveProgressAsync(stored, Cancel));
        Assert.NotNull(await store.TrySaveLinesAsync(told, Cancel));
        lines = (await store.FindLinesAsync("R-700", new Bucket(1), Cancel))!;
        Assert.Equal([LineState.Sent, LineState.Planned], lines.Lines.Select(line => line.State));
    }

    private static PlanLine Line(int number) =>
        new()
        {
            Debit = new DebitId(new AccountId("10-0001"), 1, number),
            DueDate = new DateOnly(2020, 1, 22),
            Outcome = PlanOutcome.ToBank,
            Billed = new Money(5_000),
            PaidElsewhere = Money.Zero,
            Bills = [new AttemptLine(new BillId($"B-{number}"), new Money(5_000))],
            Customer = "cus_1",
            PaymentMethod = "pm_1",
            Wave = 1,
        };
}
