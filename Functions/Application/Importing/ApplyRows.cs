using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// Applies an import's rows of one bucket. An account whose ledger cannot be read or written stops nobody else: its
/// rows are listed with the import, and it is put on the stuck list.
/// </summary>
public sealed class ApplyRows(
    AccountBooks books,
    IStuckStore stuck,
    SuspenseRows suspended,
    EarlyRows early,
    OpenAccounts open,
    IdConflicts conflicts
)
{
    private const int AccountsPerSave = 100;

    // Each row can be a row of the account's transaction, which holds 100: what is more than this is a save of its own.
    private const int RowsPerSave = 50;

    /// <summary>Before buckets that begin together: each of them would read the controls by itself.</summary>
    public Task PrepareAsync(CancellationToken cancel) => books.Controls.LoadRecentAsync(cancel);

    /// <returns>The record with these rows counted.</returns>
    public async Task<ImportRecord> RunAsync(
        ImportRecord record,
        Bucket bucket,
        IEnumerable<ImportRow> rows,
        ImportContext context,
        CancellationToken cancel
    )
    {
        // In the order of their keys, so that a page of accounts is one short range of the table.
        var rounds = rows.GroupBy(row => row.Account)
            .OrderBy(account => account.Key)
            .SelectMany(account => account.Index())
            .GroupBy(row => row.Index / RowsPerSave, row => row.Item)
            .OrderBy(round => round.Key);
        foreach (
            var accounts in rounds.SelectMany(round =>
                round
                    .GroupBy(row => row.Account, (account, of) => new AccountRows(account, [.. of]))
                    .Chunk(AccountsPerSave)
            )
        )
        {
            // The controls before anything else: while a restore is not finished an account that is missing is no
            // unknown one.
            var scope = new WriteScope(
                bucket,
                (await books.Controls.LoadRecentAsync(cancel)).Controls,
                record.Arrival with
                {
                    At = books.Clock.Now.Utc,
                }
            );
            record = await ApplyAsync(record, scope, accounts, context, cancel);
        }

        return record;
    }

    private async Task<ImportRecord> ApplyAsync(
        ImportRecord record,
        WriteScope scope,
        AccountRows[] accounts,
        ImportContext context,
        CancellationToken cancel
    )
    {
        try
        {
            return await TryAsync(record, scope, accounts, context, cancel);
        }
        catch (Exception failure) when (accounts.Length > 1 && EvaluateBucket.IsOfTheAccount(failure))
        {
            // One of them is bad: each by itself.
            foreach (var account in accounts)
            {
                record = await ApplyAsync(record, scope, [account], context, cancel);
            }

            return record;
        }
        catch (Exception failure) when (EvaluateBucket.IsOfTheAccount(failure))
        {
            await stuck.PutAsync(EvaluateBucket.StuckOf(accounts[0].Account, failure, books.Clock.Now.Utc), cancel);
            return record.WithConflicts(
                accounts[0].Rows,
                "The account's ledger cannot be read or written now: apply this import again when it is off the "
                    + $"stuck list. {failure.Message}"
            );
        }
    }

    private async Task<ImportRecord> TryAsync(
        ImportRecord record,
        WriteScope scope,
        AccountRows[] accounts,
        ImportContext context,
        CancellationToken cancel
    )
    {
        (record, accounts) = await TakeOutSuspenseAsync(record, scope, accounts, context, cancel);
        var known = (
            await books.Ledgers.LoadManyAsync(scope.Bucket, [.. accounts.Select(rows => rows.Account)], cancel)
        ).ToDictionary(entry => entry.Ledger.Id);
        var others = accounts
            .Where(rows => !known.ContainsKey(rows.Account))
            .ToLookup(rows =>
                record.Kind.FileFormat.Brings != ImportedItem.Account ? Others.Unknown
                : context.LookAlikes.ContainsKey(rows.Account) ? Others.LookAlike
                : Others.Opening
            );
        record = await early.SetAsideAsync(
            record,
            [.. others[Others.LookAlike].SelectMany(rows => rows.Rows)],
            context.LookAlikes,
            cancel
        );
        if (others[Others.Unknown].SelectMany(rows => rows.Rows).ToList() is { Count: > 0 } unknown)
        {
            record = await early.KeepUnknownAsync(record, scope, unknown, context, cancel);
        }

        // Known ones too: an import that died between their opening and what waited for them goes on here.
        var opening =
            record.Kind.FileFormat.Brings == ImportedItem.Account
                ? accounts.Except(others[Others.LookAlike]).Select(rows => rows.Account).ToList()
                : [];
        var waits = await open.PrepareAsync(scope.Bucket, opening, context, scope.Authority, cancel);

        // Before the accounts are there: whoever dies after that finds them known, and would not look for this again.
        record = await conflicts.NoteAsync(record, [.. waits.Values.SelectMany(wait => wait.Lost)], cancel);
        var work = accounts
            .Where(rows => known.ContainsKey(rows.Account) || waits.ContainsKey(rows.Account))
            .Select(rows =>
                ToWork(
                    record,
                    scope,
                    rows,
                    known.GetValueOrDefault(rows.Account),
                    waits.GetValueOrDefault(rows.Account),
                    context
                )
            )
            .ToList();
        var results = await WriteAsync(scope, [.. work.Select(item => item.Work)], cancel);
        foreach (var (item, result) in work.Zip(results))
        {
            record = await FinishAsync(record, scope, item, result, cancel);
        }

        return record;
    }

    private RowsWork ToWork(
        ImportRecord record,
        WriteScope scope,
        AccountRows rows,
        LedgerEntry? known,
        WaitingForAccount? opening,
        ImportContext context
    )
    {
        var following = known is null ? [] : EarlyRows.Following(context, rows.Account, rows.Rows);
        IEnumerable<Func<Moment, LedgerCommand>> extra = following.Select(WaitingForAccount.Command);
        var entry = known ?? new LedgerEntry(AccountLedger.Open(rows.Account, scope.Controls.Generation), null, null);
        var commands = rows
            .Rows.Select(row => CommandOf(row, record))
            .Concat(opening?.CommandsOn(books.Clock.Now.Today, scope.Controls) ?? extra);
        return new RowsWork(
            rows.Rows,
            new AccountWork(entry, [.. commands]),
            opening ?? WaitingForAccount.Nothing with { Early = following }
        );
    }

    // Each command may be a row of the account's transaction: the rows come first, what waited for them may need more
    // saves.
    private async Task<IReadOnlyList<AccountResult>> WriteAsync(
        WriteScope scope,
        IReadOnlyList<AccountWork> work,
        CancellationToken cancel
    )
    {
        var results = await books.Writer.WriteAsync(
            scope,
            [.. work.Select(item => item with { Commands = [.. item.Commands.Take(RowsPerSave)] })],
            cancel
        );
        var rest = results.Zip(
            work,
            (result, item) => new AccountWork(result.Entry, [.. item.Commands.Skip(RowsPerSave)])
        );
        List<AccountResult> whole = [];
        foreach (var (first, more) in results.Zip(rest))
        {
            var result = first;
            foreach (var part in more.Commands.Chunk(RowsPerSave))
            {
                result = first with
                {
                    Entry = (await books.Writer.WriteAsync(scope, [new AccountWork(result.Entry, part)], cancel))[
                        0
                    ].Entry,
                };
            }

            whole.Add(result);
        }

        return whole;
    }

    private async Task<ImportRecord> FinishAsync(
        ImportRecord record,
        WriteScope scope,
        RowsWork item,
        AccountResult result,
        CancellationToken cancel
    )
    {
        var ended = result.Commands.Take(item.Rows.Count).ToList();
        record = record.WithEnded(item.Rows, ended);
        foreach (var (row, end) in item.Rows.Zip(ended).Where(row => row.Second.IsEarly))
        {
            record = await early.KeepAsync(record, [row], end.Refusal!.TrimEnd('.'), cancel);
        }

        await open.FinishAsync(scope.Bucket, item.Waited, result.Entry.Ledger, scope.Authority, cancel);
        return record;
    }

    private async Task<(ImportRecord Record, AccountRows[] Left)> TakeOutSuspenseAsync(
        ImportRecord record,
        WriteScope scope,
        AccountRows[] accounts,
        ImportContext context,
        CancellationToken cancel
    )
    {
        List<ImportRow> left = [];
        foreach (var row in accounts.SelectMany(rows => rows.Rows))
        {
            if (
                context.EverInSuspense.Contains((row.Account, row.Id))
                && await suspended.TryApplyAsync(row, record.Id, scope.Authority, cancel) is { } ended
            )
            {
                record = record.WithEnded([row], [ended]);
            }
            else
            {
                left.Add(row);
            }
        }

        return (record, [.. left.GroupBy(row => row.Account, (account, of) => new AccountRows(account, [.. of]))]);
    }

    private static Func<Moment, LedgerCommand> CommandOf(ImportRow row, ImportRecord record) =>
        now =>
            row.ToCommand(now) with
            {
                Source = record.Id,
            } switch
            {
                Enrol enrol => enrol with { ReceivedAt = record.Arrival.At },
                var command => command,
            };

    private enum Others
    {
        /// <summary>A new account that resembles no known one.</summary>
        Opening,

        LookAlike,

        Unknown,
    }

    private sealed record AccountRows(AccountId Account, IReadOnlyList<ImportRow> Rows);

    /// <param name="Waited">What is asked for after the rows, and has waited for them.</param>
    private sealed record RowsWork(IReadOnlyList<ImportRow> Rows, AccountWork Work, WaitingForAccount Waited);
}
