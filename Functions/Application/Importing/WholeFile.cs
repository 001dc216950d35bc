using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// What only the whole file tells: before its buckets, which of several rows of one id is the first; after them, what
/// conflicts, what was set aside and who is missing.
/// </summary>
public sealed class WholeFile(
    ReadImportRows file,
    ReadImportContext readContext,
    IdConflicts conflicts,
    EarlyRows early,
    IIdRegister register
)
{
    /// <summary>The context of the import, with the rows decided whose id several accounts of the file have.</summary>
    public async Task<ImportContext> ReadAsync(ImportRecord record, CancellationToken cancel)
    {
        var shared = await file.ReadSharedAsync(record, cancel);
        return await readContext.RunAsync(record.Kind, shared, cancel) with
        {
            Decided = shared.Select(row => row.Line).ToHashSet(),
        };
    }

    /// <summary>After all buckets: the bill that a row conflicts with may be of the same file.</summary>
    /// <returns>The record with everything counted.</returns>
    public async Task<ImportRecord> ConcludeAsync(ImportRecord record, ImportContext whole, CancellationToken cancel)
    {
        List<ConflictingRow> conflicting = [.. whole.Conflicts];
        var disputed = record.DisputedBuckets.Select(number => new Bucket(number));
        await foreach (var part in file.ReadPartsAsync(record, disputed, cancel))
        {
            conflicting.AddRange((await readContext.OfPartAsync(whole, record.Kind, part.Rows, cancel)).Conflicts);
        }

        // In the order of the file, whatever part they were found in.
        conflicting.Sort((one, other) => one.Row.Line.CompareTo(other.Row.Line));
        record = await conflicts.NoteAsync(record, conflicting, cancel);
        var (aside, named) = await file.ReadRestAsync(record, cancel);
        record = (await early.SetAsideAsync(record, aside, cancel)).WithLookAlikes();
        return record.IsComplete ? record.WithMissing(await MissingAsync(named, cancel)) : record;
    }

    // A name may have been claimed for an account that was never opened: nobody misses that one.
    private async Task<IReadOnlyList<AccountId>> MissingAsync(HashSet<AccountId> named, CancellationToken cancel)
    {
        var missing = await register
            .ReadOwnersAsync(IdKind.Account, cancel)
            .Where(account => !named.Contains(account))
            .Distinct()
            .ToListAsync(cancel);
        return [.. (await conflicts.KnownAsync(missing, cancel)).Order()];
    }
}
