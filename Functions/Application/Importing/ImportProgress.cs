using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Importing;

/// <summary>
/// How far one run has brought its import. Buckets end in any order, and each is counted with the very save that says
/// that it is done: however often it was applied, it counts once. Another run that has taken over shows at that save.
/// </summary>
internal sealed class ImportProgress(IImportStore imports, CityClock clock, TimeSpan lease, ImportRecord record)
{
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;

    /// <summary>This run, and no other.</summary>
    public string Run { get; } = OperationId.New();

    /// <summary>The import with nothing of it counted: what is applied of a bucket adds to this.</summary>
    public ImportRecord Blank { get; } = record.WithoutCounts();

    /// <summary>As it is stored; null when somebody else moved it on.</summary>
    public ImportRecord? Record { get; private set; } = record;

    /// <summary>Keeps other runs away while this one goes on.</summary>
    public Task StartAsync(CancellationToken cancel) =>
        SaveAsync(it => it with { State = ImportState.Applying }, cancel);

    /// <summary>Buckets in which the file has no row: said with the next save.</summary>
    public void Skip(IEnumerable<Bucket> empty) =>
        Record = empty.Aggregate(Record, (sum, bucket) => sum?.WithBucket(bucket, Blank));

    /// <param name="counted">What became of the bucket's rows, and of no others.</param>
    public Task EndAsync(Bucket bucket, ImportRecord counted, CancellationToken cancel) =>
        SaveAsync(it => it.WithBucket(bucket, counted), cancel);

    /// <summary>
    /// Lets the next run begin at once. As the record is stored by now: the answer to our last save may be lost. If it
    /// fails, the lease lapses.
    /// </summary>
    public async Task TryGiveBackAsync()
    {
        try
        {
            if (
                await imports.FindAsync(Blank.Id, CancellationToken.None) is { Worker: { } worker } stored
                && worker.Run == Run
            )
            {
                await imports.SaveAsync(stored with { Worker = null }, CancellationToken.None);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What ended the run is told, and not this.
        }
    }

    // One after the other, each on top of what the one before has stored.
    private Task SaveAsync(Func<ImportRecord, ImportRecord> change, CancellationToken cancel)
    {
        lock (gate)
        {
            return last = SaveAsync(last, change, cancel);
        }
    }

    private async Task SaveAsync(Task before, Func<ImportRecord, ImportRecord> change, CancellationToken cancel)
    {
        // A save that failed has its own caller to tell.
        await before.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        if (Record is { } record)
        {
            var next = change(record) with { Worker = new ImportWorker(Run, clock.Now.Utc + lease) };
            await imports.KeepFindingsAsync(next, cancel);
            Record = await imports.SaveAsync(next with { NewFindings = [] }, cancel);
        }
    }
}

internal static class NewFindings
{
    /// <summary>Before the record that counts them: a run that dies in between finds and keeps them again.</summary>
    public static Task KeepFindingsAsync(this IImportStore imports, ImportRecord record, CancellationToken cancel) =>
        record.NewFindings.Count > 0
            ? imports.AddFindingsAsync(record, record.NewFindings, cancel)
            : Task.CompletedTask;
}
