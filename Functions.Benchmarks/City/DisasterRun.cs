using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Benchmarks.World;
using Autopay.Hosting;
using Autopay.Storage.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Benchmarks.City;

/// <summary>What one step of losing an account needed.</summary>
/// <param name="MostBytes">The working set of this process at its largest meanwhile.</param>
public sealed record DisasterStep(string What, Usage Usage, long MostBytes);

/// <param name="Bytes">Of the copies, as they lie in the other account.</param>
public sealed record Disaster(int Accounts, long Rows, long Bytes, IReadOnlyList<DisasterStep> Steps);

/// <summary>
/// The account of the books is lost: a backup is made and copied into another account, everything else is thrown away,
/// and empty tables of a third are filled from the copies alone. Three storages, each a process of its own.
/// </summary>
public static class DisasterRun
{
    private const int AtOnce = 200;

    public static async Task<Disaster> RunAsync(int accounts)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch, runs: true);
        List<DisasterStep> steps = [];
        await using var other = await Scratch.StartAsync(inMemory: true);
        await using (var scratch = await Scratch.StartAsync(inMemory: true))
        {
            await using var world = await StartAsync(scratch, other, clock);
            await FillAsync(world, accounts);
            var exported = await StepAsync(world, "export", () => ExportAsync(world));
            var copied = await StepAsync(world, "copy", () => CopyAsync(world));
            steps.AddRange([exported, copied]);
        }

        await using var fresh = await Scratch.StartAsync(inMemory: true);
        await using var restored = await StartAsync(fresh, other, clock);
        BackupManifest manifest = null!;
        steps.Add(await StepAsync(restored, "restore", async () => manifest = await RestoreAsync(restored)));
        return manifest.Sums.Accounts == accounts
            ? new Disaster(accounts, manifest.Rows, manifest.Tables.Sum(table => table.Bytes), steps)
            : throw new InvalidOperationException($"{manifest.Sums.Accounts} of {accounts} accounts came back.");
    }

    private static async Task<BenchmarkWorld> StartAsync(Scratch books, Scratch copies, SteppingClock clock)
    {
        var world = await BenchmarkWorld.StartAsync(
            books,
            clock,
            new PromptBank(clock),
            new Dictionary<string, string?> { [AutopayServices.CopiesConnection] = copies.ConnectionString }
        );
        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        await world.Verb<CopiesAccount>().Exports!.CreateIfNotExistsAsync();
        return world;
    }

    private static async Task<DisasterStep> StepAsync(BenchmarkWorld world, string what, Func<Task> step)
    {
        Memory.Forget();
        using var ended = new CancellationTokenSource();
        var watching = Memory.MostWhileAsync(ended.Token);
        var usage = await world.CountAsync(step);
        await ended.CancelAsync();
        return new DisasterStep(what, usage, await watching);
    }

    // Each account enrolled, with a bill and its debit: what an import leaves, without its files.
    private static async Task FillAsync(BenchmarkWorld world, int accounts)
    {
        var controls = (await world.Verb<IControlsStore>().LoadAsync(CancellationToken.None)).Controls;
        var now = world.Verb<Application.CityClock>().Now;
        var ids = Enumerable
            .Range(1, accounts)
            .Select(number => new AccountId(FormattableString.Invariant($"{number:00000000}")));
        await Parallel.ForEachAsync(
            ids.GroupBy(Bucket.Of),
            Pump.AsTheHost,
            async (bucket, cancel) =>
            {
                foreach (var some in bucket.Chunk(AtOnce))
                {
                    await world
                        .Verb<ILedgerStore>()
                        .SaveAsync(bucket.Key, [.. some.Select(account => Opened(account, controls, now))], cancel);
                }
            }
        );
    }

    private static LedgerSave Opened(AccountId account, Controls controls, Moment now)
    {
        var empty = AccountLedger.Open(account);
        var (enrolment, bill) = (OpenedAccount.EnrolmentOf(account), OpenedAccount.BillOf(account, now));
        List<LedgerEvent> events = [];
        var ledger = empty;
        foreach (LedgerCommand command in new LedgerCommand[] { new Enrol(enrolment, now), new ImportBill(bill, now) })
        {
            var happened = LedgerDecider.Decide(command, ledger, controls);
            ledger = happened.Aggregate(ledger, (state, step) => state.Apply(step));
            events.AddRange(happened);
        }

        return new LedgerSave(
            new LedgerEntry(empty, null, null),
            events,
            ledger with
            {
                Operations = 1,
            },
            now.Utc.AddDays(14),
            OperationId.New(),
            new Authority("benchmark", "a city", now.Utc)
        );
    }

    private static Task<BackupManifest> ExportAsync(BenchmarkWorld world) =>
        world.Verb<ExportBackup>().RunAsync("benchmark", null, CancellationToken.None);

    private static async Task CopyAsync(BenchmarkWorld world)
    {
        _ =
            await world.Verb<CopyBackup>().RunAsync(CancellationToken.None)
            ?? throw new InvalidOperationException("The backup was not copied.");
        await world.Verb<CopyControls>().RunAsync(CancellationToken.None);
    }

    private static async Task<BackupManifest> RestoreAsync(BenchmarkWorld world)
    {
        var store = new BlobBackupStore(world.Storage, world.Verb<CopiesAccount>().Exports);
        var id = await store.ReadIdsAsync(CancellationToken.None).LastAsync();
        return await ActivatorUtilities
            .CreateInstance<RestoreBackup>(
                world.Services,
                store,
                new CheckBackup(store),
                ActivatorUtilities.CreateInstance<TableRestoreTarget>(world.Services, store)
            )
            .RunAsync(id, world.Authority("account lost"), null, CancellationToken.None);
    }
}
