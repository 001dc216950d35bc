using System.Text;
using System.Text.Json;
using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Benchmarks.World;
using Autopay.Imports;
using Autopay.Storage;

namespace Autopay.Benchmarks.City;

/// <summary>What applying a bill of each account of a city needed; the accounts were there.</summary>
/// <param name="MostBytes">The working set of this process at its largest meanwhile.</param>
public sealed record ImportedBills(CitySlice Slice, ImportRecord Record, Usage Usage, long MostBytes)
{
    public int Bills => Record.Rows;

    public double RequestsPerBill => (double)Usage.Requests / Bills;

    public double RowsPerBill => (double)Usage.Rows / Bills;

    public double BytesPerBill => (double)Usage.Bytes / Bills;
}

/// <summary>Applies a bills file as the queue does, message by message, and watches the memory.</summary>
public static class ImportRun
{
    public static async Task<ImportedBills> RunAsync(CitySlice slice)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch, runs: true);
        await using var scratch = await Scratch.StartAsync(inMemory: true);
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, new PromptBank(clock));
        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        var (accounts, bills) = await ReceiveAsync(world, slice);
        await ApplyAsync(world, accounts);

        // What the generator and the uploads have left behind is not the import's.
        Memory.Forget();
        using var ended = new CancellationTokenSource();
        var watching = Memory.MostWhileAsync(ended.Token);
        var usage = await world.CountAsync(() => ApplyAsync(world, bills));
        await ended.CancelAsync();
        var record = (await world.Verb<IImportStore>().FindAsync(bills, CancellationToken.None))!;
        return record is { State: ImportState.Done } && record.Applied == record.Rows
            ? new ImportedBills(slice, record, usage, await watching)
            : throw new InvalidOperationException($"{record.Applied} of {record.Rows} bills were applied.");
    }

    // Both wait for their turn: their messages are taken out, and put in again one after the other.
    private static async Task<(string Accounts, string Bills)> ReceiveAsync(BenchmarkWorld world, CitySlice slice)
    {
        Dictionary<ImportKind, string> ids = [];
        foreach (var (kind, text) in slice.Files().OrderBy(file => file.Key))
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var receipt = await world
                .Verb<ReceiveImport>()
                .RunAsync(
                    kind,
                    $"{kind.ToText()}.csv",
                    file,
                    new ExpectedTotals(null, null),
                    world.Authority("benchmark"),
                    CancellationToken.None
                );
            ids[kind] = receipt.Import!.Id;
        }

        await world.Storage.Queue(QueueNames.Imports).ClearMessagesAsync();
        return (ids[ImportKind.Accounts], ids[ImportKind.Bills]);
    }

    private static async Task ApplyAsync(BenchmarkWorld world, string import)
    {
        await world.Verb<IWorkQueue>().TryEnqueueAsync(new ImportMessage(import, 0), CancellationToken.None);
        var isDone = false;
        await Pump.DrainAsync(
            world.Storage.Queue(QueueNames.Imports),
            async text =>
            {
                var message = JsonSerializer.Deserialize(text, LedgerJson.Default.ImportMessage)!;

                // The next one in turn was called: it is another phase.
                if (message.ImportId == import && !isDone)
                {
                    await world.Verb<ApplyImport>().RunAsync(message, CancellationToken.None);
                    isDone = (await world.Verb<IImportStore>().FindAsync(import, CancellationToken.None))!.IsEnded;
                }
            }
        );
    }
}
