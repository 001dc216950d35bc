using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Finance;

/// <summary>
/// When no bills and no payments file has come for some banking days, what falls due is held before it leaves: an
/// outage takes the people's access first. Each banking day has a hold of its own; only a person ends one.
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

    // Only spares reads: the day through which the last file that was seen keeps the feed fresh.
    private DateOnly freshThrough;

    public async Task RunAsync(CancellationToken cancel)
    {
        var today = clock.Now.Today;
        var controls = (await store.LoadRecentAsync(cancel)).Controls;
        var days = controls.Policies.StaleFeedDays;
        if (
            days == 0
            || today <= freshThrough
            || !BankingCalendar.IsBankingDay(today)
            || controls.Find(StaleFeeds.IdOf(today)) is not null
        )
        {
            return;
        }

        var last = await LastFileAsync(cancel);
        freshThrough = StaleFeeds.FreshThrough(clock.City.At(last).Today, days);
        if (today > freshThrough && await HoldOverAsync(today, controls, last, cancel) is { } hold)
        {
            await change.RunAsync(hold, clock.Authority(By, Why(last, days)), cancel);
        }
    }

    // Of a city without any file since long before it had accounts.
    private async Task<DateTimeOffset> LastFileAsync(CancellationToken cancel) =>
        await imports
            .ReadAllAsync(cancel)
            .Where(import => import.Kind is ImportKind.Bills or ImportKind.Payments)
            .Select(import => import.Authority.At)
            .DefaultIfEmpty(DateTimeOffset.UnixEpoch)
            .MaxAsync(cancellationToken: cancel);

    private async Task<DeferralDeclared?> HoldOverAsync(
        DateOnly today,
        Controls controls,
        DateTimeOffset last,
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

        return StaleFeeds.HoldOver(today, active, controls.Deferrals, last);
    }

    private string Why(DateTimeOffset last, int days) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"No bills and no payments file for more than {days} banking days, the last one on "
                + $"{clock.City.At(last).Today:yyyy-MM-dd}"
        );
}
