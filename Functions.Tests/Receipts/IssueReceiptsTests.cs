using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;
using Autopay.Tests.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.Receipts;

/// <summary>Every receipt is in exactly one batch, wherever a run dies, and a batch never changes.</summary>
public sealed class IssueReceiptsTests
{
    private readonly WaitingReceipts waiting = new();
    private readonly ScratchReportStore records = new();

    [Fact]
    public async Task Batches_are_numbered_without_gaps_and_an_empty_day_has_none()
    {
        waiting.Add("A-1", 4120);
        var first = await RunAsync();
        var nothing = await RunAsync();
        waiting.Add("A-2", -1500);
        var second = await RunAsync();

        Assert.Equal((1, null, 2), (first!.Number, nothing?.Number, second!.Number));
        Assert.Equal((1, 4120L, 4120L, -1500L), (first.Totals.Rows, first.Totals.CollectedCents, first.Totals.NetCents, second.Totals.ReturnedCents));
        Assert.True(first.Settled && second.Settled);
    }

    [Theory]
    [InlineData(StepFault.CrashBefore)]
    [InlineData(StepFault.CrashAfter)]
    [InlineData(StepFault.ErrorWithEffect)]
    internal async Task A_run_that_dies_at_any_step_is_finished_by_the_next_one(StepFault fault)
    {
        for (var step = 1; step <= 12; step++)
        {
            var (store, shelf, steps) = (new WaitingReceipts(), new ScratchReportStore(), new Steps());
            store.Add("A-1", 4120);
            store.Add("A-2", 100);
            steps.Break(step, fault);
            await TryAsync(() => IssueAsync(new SteppedReceipts(store, steps), shelf));

            store.Add("A-3", 7);
            await IssueAsync(store, shelf);
            await IssueAsync(store, shelf);

            var ids = store.Batches.Values.SelectMany(ReceiptCsv.Read).Select(line => line.Account).Order();
            Assert.Equal(["A-1", "A-2", "A-3"], ids);
            Assert.Empty(store.Rows);
        }
    }

    [Fact]
    public async Task A_batch_that_another_run_wrote_first_is_the_batch()
    {
        waiting.Add("A-1", 4120);
        await waiting.TryWriteBatchAsync(1, ReceiptCsv.Write(waiting.Rows.SelectMany(ReceiptCsv.LinesOf)), default);
        waiting.Add("A-2", 100);

        var batch = await RunAsync();

        Assert.Equal((1, 1), (batch!.Number, batch.Totals.Rows));
        Assert.Equal("A-2", Assert.Single(waiting.Rows).Account.Value);
    }

    [Fact]
    public async Task A_month_counts_a_batch_once_although_its_receipts_have_not_left_their_buckets()
    {
        var clock = new CityClock(new FakeTimeProvider(new DateTimeOffset(2020, 2, 1, 12, 0, 0, TimeSpan.Zero)), ChargingWorld.City);
        var steps = new Steps();
        waiting.Add("A-1", 4120);
        steps.Break(5, StepFault.CrashBefore); // The delete: after read, write, read, read.
        await TryAsync(() => IssueAsync(new SteppedReceipts(waiting, steps), records));
        Assert.Single(waiting.Rows);
        Assert.Single(waiting.Batches);

        var month = await new SummarizeMonth(new IssueReceipts(waiting, records, clock), waiting, clock).RunAsync(new DateOnly(2020, 1, 1), default);

        Assert.Equal((4120L, 0), (month.Totals.NetCents, month.NotIssued.Rows));
    }

    [Theory]
    [InlineData("B-1", "B-1")]
    [InlineData("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")")]
    [InlineData(" @SUM", "' @SUM")]
    [InlineData("a\n=1", "'a\n=1")]
    [InlineData("\tx", "'\tx")]
    public void N48_a_cell_that_a_spreadsheet_would_run_is_text_and_a_negative_amount_stays_a_number(string bill, string cell)
    {
        var line = new ReceiptLine("A-1|1-00000001.1", new DateOnly(2020, 2, 1), "A-1", bill, "", ReceiptKind.Returned, -3640, "pi_1", "R10");

        var csv = ReceiptCsv.Write([line]);

        Assert.Contains(",-36.40,", csv, StringComparison.Ordinal);
        Assert.Equal(line with { Bill = cell }, Assert.Single(ReceiptCsv.Read(csv)));
    }

    private static async Task TryAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception broken) when (broken is CrashException or IOException)
        {
            // The timer comes again tomorrow.
        }
    }

    private Task<ReceiptBatch?> RunAsync() => IssueAsync(waiting, records);

    private static Task<ReceiptBatch?> IssueAsync(IReceiptStore store, IReportStore shelf) =>
        new IssueReceipts(store, shelf, new CityClock(new FakeTimeProvider(new DateTimeOffset(2020, 2, 1, 12, 0, 0, TimeSpan.Zero)), ChargingWorld.City)).RunAsync("test", default);
}
