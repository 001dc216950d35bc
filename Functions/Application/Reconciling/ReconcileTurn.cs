using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Runs;

namespace Autopay.Application.Reconciling;

/// <summary>Where a run of reconcile stands between two turns.</summary>
/// <param name="Counts">The report in the making, without its differences.</param>
/// <param name="Recovering">A restore is being settled: what the books do not know is taken over.</param>
/// <param name="After">The last intent that was matched.</param>
/// <param name="IsListed">The provider has no more of them.</param>
/// <param name="Buckets">So many of ours were looked through the other way.</param>
/// <param name="Parts">So many hold what was seen.</param>
internal sealed record ReconcilePlace(
    ReconcileReport Counts,
    bool Recovering,
    string? After = null,
    bool IsListed = false,
    int Buckets = 0,
    int Parts = 0
);

/// <summary>One turn at a run of reconcile: its place, and what was found up to there.</summary>
internal sealed class ReconcileTurn(RunTurn turn, ReconcilePlace begun, ReconcileTally tally)
{
    /// <summary>More than that is not held between two keeps.</summary>
    private const int MostUnkept = 10_000;

    private int unkept;

    public ReconcileTally Tally => tally;

    public ReconcilePlace Place { get; private set; } = begun;

    /// <summary>Where the turn before ended; null in a run's first turn.</summary>
    public static async Task<ReconcileTurn?> ResumeAsync(RunTurn turn, CancellationToken cancel)
    {
        if (turn.Kept is not { } kept)
        {
            return null;
        }

        var place = JsonSerializer.Deserialize(kept, ReportJson.Default.ReconcilePlace)!;
        var tally = ReconcileTally.Of(place.Counts);
        await foreach (var part in turn.ReadPartsAsync(cancel).Take(place.Parts).WithCancellation(cancel))
        {
            tally.Add(JsonSerializer.Deserialize(part, ReportJson.Default.TallyPart)!);
        }

        return new ReconcileTurn(turn, place, tally);
    }

    /// <summary>A page of the provider's intents was matched.</summary>
    public Task PassAsync(IReadOnlyList<IntentReading> page, CancellationToken cancel)
    {
        Place = Place with { After = page.Count > 0 ? page[^1].IntentId : Place.After };
        unkept += page.Count;
        return KeepAsync(unkept >= MostUnkept, cancel);
    }

    public void EndList() => Place = Place with { IsListed = true };

    /// <summary>A bucket of ours was looked through.</summary>
    public Task PassAsync(Bucket bucket, CancellationToken cancel)
    {
        Place = Place with { Buckets = bucket.Number + 1 };
        return KeepAsync(false, cancel);
    }

    private async Task KeepAsync(bool isMuch, CancellationToken cancel)
    {
        if (!turn.IsDue && !(isMuch && turn.Keeps))
        {
            return;
        }

        foreach (var part in tally.TakeFresh())
        {
            await turn.KeepPartAsync(Place.Parts, JsonSerializer.Serialize(part, ReportJson.Default.TallyPart), cancel);
            Place = Place with { Parts = Place.Parts + 1 };
        }

        unkept = 0;
        Place = Place with { Counts = tally.Report(Place.Counts) with { Differences = [] } };
        var progress = Place.IsListed
            ? new RunProgress(Place.Buckets, Bucket.Count, "buckets")
            : new RunProgress(tally.Theirs + tally.Foreign, null, "intents");
        await turn.KeepAsync(progress, JsonSerializer.Serialize(Place, ReportJson.Default.ReconcilePlace), cancel);
    }
}
