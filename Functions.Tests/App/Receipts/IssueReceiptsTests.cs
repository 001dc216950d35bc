using Autopay.Application.Ports.Books;
using Autopay.Application.Receipts;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Receipts;

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
        Assert.Equal(
            (1, 4120L, 4120L, -1500L),
            (first.Totals.Rows, first.Totals.CollectedCents, first.Totals.NetCents, second.Totals.ReturnedCents)
        );
        Assert.True(first.Completed && second.Completed);
    }

    [Theory]
    [InlineData(StepFault.CrashBefore)]
    [InlineData(StepFault.CrashAfter)]
    [InlineData(StepFault.ErrorWithEffect)]
    internal async Task A_run_that_dies_at_any_step_is_finished_by_the_next_one(StepFault fault)
    {
        List<int> broken = [];
        for (var step = 1; step <= 12; step++)
        {
            var (store, shelf, steps) = (new WaitingReceipts(), new ScratchReportStore(), new Steps());
            store.Add("A-1", 4120);
            store.Add("A-2", 100);
            steps.Break(step, fault);
            await TryAsync(() => IssueAsync(new SteppedReceipts(store, steps), shelf));
            broken.AddRange(steps.HasBroken ? [step] : []);

            store.Add("A-3", 7);
            await IssueAsync(store, shelf);
            await IssueAsync(store, shelf);

            var ids = store.Batches.Values.SelectMany(ReceiptCsv.Read).Select(line => line.Account).Order();
            Assert.Equal(["A-1", "A-2", "A-3"], ids);
            Assert.Empty(store.Rows);
        }

        // Each step of a run was hit, and there is none beyond the last one tried.
        Assert.InRange(broken.Count, 3, 11);
        Assert.Equal(Enumerable.Range(1, broken.Count), broken);
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

    internal static async Task TryAsync(Func<Task> run)
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
        new ReceiptDesk(store, shelf).IssueAsync();
}
