using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Finance;

/// <summary>
/// When no bills file, or no payments file, has come for some banking days, what falls due is held before it leaves: an
/// outage takes the people's access first, and one kind of file says nothing of the other. Each banking day has a hold
/// of its own; only a person ends one.
/// </summary>
public sealed class HoldStaleFeed(
    IImportStore imports,
    ILedgerStore ledgers,
    IControlsStore store,
    ChangeControls change,
    CityClock clock
)
{
    public const string By = "autopay";

    // Only spares reads: the day through which the last files that were seen keep every feed fresh.
    private DateOnly freshThrough;

    public async Task RunAsync(CancellationToken cancel)
    {
        var today = clock.Now.Today;
        var controls = (await store.LoadRecentAsync(cancel)).Controls;
        var watched = Watched(controls.Policies);
        if (
            watched.Count == 0
            || today <= freshThrough
            || !BankingCalendar.IsBankingDay(today)
            || controls.Find(StaleFeeds.IdOf(today)) is not null
        )
        {
            return;
        }

        var feeds = await ReadFeedsAsync(watched, cancel);
        freshThrough = feeds.Min(feed => feed.FreshThrough);
        List<Feed> stale = [.. feeds.Where(feed => feed.IsStaleOn(today))];
        if (stale.Count > 0 && await HoldOverAsync(today, controls, stale, cancel) is { } hold)
        {
            await change.RunAsync(hold, clock.Authority(By, StaleFeeds.Why(stale)), cancel);
        }
    }

    private static List<(ImportKind Kind, int Days)> Watched(Policies policies) =>
        [
            .. new[]
            {
                (Kind: ImportKind.Bills, Days: policies.StaleBillsDays),
                (Kind: ImportKind.Payments, Days: policies.StalePaymentsDays),
            }.Where(it => it.Days > 0),
        ];

    // A kind that never came is missed from the city's first file on; of a city without any, since long ago.
    private async Task<List<Feed>> ReadFeedsAsync(List<(ImportKind Kind, int Days)> watched, CancellationToken cancel)
    {
        var arrivals = await imports
            .ReadAllAsync(cancel)
            .Select(import => (import.Kind, import.Authority.At))
            .ToListAsync(cancel);
        var first = arrivals.Select(it => it.At).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min();
        return
        [
            .. watched.Select(it =>
            {
                var last = arrivals.Where(arrival => arrival.Kind == it.Kind).Select(arrival => arrival.At);
                return new Feed(it.Kind.ToText(), clock.City.At(last.DefaultIfEmpty(first).Max()).Today, it.Days);
            }),
        ];
    }

    private async Task<DeferralDeclared?> HoldOverAsync(
        DateOnly today,
        Controls controls,
        IReadOnlyList<Feed> stale,
        CancellationToken cancel
    )
    {
        List<AccountLedger> active = [];
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.Active, cancel))
            {
                active.AddRange(page.Select(entry => entry.Ledger));
            }
        }

        return StaleFeeds.HoldOver(today, active, controls.Deferrals, stale);
    }
}
