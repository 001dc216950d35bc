using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Reconciling;

/// <summary>The other way: attempts of ours whose intent the provider did not list are asked for one by one.</summary>
public sealed class FindOursOnly(ILedgerStore ledgers, IPaymentProvider provider)
{
    /// <summary>An attempt at the edge of the window may have its intent just outside.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromHours(25);

    internal async Task RunAsync(DateTimeOffset from, DateTimeOffset to, ReconcileTurn work, CancellationToken cancel)
    {
        var tally = work.Tally;
        foreach (var bucket in Bucket.All.Skip(work.Place.Buckets))
        {
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
            {
                var attempts = page.SelectMany(entry => entry.Ledger.Debits)
                    .SelectMany(debit => debit.Attempts)
                    .Where(attempt =>
                        attempt.IntentId is not null && attempt.KeyAt >= from + Edge && attempt.KeyAt < to
                    )
                    .ToList();
                tally.Ours += attempts.Count;
                foreach (var attempt in attempts.Where(attempt => !tally.Seen.Contains(attempt.Intent)))
                {
                    await AskAsync(attempt, tally);
                }
            }

            await work.PassAsync(bucket, cancel);
        }
    }

    /// <summary>The provider does not know the intent that the attempt names.</summary>
    internal static Difference Unknown(Attempt attempt) =>
        new(
            DifferenceKind.OursOnly,
            attempt.Intent,
            attempt.Debit.Value,
            $"attempt {attempt.Number} of {attempt.Amount} is {attempt.Phase}, and the provider does "
                + "not know its intent"
        );

    private async Task AskAsync(Attempt attempt, ReconcileTally tally)
    {
        switch (await provider.ReadAsync(attempt.Intent))
        {
            case ProviderAnswer.Read: // Made while the list was read.
                break;
            case ProviderAnswer.Rejected:
                tally.Add(Unknown(attempt));
                break;
            default:
                throw new ProviderAwayException($"Intent {attempt.IntentId} could not be read.");
        }
    }
}
