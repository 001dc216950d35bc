using Autopay.Application.Ports;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>
/// Applies an import's rows of one bucket. An account whose ledger cannot be read or written stops nobody else: its rows are
/// listed with the import, and it is put on the stuck list.
/// </summary>
public sealed class ApplyRows(
    ILedgerStore ledgers, IControlsStore controlsStore, ISuspenseStore suspense, IStuckStore stuck, SuspendedRows suspended, LedgerWriter writer, CityClock clock)
{
    private const int AccountsPerSave = 100;

    // Each row can be a row of the account's transaction, which holds 100: what is more than this is a save of its own.
    private const int RowsPerSave = 50;

    /// <param name="money">The payments that are or were in suspense, by the account that they name.</param>
    /// <returns>The record with these rows counted.</returns>
    public async Task<ImportRecord> RunAsync(
        ImportRecord record, Bucket bucket, IEnumerable<ImportRow> rows, IReadOnlySet<(AccountId, string)> money, CancellationToken cancel)
    {
        var rounds = rows.GroupBy(row => row.Account).SelectMany(account => account.Index()).GroupBy(row => row.Index / RowsPerSave, row => row.Item).OrderBy(round => round.Key);
        foreach (var accounts in rounds.SelectMany(round => round.GroupBy(row => row.Account, (account, of) => new AccountRows(account, [.. of])).Chunk(AccountsPerSave)))
        {
            // The flags before anything else: while a restore is not finished an account that is missing is no unknown one.
            var scope = new WriteScope(bucket, (await controlsStore.LoadRecentAsync(cancel)).Controls, record.Arrival with { At = clock.Now.Utc });
            record = await ApplyAsync(record, scope, accounts, money, cancel);
        }

        return record;
    }

    private async Task<ImportRecord> ApplyAsync(
        ImportRecord record, WriteScope scope, AccountRows[] accounts, IReadOnlySet<(AccountId, string)> money, CancellationToken cancel)
    {
        try
        {
            return await TryAsync(record, scope, accounts, money, cancel);
        }
        catch (Exception failure) when (accounts.Length > 1 && EvaluateBucket.IsOfTheAccount(failure))
        {
            // One of them is bad: each by itself.
            foreach (var account in accounts)
            {
                record = await ApplyAsync(record, scope, [account], money, cancel);
            }

            return record;
        }
        catch (Exception failure) when (EvaluateBucket.IsOfTheAccount(failure))
        {
            await stuck.PutAsync(EvaluateBucket.StuckOf(accounts[0].Account, failure, clock.Now.Utc), cancel);
            return record.WithConflicts(accounts[0].Rows, $"The account's ledger cannot be read or written now: apply this import again when it is off the stuck list. {failure.Message}");
        }
    }

    private async Task<ImportRecord> TryAsync(
        ImportRecord record, WriteScope scope, AccountRows[] accounts, IReadOnlySet<(AccountId, string)> money, CancellationToken cancel)
    {
        (record, accounts) = await TakeOutSuspendedAsync(record, scope, accounts, money, cancel);
        var known = (await ledgers.LoadManyAsync(scope.Bucket, [.. accounts.Select(rows => rows.Account)], cancel)).ToDictionary(entry => entry.Ledger.Id);
        var ours = accounts.ToLookup(rows => record.Kind == ImportKind.Accounts || known.ContainsKey(rows.Account));
        record = await ListUnknownAsync(record, [.. ours[false].SelectMany(rows => rows.Rows)], cancel);

        var work = ours[true].Select(rows => new AccountWork(
            known.GetValueOrDefault(rows.Account) ?? new LedgerEntry(AccountLedger.Open(rows.Account, scope.Controls.Generation), null, null),
            [.. rows.Rows.Select(row => CommandOf(row, record))])).ToList();
        var results = await writer.WriteAsync(scope, work, cancel);
        return ours[true].Zip(results).Aggregate(record, (sum, item) => sum.WithEnded(item.First.Rows, item.Second.Commands));
    }

    private async Task<(ImportRecord Record, AccountRows[] Left)> TakeOutSuspendedAsync(
        ImportRecord record, WriteScope scope, AccountRows[] accounts, IReadOnlySet<(AccountId, string)> money, CancellationToken cancel)
    {
        List<ImportRow> left = [];
        foreach (var row in accounts.SelectMany(rows => rows.Rows))
        {
            if (money.Contains((row.Account, row.Id)) && await suspended.TryApplyAsync(row, scope.Authority, cancel) is { } ended)
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

    private static Func<Moment, LedgerCommand> CommandOf(ImportRow row, ImportRecord record) => now => row.ToCommand(now) with { Source = record.Id } switch
    {
        Enrol enrol => enrol with { ReceivedAt = record.Arrival.At },
        var command => command,
    };

    private async Task<ImportRecord> ListUnknownAsync(ImportRecord record, IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        foreach (var row in rows.Where(row => row.Payment is not null))
        {
            await suspense.PutAsync(new SuspendedPayment(row.Payment!(clock.Now), row.Account.Value, record.Id, row.Line, clock.Now.Utc), cancel);
        }

        return record.WithUnknown(rows, record.Kind == ImportKind.Payments ? "No such account: the payment is in suspense" : "No such account: listed, nothing applied");
    }

    private sealed record AccountRows(AccountId Account, IReadOnlyList<ImportRow> Rows);
}
