using System.Runtime.CompilerServices;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>A bill in the windows of at least one waiver in force.</summary>
/// <param name="Charges">With those of its parts (R45), cents.</param>
/// <param name="Open">With that of its parts, cents.</param>
public sealed record WaivedBill(
    AccountId Account,
    Bill Bill,
    Money Charges,
    Money Open,
    IReadOnlyList<PenaltyWaiver> Waivers,
    IReadOnlyList<ChargedPenalty> Charged
);

/// <param name="AsOf">UTC.</param>
public sealed record ProtectionReport(DateTimeOffset AsOf, ProtectionProof Proof);

/// <summary>
/// What the billing system has to know of the protections: read account by account, bucket by bucket, and never held
/// as a whole.
/// </summary>
public sealed class ReadProtections(ILedgerStore ledgers, IControlsStore store, CityClock clock)
{
    /// <summary>Bills whose penalty is waived.</summary>
    /// <returns>Up to a page of accounts at a time.</returns>
    public IAsyncEnumerable<IReadOnlyList<WaivedBill>> WaivedAsync(CancellationToken cancel) =>
        EachAsync(
            (ledger, controls) =>
                from bill in ledger.BillsOldestFirst()
                where bill.Id is { IsPart: false, IsPrevious: false }
                let waivers = controls.Waivers.Where(waiver => waiver.Waives(bill)).ToList()
                where waivers.Count > 0
                let lines = ledger.WithParts(bill.Id).ToList()
                select new WaivedBill(
                    ledger.Id,
                    bill,
                    lines.Sum(line => line.Charges),
                    lines.Sum(line => line.Open),
                    waivers,
                    [.. ledger.Penalties.Where(penalty => penalty.Bill == bill.Id)]
                ),
            cancel
        );

    /// <summary>Accounts that are shielded on the day, with what is overdue of them.</summary>
    public async IAsyncEnumerable<IReadOnlyList<DisconnectAnswer>> ShieldedAsync(
        DateOnly on,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        await foreach (var page in PagesAsync(cancel))
        {
            List<DisconnectAnswer> shielded = [];
            foreach (var ledger in page)
            {
                if (await ShieldedOfAsync(ledger, controls, on, cancel) is { } answer)
                {
                    shielded.Add(answer);
                }
            }

            yield return shielded;
        }
    }

    // The archive tells from which day a bill counts, as in the answer for one account. Whoever owes nothing, or is not
    // shielded, needs no reading.
    private async Task<DisconnectAnswer?> ShieldedOfAsync(
        AccountLedger ledger,
        Controls controls,
        DateOnly on,
        CancellationToken cancel
    )
    {
        var answer = DisconnectAnswer.Of(ledger, controls, clock.City, [], on);
        return answer.Verdict != DisconnectVerdict.Shielded ? null
            : answer.Overdue.Count == 0 ? answer
            : DisconnectAnswer.Of(ledger, controls, clock.City, await ledgers.ReadArchivedAsync(ledger.Id, cancel), on);
    }

    /// <summary>Penalties that the billing system has charged against the rules and not taken back.</summary>
    public async IAsyncEnumerable<IReadOnlyList<WrongPenalty>> ToReverseAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        await foreach (var page in PagesAsync(cancel))
        {
            List<WrongPenalty> wrong = [];
            foreach (var ledger in page.Where(ledger => ledger.Penalties.Count > 0))
            {
                wrong.AddRange(await WrongOfAsync(ledger, controls, cancel));
            }

            yield return wrong;
        }
    }

    /// <summary>"n bills in the windows, 0 penalised", or how many are.</summary>
    public async Task<ProtectionReport> ProveAsync(CancellationToken cancel)
    {
        var (asOf, tally) = (clock.Now.Utc, new ProtectionTally());
        var controls = (await store.LoadAsync(cancel)).Controls;
        await foreach (var page in PagesAsync(cancel))
        {
            foreach (var ledger in page)
            {
                tally.Add(ledger, controls, await WrongOfAsync(ledger, controls, cancel));
            }
        }

        return new ProtectionReport(asOf, tally.Proof);
    }

    // When a collected debit was sent its archived row tells: only where a penalty hangs on it is that read.
    private async Task<IReadOnlyList<WrongPenalty>> WrongOfAsync(
        AccountLedger ledger,
        Controls controls,
        CancellationToken cancel
    ) =>
        ledger.Penalties.Count == 0
            ? []
            : ProtectionTally.WrongOf(ledger, controls, clock.City, await ledgers.ReadArchivedAsync(ledger.Id, cancel));

    private async IAsyncEnumerable<IReadOnlyList<T>> EachAsync<T>(
        Func<AccountLedger, Controls, IEnumerable<T>> select,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        await foreach (var page in PagesAsync(cancel))
        {
            yield return [.. page.SelectMany(ledger => select(ledger, controls))];
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<AccountLedger>> PagesAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
            {
                yield return [.. page.Select(entry => entry.Ledger)];
            }
        }
    }
}
