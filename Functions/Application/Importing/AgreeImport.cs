using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// An accounts file that changes the means of payment or the caps of more known accounts than one person may, with the
/// files of the 24 hours before it, waits for another one than who sent it. A yes lets it take its turn, a no sets it
/// aside. Only accounts files change these, and later ones stay behind it: what both people were shown stays so.
/// </summary>
public sealed class AgreeImport(
    IImportStore imports,
    AccountBooks books,
    ChangeControls change,
    SetAsideImport aside,
    IWorkQueue queue
)
{
    private const int AccountsAtOnce = 100;

    /// <summary>Before anything of the import is applied.</summary>
    /// <returns>The import, if it may be applied; null when it waits, is set aside, or somebody else moved it
    /// on.</returns>
    public async Task<ImportRecord?> RequireAsync(
        ImportRecord import,
        IAsyncEnumerable<ImportPart> parts,
        CancellationToken cancel
    )
    {
        if (import is not { State: ImportState.Stored, AgreedBy: null })
        {
            return import;
        }

        var controls = (await books.Controls.LoadAsync(cancel)).Controls;
        if (controls.Policies.MostMethodChanges is not { } most)
        {
            return import;
        }

        var changes = MethodChanges.None;
        await foreach (var part in parts.WithCancellation(cancel))
        {
            changes += await CountAsync(import, part.Rows, controls, cancel);
        }

        if (changes.Accounts == 0)
        {
            return import.Changes is null ? import : await imports.SaveAsync(import with { Changes = null }, cancel);
        }

        var all = changes with { Earlier = await EarlierAsync(import, cancel) };
        var counted = import with { Changes = all };
        return all.InADay > most ? await ResolveAsync(counted, cancel) : await imports.SaveAsync(counted, cancel);
    }

    // What two people have agreed on is theirs; what waits or was set aside has changed nothing.
    private async Task<int> EarlierAsync(ImportRecord import, CancellationToken cancel)
    {
        var since = import.Arrival.At - Approval.Valid;
        return await imports
            .ReadAllAsync(cancel)
            .Where(other => other.Id != import.Id && other.Arrival.At > since && other.Arrival.At <= import.Arrival.At)
            .Where(other => other is { State: ImportState.Applying or ImportState.Done, AgreedBy: null })
            .Select(other => other.Changes?.Accounts ?? 0)
            .SumAsync(cancel);
    }

    /// <summary>With every sweep while it waits: what nobody has answered for a day is asked anew.</summary>
    public async Task LookAgainAsync(ImportRecord waiting, CancellationToken cancel)
    {
        if (await ResolveAsync(waiting, cancel) is { } agreed)
        {
            await queue.TryEnqueueAsync(new ImportMessage(agreed.Id, 0), cancel);
        }
    }

    /// <summary>Before a yes.</summary>
    /// <exception cref="RefusedException">The import does not wait any more.</exception>
    public async Task RefuseChangedAsync(string approval, CancellationToken cancel)
    {
        if (
            await FindAsync(approval, cancel) is { Decided: null, Act: ImportAgreed act }
            && await MeantAsync(act, cancel) is null
        )
        {
            throw new RefusedException($"Import {act.Import} does not wait any more. You have approved nothing.");
        }
    }

    /// <summary>After a yes, and with every sweep: what two people have agreed on takes its turn.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        foreach (var approval in (await books.Controls.LoadAsync(cancel)).Controls.Approvals.Where(it => it.IsToDo))
        {
            if (approval.Act is ImportAgreed act && await ReleaseAsync(approval, act, cancel) is { } outcome)
            {
                var authority = books.Clock.Authority("approvals", outcome);
                await change.RunAsync(new AgreedActEnded(approval.Id, outcome), authority, cancel);
            }
        }
    }

    /// <summary>After a no.</summary>
    public async Task RejectAsync(string approval, CancellationToken cancel)
    {
        if (
            await FindAsync(approval, cancel) is { IsRejected: true, Act: ImportAgreed act }
            && await MeantAsync(act, cancel) is { Waits: true } import
        )
        {
            await LookAgainAsync(import, cancel);
        }
    }

    // Null when somebody else has just moved the import on: the next sweep looks again.
    private async Task<string?> ReleaseAsync(Approval approval, ImportAgreed act, CancellationToken cancel)
    {
        if (await MeantAsync(act, cancel) is not { } import)
        {
            return $"Import {act.Import} has gone on already, or is set aside";
        }

        if (import.AgreedBy is null && await AgreeAsync(import, approval, cancel) is null)
        {
            return null;
        }

        await queue.TryEnqueueAsync(new ImportMessage(import.Id, 0), cancel);
        return $"Import {act.Import} is applied when its turn comes";
    }

    private Task<ImportRecord?> AgreeAsync(ImportRecord import, Approval approval, CancellationToken cancel) =>
        imports.SaveAsync(
            import with
            {
                State = ImportState.Stored,
                Approval = approval.Id,
                AgreedBy = approval.Decided,
            },
            cancel
        );

    // By what was asked and not by which request: a run that died in between finds its own again.
    private async Task<ImportRecord?> ResolveAsync(ImportRecord import, CancellationToken cancel)
    {
        var act = new ImportAgreed(import.Id, import.Sha256, import.Arrival.At, import.Changes!);
        var now = books.Clock.Now.Utc;
        var asked = (await books.Controls.LoadAsync(cancel)).Controls.Approvals.LastOrDefault(it =>
            it.Act == act && (it.Decided is not null || !it.IsExpired(now))
        );
        switch (asked)
        {
            case { IsRejected: true, Decided: { } no }:
                await aside.RunAsync(import.Id, no, cancel);
                return null;
            case { Decided: not null }:
                return await AgreeAsync(import, asked, cancel);
            default:
                await PutOffAsync(import, asked?.Id ?? await AskAsync(act, import.Arrival, cancel), cancel);
                return null;
        }
    }

    private async Task<string> AskAsync(ImportAgreed act, Authority sender, CancellationToken cancel)
    {
        var now = books.Clock.Now.Utc;
        var what = string.Create(CultureInfo.InvariantCulture, $"{act.Import}|{act.Arrived.UtcTicks}|{now.UtcTicks}");
        var id = $"import-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..16]}";
        await change.RunAsync(new ApprovalAsked(id, act), sender with { At = now }, cancel);
        return id;
    }

    private async Task PutOffAsync(ImportRecord import, string approval, CancellationToken cancel)
    {
        if (import.Waits && import.Approval == approval)
        {
            return;
        }

        var waiting = import with { State = ImportState.WaitsForApproval, Approval = approval };
        if (await imports.SaveAsync(waiting, cancel) is not null)
        {
            await imports.EndTurnAsync(waiting, cancel);
            if (await imports.NextInTurnAsync(cancel) is { } next)
            {
                await queue.TryEnqueueAsync(new ImportMessage(next.Id, next.BucketsDone), cancel);
            }
        }
    }

    private async Task<MethodChanges> CountAsync(
        ImportRecord import,
        IReadOnlyList<ImportRow> rows,
        Controls controls,
        CancellationToken cancel
    )
    {
        var sum = MethodChanges.None;
        var byAccount = rows.ToLookup(row => row.Account);
        foreach (var bucket in byAccount.Select(row => row.Key).GroupBy(Bucket.Of))
        {
            foreach (var accounts in bucket.Chunk(AccountsAtOnce))
            {
                foreach (var entry in await LoadAsync(bucket.Key, accounts, cancel))
                {
                    var changed = byAccount[entry.Ledger.Id].Select(row => ChangesOf(entry.Ledger, row));
                    sum = changed.Aggregate(sum, (all, one) => all + one);
                }
            }
        }

        return sum;

        MethodChanges ChangesOf(AccountLedger ledger, ImportRow row) =>
            row.ToCommand(books.Clock.Now) is Enrol enrol
            && ledger.Enrolment is { } before
            && LedgerDecider
                .Decide(enrol with { ReceivedAt = import.Arrival.At }, ledger, controls)
                .OfType<AccountEnrolled>()
                .FirstOrDefault()
                is { } enrolled
                ? MethodChanges.Of(before, enrolled.Enrolment)
                : MethodChanges.None;
    }

    // A ledger that cannot be read is not changed by the import either: its row is listed with it.
    private async Task<IReadOnlyList<LedgerEntry>> LoadAsync(
        Bucket bucket,
        AccountId[] accounts,
        CancellationToken cancel
    )
    {
        try
        {
            return await books.Ledgers.LoadManyAsync(bucket, accounts, cancel);
        }
        catch (Exception failure) when (EvaluateBucket.IsOfTheAccount(failure))
        {
            List<LedgerEntry> readable = [];
            foreach (var account in accounts.Where(_ => accounts.Length > 1))
            {
                readable.AddRange(await LoadAsync(bucket, [account], cancel));
            }

            return readable;
        }
    }

    private async Task<Approval?> FindAsync(string approval, CancellationToken cancel) =>
        (await books.Controls.LoadAsync(cancel)).Controls.Approvals.FirstOrDefault(it => it.Id == approval);

    // Null when it has ended, or has arrived once more since.
    private async Task<ImportRecord?> MeantAsync(ImportAgreed act, CancellationToken cancel) =>
        await imports.FindAsync(act.Import, cancel) is { IsEnded: false } import && import.Arrival.At == act.Arrived
            ? import
            : null;
}
