using Autopay.Application.Ports.Books;

namespace Autopay.Application.Auditing;

/// <summary>A certificate or a sealed plan that is not what the record of decisions says of it.</summary>
/// <param name="What">Its name: <c>certificate 2 of cycle 1</c>, <c>plan R-3</c>.</param>
public sealed record SealBreak(string What, string Why)
{
    public override string ToString() => $"{What}: {Why}";
}

/// <summary>
/// Holds the city's controls against the chained record, and every kept certificate and sealed plan against its own
/// hash and the one that the record names: who alters a document and its hash together is found too.
/// </summary>
public sealed class VerifySeals(IControlsStore controls, ICertificateStore certificates, IReleaseStore releases)
{
    /// <returns>What is broken, in the order of the record; the controls first, then certificates.</returns>
    public async Task<IReadOnlyList<SealBreak>> RunAsync(CancellationToken cancel)
    {
        // The controls first: what is decided meanwhile is only in the record.
        var stored = (await controls.LoadAsync(cancel)).Controls;
        var record = await controls.ReadHistoryAsync(cancel).ToListAsync(cancel);
        var acts = record.ConvertAll(row => (row.Change as ApprovalAsked)?.Act ?? row.Change);
        List<SealBreak> broken = [.. VerifyControls.Run(stored, record) is { } wrong ? new[] { wrong } : []];
        var cleared = acts.OfType<BacklogCleared>().ToList();
        foreach (var cycle in acts.SelectMany(CyclesOf).Distinct().Order())
        {
            broken.AddRange(await OfCycleAsync(cycle, cleared, cancel));
        }

        foreach (var terms in acts.OfType<CycleReleased>().Select(act => act.Terms).DistinctBy(terms => terms.Id))
        {
            broken.AddRange(await OfPlanAsync(terms, cancel));
        }

        return broken;
    }

    // A certificate is kept before the clear that names it: that one may not have come.
    private static IReadOnlyList<CycleNumber> CyclesOf(ControlChange act) =>
        act switch
        {
            BacklogCleared cleared => cleared.Cycles,
            BacklogClearing clearing => clearing.Cycles,
            DeferralDeclared declared => declared.Cycles,
            _ => [],
        };

    private async Task<IEnumerable<SealBreak>> OfCycleAsync(
        CycleNumber cycle,
        List<BacklogCleared> cleared,
        CancellationToken cancel
    )
    {
        var kept = await certificates.ReadAsync(cycle, cancel);
        var named = cleared
            .Where(act => act.Cycles.Contains(cycle))
            .Select(act => act.Certificate)
            .OfType<string>()
            .Distinct();
        return
        [
            .. kept.Where(document => !document.IsIntact)
                .Select(document => new SealBreak(
                    $"certificate {document.Version} of cycle {cycle}",
                    $"its hash is {document.Hash}, and what it says gives {document.HashOfAll}"
                )),
            .. named
                .Where(hash => kept.All(document => document.Hash != hash))
                .Select(hash => new SealBreak(
                    $"certificate {hash} of cycle {cycle}",
                    "the cycle was cleared on it, and it is not there any more"
                )),
        ];
    }

    private async Task<IEnumerable<SealBreak>> OfPlanAsync(ReleaseTerms terms, CancellationToken cancel)
    {
        var lines = await releases
            .ReadLinesAsync(terms.Id, cancel)
            .SelectMany(bucket => bucket.Lines.ToAsyncEnumerable())
            .ToListAsync(cancel);
        var (hash, sealedAs) = (
            PlanSeal.HashOf(terms.Id, lines),
            (await releases.FindAsync(terms.Id, cancel))?.Plan.Terms?.PlanHash
        );
        return hash != terms.PlanHash
                ? [new SealBreak($"plan {terms.Id}", $"it was sealed as {terms.PlanHash}, and its lines give {hash}")]
            : sealedAs is not null && sealedAs != terms.PlanHash
                ? [new SealBreak($"plan {terms.Id}", $"it was sealed as {terms.PlanHash}, and says {sealedAs}")]
            : [];
    }
}
