using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Waiting;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// Applies a stored import bucket by bucket and only rolls forward: the record says which bucket is next, every row is
/// idempotent by its id, so a killed import resumes where it was and repeats nothing. A run that somebody else overtook
/// ends at its next save.
/// </summary>
public sealed class ApplyImport(
    IImportStore imports,
    IWorkQueue queue,
    ApplyRows apply,
    ReadImportContext readContext,
    IdConflicts conflicts,
    EarlyRows early,
    IIdRegister register,
    CountTotals totals,
    ClearBacklog clear,
    AgreeImport agree,
    CityClock clock
)
{
    /// <returns>False when the import must wait for one that arrived before it.</returns>
    public async Task<bool> RunAsync(string importId, CancellationToken cancel)
    {
        if (await imports.FindAsync(importId, cancel) is not { IsEnded: false } known)
        {
            return true;
        }

        if (known.Waits)
        {
            await agree.LookAgainAsync(known, cancel);
            return true;
        }

        if (!await imports.TakeTurnAsync(known, cancel))
        {
            return false;
        }

        // Read again: before the turn was taken, somebody else may have finished it, and a person may have asked for it
        // once more.
        if (
            await imports.FindAsync(importId, cancel) is { IsEnded: false, Waits: false } record
            && record.IsSameArrival(known)
        )
        {
            await ApplyAsync(record, cancel);
        }
        else
        {
            await imports.EndTurnAsync(known, cancel);
        }

        return true;
    }

    private async Task ApplyAsync(ImportRecord import, CancellationToken cancel)
    {
        var (rows, aside) = await ReadRowsAsync(import, cancel);
        if (await AgreedAsync(import, rows, cancel) is not { } record)
        {
            return;
        }

        var applied = record.Kind.FileFormat.HasAccounts
            ? await ApplyToAccountsAsync(record, rows, aside, cancel)
            : await ApplyToCityAsync(record, rows, cancel);
        if (applied is null)
        {
            return;
        }

        await KeepFindingsAsync(applied, cancel);

        // The turn first: a run killed in between is still unfinished, keeps the later ones waiting, and resumes.
        await imports.EndTurnAsync(applied, cancel);
        await imports.SaveAsync(applied with { State = ImportState.Done }, cancel);
        await clear.FinishAsync(cancel);
        await CallNextAsync(cancel);
    }

    // In a city without accounts nothing is known that could change.
    private async Task<ImportRecord?> AgreedAsync(
        ImportRecord import,
        List<ImportRow> rows,
        CancellationToken cancel
    ) =>
        import.Kind.FileFormat.Brings == ImportedItem.Account
        && await register.ReadOwnersAsync(IdKind.Account, cancel).AnyAsync(cancel)
            ? await agree.RequireAsync(import, rows, cancel)
            : import;

    // What was counted when the file came; again after a crash it is known.
    private async Task<ImportRecord> ApplyToCityAsync(
        ImportRecord record,
        List<ImportRow> rows,
        CancellationToken cancel
    )
    {
        var news = await totals.RunAsync(
            [.. rows.Select(row => row.Total!(record.Arrival) with { Import = record.Id })],
            cancel
        );
        return record with { Applied = news, Known = rows.Count - news, NextBucket = Bucket.Count };
    }

    /// <returns>The record with everything counted; null when somebody else has overtaken this run.</returns>
    private async Task<ImportRecord?> ApplyToAccountsAsync(
        ImportRecord record,
        List<ImportRow> rows,
        List<(ImportRow Row, string Why)> aside,
        CancellationToken cancel
    )
    {
        rows = await conflicts.FollowMovesAsync(record.Kind, rows, cancel);
        var context = await readContext.RunAsync(record.Kind, rows, cancel);
        var buckets = rows.Except(context.Conflicts.Select(conflict => conflict.Row))
            .ToLookup(row => Bucket.Of(row.Account));
        foreach (var bucket in Bucket.All.Where(bucket => bucket.Number >= record.NextBucket))
        {
            record = await apply.RunAsync(record, bucket, buckets[bucket], context, cancel) with
            {
                State = ImportState.Applying,
                NextBucket = bucket.Number + 1,
            };
            if (!buckets[bucket].Any())
            {
                continue;
            }

            await KeepFindingsAsync(record, cancel);
            if (await imports.SaveAsync(record with { NewFindings = [] }, cancel) is not { } saved)
            {
                return null;
            }

            record = saved;
        }

        // After all buckets: the bill that a row conflicts with may be of the same file.
        record = await conflicts.NoteAsync(record, context.Conflicts, cancel);
        record = (await early.SetAsideAsync(record, aside, cancel)).WithLookAlikes();
        return record.IsComplete
            ? record.WithMissing(
                await MissingAsync([.. rows.Concat(aside.Select(it => it.Row)).Select(row => row.Account)], cancel)
            )
            : record;
    }

    // Before the record that counts them: a run that dies in between finds and keeps them again.
    private async Task KeepFindingsAsync(ImportRecord record, CancellationToken cancel)
    {
        if (record.NewFindings.Count > 0)
        {
            await imports.AddFindingsAsync(record, record.NewFindings, cancel);
        }
    }

    private async Task CallNextAsync(CancellationToken cancel)
    {
        if (await imports.NextInTurnAsync(cancel) is { } waiting)
        {
            await queue.TryEnqueueAsync(new ImportMessage(waiting.Id, waiting.NextBucket), cancel);
        }
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

    // As it was judged when it came, however much later it is applied.
    private async Task<(List<ImportRow> Rows, List<(ImportRow Row, string Why)> Aside)> ReadRowsAsync(
        ImportRecord record,
        CancellationToken cancel
    )
    {
        List<ImportRow> rows = [];
        List<(ImportRow, string)> aside = [];
        var rules = new ImportRules
        {
            Today = clock.City.At(record.Authority.At).Today,
            SetAside = record.SetsAside ? (row, why) => aside.Add((row, why)) : null,
        };
        await using var file = await imports.OpenFileAsync(record.Id, cancel);
        var check = ImportReader.Read(record.Kind, file, rows.Add, rules);
        return check.IsGood
            ? (rows, aside)
            : throw new InvalidOperationException(
                $"The stored file of import {record.Id} does not check: {check.Problems[0]}."
            );
    }
}
