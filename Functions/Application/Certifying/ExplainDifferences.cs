using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Certifying;

/// <summary>
/// Where to look for each difference of a certificate: suspense, rows that wait, corrections, and the payments
/// themselves. Without differences nothing is read.
/// </summary>
public sealed class ExplainDifferences(ISuspenseStore suspense, IWaitingRows waiting, ILedgerStore ledgers)
{
    private const int BucketsAtOnce = 8;

    public async Task<IReadOnlyList<ExplainedLine>> RunAsync(ComparedTotals compared, CancellationToken cancel)
    {
        if (compared.Certificate.Differences is not { Count: > 0 } differences)
        {
            return [];
        }

        var clues = new Clues(compared.Posted, await ReadUnpostedAsync(cancel));
        return [.. differences.Select(line => new ExplainedLine(line, clues.Of(line)))];
    }

    private async Task<IReadOnlyList<UnpostedPayment>> ReadUnpostedAsync(CancellationToken cancel) =>
        [
            .. await suspense
                .ReadAllAsync(cancel)
                .Where(payment => payment.IsOpen)
                .Select(payment => new UnpostedPayment(ClueKind.Suspense, payment.NamedAccount, payment.Payment))
                .ToListAsync(cancel),
            .. (await waiting.ReadOpenAsync(cancel))
                .Where(row => row.Content.Payment is not null)
                .Select(row => new UnpostedPayment(ClueKind.Waiting, row.Account.Value, row.Content.Payment!)),
            .. (
                await InParallel.SelectAsync([.. Bucket.All], BucketsAtOnce, bucket => CorrectedAsync(bucket, cancel))
            ).SelectMany(corrected => corrected),
        ];

    // The work list says which accounts have one; only their ledgers are read. A person decides where it is noted.
    private async Task<IReadOnlyList<UnpostedPayment>> CorrectedAsync(Bucket bucket, CancellationToken cancel)
    {
        var accounts = (await ledgers.ReadWorkAsync(bucket, cancel))
            .Where(item => item.Kind is WorkKind.Correction or WorkKind.Conflict && item.Payment is not null)
            .Select(item => item.Account)
            .OfType<AccountId>()
            .Distinct()
            .ToList();
        var entries = accounts.Count == 0 ? [] : await ledgers.LoadManyAsync(bucket, accounts, cancel);
        return
        [
            .. entries.SelectMany(entry =>
                entry
                    .Ledger.Corrections.Where(correction => correction.Payment is not null)
                    .Select(correction => new UnpostedPayment(
                        ClueKind.Conflict,
                        entry.Ledger.Id.Value,
                        correction.Payment!
                    ))
            ),
        ];
    }
}
