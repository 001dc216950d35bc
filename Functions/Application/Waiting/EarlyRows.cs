using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Waiting;

/// <summary>
/// Rows that cannot be applied when they come: each is kept where it will be found again (R13, R30, R33).
/// </summary>
public sealed class EarlyRows(IWaitingRows waiting, ISuspenseStore suspense, SuspenseRows suspended, CityClock clock)
{
    /// <summary>Rows of accounts that are not ours.</summary>
    public async Task<ImportRecord> KeepUnknownAsync(
        ImportRecord record,
        WriteScope scope,
        IReadOnlyList<ImportRow> rows,
        ImportContext context,
        CancellationToken cancel
    )
    {
        switch (record.Kind.FileFormat)
        {
            case { Brings: ImportedItem.Bill }:
                await waiting.PutBillsAsync(
                    scope.Bucket,
                    [
                        .. rows.Select(row =>
                            row.ToWaiting(record, WaitingFor.Account, "No such account: the bill waits for it")
                        ),
                    ],
                    cancel
                );
                return record.WithUnknown(rows, null);
            case { Brings: ImportedItem.Payment }:
                await SuspendAsync(record, scope, rows, context, cancel);
                return record.WithUnknown(rows, "No such account: the payment is in suspense");
            case { Waits: false }:
                return record.WithUnknown(rows, "No such account: listed, nothing applied");
            default:
                return await KeepAsync(record, rows, "No such account", cancel);
        }
    }

    /// <summary>Reversals and adjustments of what has not come.</summary>
    public async Task<ImportRecord> KeepAsync(
        ImportRecord record,
        IReadOnlyList<ImportRow> rows,
        string why,
        CancellationToken cancel
    )
    {
        var (waitsFor, what) =
            record.Kind.FileFormat.Names == ImportedItem.Payment
                ? (WaitingFor.Payment, "payment")
                : (WaitingFor.Bill, "bill");
        return await PutAsync(
            record,
            [.. rows.Select(row => row.ToWaiting(record, waitsFor, $"{why}: it waits for the {what} that it names"))],
            cancel
        );
    }

    /// <summary>New accounts that resemble known ones are not opened (R30).</summary>
    public Task<ImportRecord> SetAsideAsync(
        ImportRecord record,
        IReadOnlyList<ImportRow> rows,
        IReadOnlyDictionary<AccountId, AccountId> resembles,
        CancellationToken cancel
    ) =>
        PutAsync(
            record,
            [
                .. rows.Select(row =>
                    row.ToWaiting(
                            record,
                            WaitingFor.Person,
                            $"The account resembles {resembles[row.Account]}, which is known: not opened"
                        )
                        .AsOneOfItsAccount()
                ),
            ],
            cancel
        );

    /// <summary>Rows that can be read and contradict the rules, when the sender asked for that (R40).</summary>
    public Task<ImportRecord> SetAsideAsync(
        ImportRecord record,
        IReadOnlyList<(ImportRow Row, string Why)> rows,
        CancellationToken cancel
    ) => PutAsync(record, [.. rows.Select(item => item.Row.ToWaiting(record, WaitingFor.Person, item.Why))], cancel);

    /// <summary>What has waited for these rows is asked for after them.</summary>
    public static IReadOnlyList<WaitingRow> Following(
        ImportContext context,
        AccountId account,
        IReadOnlyCollection<ImportRow> rows
    )
    {
        var ids = rows.Select(row => row.Id).ToHashSet();
        return
        [
            .. context
                .Early[account]
                .Where(early =>
                    early.Content switch
                    {
                        { Reversal: { } reversal } => rows.First().Payment is not null
                            && ids.Contains(reversal.Payment.Value),
                        { Adjustment: { } adjustment } => rows.First().Payment is null
                            && ids.Contains(adjustment.Bill.Value),
                        _ => false,
                    }
                ),
        ];
    }

    private async Task<ImportRecord> PutAsync(
        ImportRecord record,
        IReadOnlyList<WaitingRow> rows,
        CancellationToken cancel
    )
    {
        if (rows.Count == 0)
        {
            return record;
        }

        await waiting.PutAsync(rows, cancel);
        return rows[0].For == WaitingFor.Person ? record.WithSetAside(rows) : record.WithWaiting(rows);
    }

    // A reversal that came first is done to it at once: a bounced check is nobody's money (R5).
    private async Task SuspendAsync(
        ImportRecord record,
        WriteScope scope,
        IReadOnlyList<ImportRow> rows,
        ImportContext context,
        CancellationToken cancel
    )
    {
        foreach (var row in rows)
        {
            await suspense.PutAsync(
                new SuspensePayment(row.Payment!(clock.Now), row.Account.Value, record.Id, row.Line, clock.Now.Utc),
                cancel
            );
            foreach (var early in Following(context, row.Account, [row]))
            {
                await suspended.ReverseAsync(
                    row.Account,
                    early.Content.Reversal!.Payment,
                    early.Content.Reversal.Why,
                    scope.Authority,
                    cancel
                );
                await waiting.EndAsync(early, WaitingEnd.Applied, scope.Authority, cancel);
            }
        }
    }
}
