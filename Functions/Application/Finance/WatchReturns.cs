using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;

namespace Autopay.Application.Finance;

/// <summary>
/// Return rates against their ceilings. Crossing one halts all charging and says why; a person who resumes while a rate
/// is still over its ceiling is not overruled: only another crossing halts again.
/// </summary>
public sealed class WatchReturns(
    ILedgerStore ledgers,
    IReportStore reports,
    ChangeControls change,
    ReturnCeilings ceilings,
    CityClock clock
)
{
    public const string Kind = "return-rates";

    public ReturnTally NewTally() => new(clock.Now.Today, ceilings);

    /// <summary>The rates as of today, from every debit.</summary>
    public async Task<IReadOnlyList<ReturnRate>> ReadAsync(CancellationToken cancel)
    {
        var tally = NewTally();
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
            {
                page.SelectMany(entry => entry.Ledger.Debits).ToList().ForEach(tally.Add);
            }
        }

        return tally.Rates;
    }

    public async Task JudgeAsync(IReadOnlyList<ReturnRate> rates, CancellationToken cancel)
    {
        List<ReturnFamily> over = [.. rates.Where(rate => rate.IsOver).Select(rate => rate.Family)];
        var before = await LastOverAsync(cancel);
        var crossed = rates.Where(rate => over.Contains(rate.Family) && !before.Contains(rate.Family)).ToList();
        if (crossed.Count > 0)
        {
            await change.RunAsync(
                new ChargingHalted(),
                clock.Authority("return-rate gauge", string.Join("; ", crossed.Select(Sentence))),
                cancel
            );
        }

        // After the halt: a crash in between halts again, which changes nothing.
        if (!over.SequenceEqual(before))
        {
            var id = clock.Now.Utc.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
            await reports.SaveAsync(
                new StoredReport(Kind, id, JsonSerializer.Serialize(over, ReportJson.Default.ListReturnFamily)),
                cancel
            );
        }
    }

    private static string Sentence(ReturnRate rate) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{rate.Family} returns: {rate.Returned} of {rate.Sent} debits in {ReturnTally.WindowDays} days are "
                + $"{rate.Percent} %, the ceiling is {rate.Ceiling} %"
        );

    private async Task<IReadOnlyList<ReturnFamily>> LastOverAsync(CancellationToken cancel)
    {
        await foreach (var stored in reports.ReadNewestAsync(Kind, cancel))
        {
            return JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ListReturnFamily) ?? [];
        }

        return [];
    }
}
