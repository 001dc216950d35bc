using System.Globalization;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Retention;

/// <summary>
/// Authorisations go after their time: what the account knows of how it was charged, and what its history says of it. A
/// few buckets a night, so that each is looked at every 16 nights and no night reads the whole city for it.
/// </summary>
public sealed class ExpireAuthorisations(AccountBooks books, IMeansInHistory history, ChangeControls change)
{
    public const int BucketsANight = 4;
    private const string By = "autopay";
    private const string Kind = "authorisations";

    /// <summary>Written down before anything goes: a run that dies has said what it was about to forget.</summary>
    /// <returns>Of how many accounts.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var controls = (await books.Controls.LoadAsync(cancel)).Controls;
        var keep = controls.Policies.KeepAuthorisationsDays;
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"authorisations are kept for {keep} days after their end"
        );
        var authority = books.Clock.Authority(By, why);
        var gone = 0;
        foreach (var bucket in OfTonight())
        {
            var over = await FindAsync(bucket, keep, cancel);
            if (over.Count == 0)
            {
                continue;
            }

            await change.RunAsync(
                new RecordsExpired(Kind, books.Clock.Now.Utc.AddDays(-keep), over.Count),
                authority,
                cancel
            );
            gone += await ForgetAsync(new WriteScope(bucket, controls, authority), over, cancel);
        }

        return gone;
    }

    private IEnumerable<Bucket> OfTonight()
    {
        var first = books.Clock.Now.Today.DayNumber * BucketsANight;
        return Enumerable.Range(first, BucketsANight).Select(number => new Bucket(number % Bucket.Count));
    }

    private async Task<List<LedgerEntry>> FindAsync(Bucket bucket, int keep, CancellationToken cancel)
    {
        List<LedgerEntry> over = [];
        await foreach (var page in books.Ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
        {
            over.AddRange(
                page.Where(entry =>
                    entry.Ledger.KnowsMeans && entry.Ledger.IsAuthorisationOver(books.Clock.Now.Today, keep)
                )
            );
        }

        return over;
    }

    // The history first: an account that still knows is found again.
    private async Task<int> ForgetAsync(WriteScope scope, List<LedgerEntry> over, CancellationToken cancel)
    {
        foreach (var entry in over)
        {
            await history.ForgetAsync(entry.Ledger.Id, cancel);
        }

        var written = await books.Writer.WriteAsync(
            scope,
            [.. over.Select(entry => new AccountWork(entry, [now => new ExpireAuthorisation(now)]))],
            cancel
        );
        return written.Count(account => account.Events.OfType<AuthorisationExpired>().Any());
    }
}
