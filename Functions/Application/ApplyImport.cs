using Autopay.Application.Ports;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>
/// Applies a stored import bucket by bucket and only rolls forward: the record says which bucket is next, every row is idempotent
/// by its id, so a killed import resumes where it was and repeats nothing. A run that somebody else overtook ends at its next save.
/// </summary>
public sealed class ApplyImport(
    IImportStore imports, ILedgerStore ledgers, IControlsStore controlsStore, ISuspenseStore suspense, IWorkQueue queue, LedgerWriter writer, CityClock clock)
{
    private const int AccountsPerSave = 100;

    // Each row can be a row of the account's transaction, which holds 100: what is more than this is a save of its own.
    private const int RowsPerSave = 50;
    private const int MostFindings = 200;

    /// <returns>False when the import must wait for another one of its kind.</returns>
    public async Task<bool> RunAsync(string importId, CancellationToken cancel)
    {
        if (await imports.FindAsync(importId, cancel) is not { State: not ImportState.Done } known)
        {
            return true;
        }

        if (await imports.TakeTurnAsync(known.Kind, importId, cancel) != importId)
        {
            return false;
        }

        // Read again: before the turn was taken, somebody else may have finished it, and a later file may have followed.
        if (await imports.FindAsync(importId, cancel) is { State: not ImportState.Done } record)
        {
            await ApplyAsync(record, cancel);
        }
        else
        {
            await imports.EndTurnAsync(known.Kind, importId, cancel);
        }

        return true;
    }

    private async Task ApplyAsync(ImportRecord record, CancellationToken cancel)
    {
        var buckets = (await ReadRowsAsync(record, cancel)).ToLookup(row => Bucket.Of(row.Account));
        foreach (var bucket in Bucket.All.Where(bucket => bucket.Number >= record.NextBucket))
        {
            record = await ApplyAsync(record, bucket, buckets[bucket], cancel) with { State = ImportState.Applying, NextBucket = bucket.Number + 1 };
            if (!buckets[bucket].Any())
            {
                continue;
            }

            if (await imports.SaveAsync(record, cancel) is not { } saved)
            {
                return;
            }

            record = saved;
        }

        // The turn first: a run killed in between is still unfinished and resumes; done with the turn kept, it would block its kind.
        await imports.EndTurnAsync(record.Kind, record.Id, cancel);
        await imports.SaveAsync(record with { State = ImportState.Done }, cancel);
        await CallNextAsync(record.Kind, cancel);
    }

    // The oldest import that waited for its turn.
    private async Task CallNextAsync(ImportKind kind, CancellationToken cancel)
    {
        await foreach (var waiting in imports.ReadUnfinishedAsync(cancel))
        {
            if (waiting.Kind == kind)
            {
                await queue.TryEnqueueAsync(new ImportMessage(waiting.Id, waiting.NextBucket), cancel);
                return;
            }
        }
    }

    private async Task<List<ImportRow>> ReadRowsAsync(ImportRecord record, CancellationToken cancel)
    {
        List<ImportRow> rows = [];
        await using var file = await imports.OpenFileAsync(record.Id, cancel);
        var check = ImportReader.Read(record.Kind, file, rows.Add);
        return check.IsGood ? rows : throw new InvalidOperationException($"The stored file of import {record.Id} does not check: {check.Problems[0]}.");
    }

    private async Task<ImportRecord> ApplyAsync(ImportRecord record, Bucket bucket, IEnumerable<ImportRow> rows, CancellationToken cancel)
    {
        var rounds = rows.GroupBy(row => row.Account).SelectMany(account => account.Index()).GroupBy(row => row.Index / RowsPerSave, row => row.Item).OrderBy(round => round.Key);
        foreach (var accounts in rounds.SelectMany(round => round.GroupBy(row => row.Account).Chunk(AccountsPerSave)))
        {
            record = await ApplyAsync(record, bucket, accounts, cancel);
        }

        return record;
    }

    private async Task<ImportRecord> ApplyAsync(ImportRecord record, Bucket bucket, IGrouping<AccountId, ImportRow>[] accounts, CancellationToken cancel)
    {
        // The flags before anything else: while a restore is not finished an account that is missing is no unknown one.
        var controls = (await controlsStore.LoadRecentAsync(cancel)).Controls;
        var known = (await ledgers.LoadManyAsync(bucket, [.. accounts.Select(rows => rows.Key)], cancel)).ToDictionary(entry => entry.Ledger.Id);
        var unknown = record.Kind == ImportKind.Accounts ? [] : accounts.Where(rows => !known.ContainsKey(rows.Key)).SelectMany(rows => rows).ToList();
        record = await ListUnknownAsync(record, unknown, cancel);

        var ours = accounts.Where(rows => record.Kind == ImportKind.Accounts || known.ContainsKey(rows.Key)).ToList();
        var work = ours.Select(rows => new AccountWork(
            known.GetValueOrDefault(rows.Key) ?? new LedgerEntry(AccountLedger.Open(rows.Key, controls.Generation), null, null),
            [.. rows.Select(row => CommandOf(row, record.Id))])).ToList();
        var results = await writer.WriteAsync(new WriteScope(bucket, controls, record.Authority with { At = clock.Now.Utc }), work, cancel);
        return ours.Zip(results).Aggregate(record, (sum, item) => Count(sum, item.First, item.Second));
    }

    private static Func<Moment, LedgerCommand> CommandOf(ImportRow row, string importId) =>
        now => row.ToCommand(now) is Enrol enrol ? enrol with { Source = importId } : row.ToCommand(now);

    private async Task<ImportRecord> ListUnknownAsync(ImportRecord record, List<ImportRow> rows, CancellationToken cancel)
    {
        foreach (var row in rows.Where(row => row.Payment is not null))
        {
            await suspense.PutAsync(new SuspendedPayment(row.Payment!(clock.Now), row.Account.Value, record.Id, row.Line, clock.Now.Utc), cancel);
        }

        var message = record.Kind == ImportKind.Payments ? "No such account: the payment is in suspense" : "No such account: listed, nothing applied";
        return record with
        {
            UnknownAccounts = record.UnknownAccounts + rows.Count, UnknownTotal = record.UnknownTotal + rows.Sum(row => row.Cents),
            Findings = With(record.Findings, rows.Select(row => new ImportFinding(row.Line, row.Account.Value, row.Id, message))),
        };
    }

    private static ImportRecord Count(ImportRecord record, IGrouping<AccountId, ImportRow> rows, AccountResult result)
    {
        var ended = rows.Zip(result.Commands).ToList();
        var conflicts = ended.Where(row => row.Second.Refusal is not null)
            .Select(row => new ImportFinding(row.First.Line, rows.Key.Value, row.First.Id, row.Second.Refusal!)).ToList();
        var applied = ended.Count(row => row.Second.Events > 0);
        return record with
        {
            Applied = record.Applied + applied, Conflicts = record.Conflicts + conflicts.Count,
            Known = record.Known + ended.Count - conflicts.Count - applied,
            Findings = With(record.Findings, conflicts),
        };
    }

    private static IReadOnlyList<ImportFinding> With(IReadOnlyList<ImportFinding> findings, IEnumerable<ImportFinding> more) =>
        [.. findings.Concat(more).Take(MostFindings)];
}
