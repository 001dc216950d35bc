using System.Runtime.CompilerServices;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>
/// The ledgers as the real table serves them: guarded by tags, in short and empty pages, each page as the rows are when
/// it is read, a save in as many transactions as it takes.
/// </summary>
internal sealed class SimLedgerStore(SimWorld world, Worker worker) : ILedgerStore
{
    public Task<LedgerEntry?> LoadAsync(AccountId account, CancellationToken cancel) =>
        ReadAsync($"load {account}", () => world.Ledgers.LoadAsync(account, cancel).Result, cancel);

    public Task<IReadOnlyList<LedgerEntry>> LoadManyAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) =>
        accounts.Count == 0
            ? Task.FromResult<IReadOnlyList<LedgerEntry>>([])
            : ReadAsync(
                $"load {string.Join(",", accounts)}",
                () => world.Ledgers.LoadManyAsync(bucket, accounts, cancel).Result,
                cancel
            );

    // The keys of the work rows first, then their accounts: who is looked at meanwhile is read as it is then.
    public async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadDueAsync(
        Bucket bucket,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        if (!world.IsUsed(bucket))
        {
            yield break;
        }

        var due = await ReadAsync(
            $"read due {bucket}",
            () =>
                world
                    .Ledgers.EntriesOf(bucket)
                    .Where(entry => entry.NextEvaluation <= now)
                    .Select(entry => entry.Ledger.Id)
                    .ToList(),
            cancel
        );
        var pages = ReadPagesAsync(
            $"due {bucket}",
            (from, most) =>
                [
                    .. world
                        .Ledgers.EntriesOf(bucket)
                        .Where(entry => IsAfter(entry, from) && due.Contains(entry.Ledger.Id))
                        .Take(most),
                ],
            cancel
        );
        await foreach (var page in pages)
        {
            yield return page;
        }
    }

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadForWalkAsync(
        Bucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    ) => ReadWhereAsync("for a walk", bucket, entry => entry.IsForWalk(now), cancel);

    public IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
        Bucket bucket,
        LedgerFilter filter,
        CancellationToken cancel
    ) => ReadWhereAsync(filter.ToString().ToLowerInvariant(), bucket, entry => filter.Takes(entry.Ledger), cancel);

    public Task<IReadOnlyList<WorkItem>> ReadWorkAsync(Bucket bucket, CancellationToken cancel) =>
        world.IsUsed(bucket)
            ? ReadAsync($"work {bucket}", () => world.Ledgers.ReadWorkAsync(bucket, cancel).Result, cancel)
            : Task.FromResult<IReadOnlyList<WorkItem>>([]);

    public Task<DateTimeOffset?> EarliestDueAsync(Bucket bucket, CancellationToken cancel) =>
        world.IsUsed(bucket)
            ? ReadAsync(
                $"earliest look {bucket}",
                () => world.Ledgers.EntriesOf(bucket).Min(entry => entry.NextEvaluation),
                cancel
            )
            : Task.FromResult<DateTimeOffset?>(null);

    public async Task<IReadOnlyList<SaveResult>> SaveAsync(
        Bucket bucket,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    )
    {
        List<SaveResult> results = [];
        while (results.Count < saves.Count)
        {
            List<LedgerSave> transaction = [.. saves.Skip(results.Count).Take(world.Scheduler.Random.Next(1, 4))];
            results.AddRange(
                await worker.AskAsync(
                    Port.Table,
                    $"save {string.Join("; ", transaction.Select(Describe))}",
                    fault => Save(bucket, transaction, fault),
                    cancel
                )
            );
        }

        return results;
    }

    public IAsyncEnumerable<HistoryRow> ReadHistoryAsync(AccountId account, CancellationToken cancel) =>
        world.Ledgers.ReadHistoryAsync(account, cancel);

    public Task<IReadOnlyList<Debit>> ReadArchivedAsync(AccountId account, CancellationToken cancel) =>
        ReadAsync($"archived {account}", () => world.Ledgers.ReadArchivedAsync(account, cancel).Result, cancel);

    private static string Describe(LedgerSave save) =>
        $"{save.After.Id} [{string.Join(", ", save.Events.Select(happened => happened.GetType().Name))}] look "
        + $"{save.NextEvaluation:MM-dd HH:mm:ss}";

    private Task<T> ReadAsync<T>(string what, Func<T> read, CancellationToken cancel) =>
        worker.AskAsync(
            Port.Table,
            what,
            fault => fault is Fault.None or Fault.Repeated ? read() : throw new IOException("the table is away"),
            cancel
        );

    private IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadWhereAsync(
        string what,
        Bucket bucket,
        Func<LedgerEntry, bool> fits,
        CancellationToken cancel
    ) =>
        world.IsUsed(bucket)
            ? ReadPagesAsync(
                $"{what} {bucket}",
                (from, most) =>
                    [.. world.Ledgers.EntriesOf(bucket).Where(entry => IsAfter(entry, from) && fits(entry)).Take(most)],
                cancel
            )
            : AsyncEnumerable.Empty<IReadOnlyList<LedgerEntry>>();

    // Pages of one to three, and between them empty ones with a continuation.
    private async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ReadPagesAsync(
        string what,
        Func<string, int, IReadOnlyList<LedgerEntry>> read,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (from, count) = ("", 0);
        while (true)
        {
            var most = world.Scheduler.Random.Next(0, 4);
            var page = await ReadAsync($"{what}, page {++count} of at most {most}", () => read(from, most), cancel);
            if ((page.Count == 0 && most > 0) || (page.Count == 0 && world.Mutant == Mutant.StopsAtAnEmptyPage))
            {
                yield break;
            }

            if (count != 2 || world.Mutant != Mutant.SkipsTheSecondPage)
            {
                yield return page;
            }

            from = page.Count == 0 ? from : page[^1].Ledger.Id.Value;
        }
    }

    private static bool IsAfter(LedgerEntry entry, string from) =>
        string.CompareOrdinal(entry.Ledger.Id.Value, from) > 0;

    private IReadOnlyList<SaveResult> Save(Bucket bucket, IReadOnlyList<LedgerSave> saves, Fault fault)
    {
        if (fault is Fault.LostBefore or Fault.ErrorBefore or Fault.NotYet)
        {
            throw new IOException("the table is away");
        }

        var guarded = world.Mutant == Mutant.IgnoresTheTag ? [.. saves.Select(Unguarded)] : saves;
        var results = world.Ledgers.SaveAsync(bucket, guarded, CancellationToken.None).Result;
        world.Checks.AfterSave(
            saves.Zip(results).Where(item => item.Second.Entry is not null).Select(item => item.First)
        );
        return fault is Fault.LostAfter or Fault.ErrorAfter ? throw new IOException("the table's answer is lost")
            : fault == Fault.Repeated ? [.. saves.Zip(results, Repeat)]
            : world.Mutant == Mutant.SwallowsConflicts
                ?
                [
                    .. saves.Zip(
                        results,
                        (save, result) =>
                            result.IsConflict
                                ? new SaveResult(
                                    new LedgerEntry(save.After, save.Before.Tag, save.NextEvaluation)
                                    {
                                        IsListed = save.After.IsListed,
                                        HasNotices = save.After.PendingNotices().Count > 0,
                                    }
                                )
                                : result
                    ),
                ]
            : results;
    }

    private LedgerSave Unguarded(LedgerSave save)
    {
        var stored = world.Ledgers.LoadAsync(save.After.Id, CancellationToken.None).Result;
        return save with
        {
            Before = save.Before with
            {
                Tag = stored?.Tag,
                IsListed = stored is { IsListed: true },
                HasNotices = stored is { HasNotices: true },
            },
        };
    }

    // Our own success is recognised by its history row; a look that moved has none.
    private static SaveResult Repeat(LedgerSave save, SaveResult result) =>
        save.Events.Count == 0 ? SaveResult.Conflict : result;
}
