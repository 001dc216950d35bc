using System.Collections.Concurrent;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// Applies the buckets of an import that are not done, several at once, and only rolls forward. Every row is idempotent
/// by its id, and a bucket is counted when it is done: a run that is killed repeats at most the buckets in hand.
/// </summary>
public sealed class ApplyBuckets(ApplyRows apply, ReadImportRows file, ReadImportContext readContext)
{
    private const int AtOnce = 8;

    /// <param name="whole">What only the whole file tells.</param>
    /// <param name="hasTime">Asked before each bucket but the first: without it a run would bring nothing on.</param>
    internal async Task RunAsync(
        ImportProgress progress,
        ImportContext whole,
        Func<bool> hasTime,
        CancellationToken cancel
    )
    {
        var record = progress.Record!;
        var run = new Run(progress, hasTime);
        await foreach (var part in file.ReadPartsAsync(record, record.OpenBuckets, cancel))
        {
            var context = await readContext.OfPartAsync(whole, record.Kind, part.Rows, cancel);
            run.Begin(part, whole.Conflicts.Concat(context.Conflicts));
            await apply.PrepareAsync(cancel);
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(run, context, cancel)));
            if (run.IsOver)
            {
                return;
            }
        }
    }

    private async Task WorkAsync(Run run, ImportContext context, CancellationToken cancel)
    {
        try
        {
            while (run.TryTake(out var bucket))
            {
                var counted = await apply.RunAsync(run.Progress.Blank, bucket, run.RowsOf(bucket), context, cancel);
                var disputed = context.Conflicts.Any(conflict => Bucket.Of(conflict.Row.Account) == bucket);
                await run.Progress.EndAsync(
                    bucket,
                    counted with
                    {
                        DisputedBuckets = disputed ? [bucket.Number] : [],
                    },
                    cancel
                );
            }
        }
        catch
        {
            run.Stop();
            throw;
        }
    }

    private sealed class Run(ImportProgress progress, Func<bool> hasTime)
    {
        private readonly ConcurrentQueue<Bucket> open = new();
        private ILookup<Bucket, ImportRow> rows = Array.Empty<ImportRow>().ToLookup(row => Bucket.Of(row.Account));
        private volatile bool isStopped;
        private int taken;

        public ImportProgress Progress => progress;

        public bool IsOver => isStopped || progress.Record is null;

        public IEnumerable<ImportRow> RowsOf(Bucket bucket) => rows[bucket];

        public void Stop() => isStopped = true;

        /// <param name="conflicts">Rows that are not taken.</param>
        public void Begin(ImportPart part, IEnumerable<ConflictingRow> conflicts)
        {
            var left = conflicts.ToLookup(conflict => Bucket.Of(conflict.Row.Account), conflict => conflict.Row.Line);
            var lines = left.SelectMany(bucket => bucket).ToHashSet();
            rows = part.Rows.Where(row => !lines.Contains(row.Line)).ToLookup(row => Bucket.Of(row.Account));
            var filled = part.Buckets.ToLookup(bucket => rows.Contains(bucket) || left.Contains(bucket));
            progress.Skip(filled[false]);
            foreach (var bucket in filled[true])
            {
                open.Enqueue(bucket);
            }
        }

        public bool TryTake(out Bucket bucket)
        {
            bucket = default;
            if (Interlocked.Increment(ref taken) > 1 && !hasTime())
            {
                Stop();
            }

            return !IsOver && open.TryDequeue(out bucket);
        }
    }
}
