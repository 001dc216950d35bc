using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// Applies a stored import when its turn has come, in as many messages as it needs: the record says which buckets are
/// done, so a killed run resumes with what is missing. A run whose time is up puts the next message out; no platform
/// needs to stop it. One run at a time works on an import; one that somebody else overtook ends at its next save. Each
/// run has a message out that is there when its lease is over: after a hard death that one goes on.
/// </summary>
public sealed class ApplyImport(
    IImportStore imports,
    IWorkQueue queue,
    ApplyBuckets apply,
    WholeFile whole,
    ReadImportRows file,
    IIdRegister register,
    CountTotals totals,
    ClearBacklog clear,
    AgreeImport agree,
    AccountBooks books
)
{
    // Longer than two clocks differ, and than a queue rounds.
    private static readonly TimeSpan AfterTheLease = TimeSpan.FromSeconds(2);

    /// <summary>Somebody asks, and watches nobody.</summary>
    public Task<bool> RunAsync(string importId, CancellationToken cancel) =>
        RunAsync(new ImportMessage(importId, 0), cancel);

    /// <returns>False when the import must wait for one that arrived before it.</returns>
    /// <exception cref="ImportBusyException">The message watches a run that is at work, and could not be put out again:
    /// it must not be taken for done.</exception>
    public async Task<bool> RunAsync(ImportMessage message, CancellationToken cancel)
    {
        if (await imports.FindAsync(message.ImportId, cancel) is not { IsEnded: false } known)
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
            await imports.FindAsync(known.Id, cancel) is { IsEnded: false, Waits: false } record
            && record.IsSameArrival(known)
        )
        {
            await ApplyAsync(record, message, cancel);
        }
        else
        {
            await imports.EndTurnAsync(known, cancel);
        }

        return true;
    }

    private async Task ApplyAsync(ImportRecord import, ImportMessage message, CancellationToken cancel)
    {
        if (import.Worker is { } worker && worker.Until > books.Clock.Now.Utc)
        {
            await LeaveAsync(import, worker, message, cancel);
        }
        else if (await AgreedAsync(import, cancel) is { } agreed)
        {
            await ApplyAsync(new ImportProgress(imports, books.Clock, books.Options.Lease, agreed), agreed, cancel);
        }
    }

    // Another run brings it on. Only the message that watches that run comes again: there is one of each run, however
    // many ask.
    private async Task LeaveAsync(
        ImportRecord import,
        ImportWorker worker,
        ImportMessage message,
        CancellationToken cancel
    )
    {
        if (
            message.Watches == worker.Run
            && !await WatchAsync(import, worker.Run, worker.Until - books.Clock.Now.Utc, cancel)
        )
        {
            throw new ImportBusyException(import.Id);
        }
    }

    private async Task ApplyAsync(ImportProgress progress, ImportRecord import, CancellationToken cancel)
    {
        // Before the lease: a run that dies with it is watched. Without a queue the sweep asks again.
        await WatchAsync(import, progress.Run, books.Options.Lease, cancel);
        try
        {
            await ApplyAsync(progress, cancel);
        }
        catch
        {
            await progress.TryGiveBackAsync();
            throw;
        }
        finally
        {
            await queue.WithdrawAsync(progress.Run, CancellationToken.None);
        }
    }

    private Task<bool> WatchAsync(ImportRecord import, string run, TimeSpan lease, CancellationToken cancel) =>
        queue.TryEnqueueLaterAsync(
            new ImportMessage(import.Id, import.BucketsDone) { Watches = run },
            (lease < books.Options.Lease ? lease : books.Options.Lease) + AfterTheLease,
            cancel
        );

    private async Task ApplyAsync(ImportProgress progress, CancellationToken cancel)
    {
        await progress.StartAsync(cancel);
        if (progress.Record is not { } record)
        {
            return;
        }

        var applied = record.Kind.FileFormat.HasAccounts
            ? await ApplyToAccountsAsync(progress, cancel)
            : await ApplyToCityAsync(record, cancel);
        if (applied is not null)
        {
            await EndAsync(applied, cancel);
        }
    }

    private async Task EndAsync(ImportRecord applied, CancellationToken cancel)
    {
        await imports.KeepFindingsAsync(applied, cancel);

        // The turn first: a run killed in between is still unfinished, keeps the later ones waiting, and resumes.
        await imports.EndTurnAsync(applied, cancel);
        await imports.SaveAsync(applied with { State = ImportState.Done, Worker = null }, cancel);
        await clear.FinishAsync(cancel);
        if (await imports.NextInTurnAsync(cancel) is { } next)
        {
            await CallAsync(next, cancel);
        }
    }

    // In a city without accounts nothing is known that could change.
    private async Task<ImportRecord?> AgreedAsync(ImportRecord import, CancellationToken cancel) =>
        import.Kind.FileFormat.Brings == ImportedItem.Account
        && await register.ReadOwnersAsync(IdKind.Account, cancel).AnyAsync(cancel)
            ? await agree.RequireAsync(import, file.ReadPartsAsync(import, Bucket.All, cancel), cancel)
            : import;

    // What was counted when the file came; again after a crash it is known.
    private async Task<ImportRecord> ApplyToCityAsync(ImportRecord record, CancellationToken cancel)
    {
        var rows = await file.ReadAsync(record, _ => true, cancel);
        var news = await totals.RunAsync(
            [.. rows.Select(row => row.Total!(record.Arrival) with { Import = record.Id })],
            cancel
        );
        return record with { Applied = news, Known = rows.Count - news, NextBucket = Bucket.Count };
    }

    /// <returns>The record with everything counted; null when somebody else has overtaken this run, or the next message
    /// goes on.</returns>
    private async Task<ImportRecord?> ApplyToAccountsAsync(ImportProgress progress, CancellationToken cancel)
    {
        var until = books.Clock.Now.Utc + books.Options.ImportFor;
        var context = await whole.ReadAsync(progress.Record!, cancel);
        await apply.RunAsync(progress, context, () => books.Clock.Now.Utc < until, cancel);
        if (progress.Record is not { } record)
        {
            return null;
        }

        if (!record.OpenBuckets.Any())
        {
            return await whole.ConcludeAsync(record, context, cancel);
        }

        await progress.TryGiveBackAsync();
        await CallAsync(record, cancel);
        return null;
    }

    private Task<bool> CallAsync(ImportRecord import, CancellationToken cancel) =>
        queue.TryEnqueueAsync(new ImportMessage(import.Id, import.BucketsDone), cancel);
}

/// <summary>
/// Another run of the import is under way, and the queue service is away: the message comes again by itself.
/// </summary>
public sealed class ImportBusyException(string import) : Exception($"Import {import} is being applied already.");
