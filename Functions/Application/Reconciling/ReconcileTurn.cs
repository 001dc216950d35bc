using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Runs;

namespace Autopay.Application.Reconciling;

/// <summary>Where a run of reconcile stands between two turns.</summary>
/// <param name="Counts">The report in the making, without its differences.</param>
/// <param name="Recovering">A restore is being settled: what the books do not know is taken over.</param>
/// <param name="Buckets">So many of ours were looked through the other way.</param>
/// <param name="Parts">So many hold what was seen.</param>
internal sealed record ReconcilePlace(ReconcileReport Counts, bool Recovering, int Buckets = 0, int Parts = 0)
{
    /// <summary>What is still to be read of the provider's list: nothing when it was matched.</summary>
    public required IReadOnlyList<IntentRange> Ranges { get; init; }
}

/// <summary>One turn at a run of reconcile: its place, and what was found up to there.</summary>
internal sealed class ReconcileTurn
{
    /// <summary>More than that is not held between two keeps.</summary>
    private const int MostUnkept = 10_000;

    private readonly RunTurn turn;
    private readonly ReconcileTally tally;
    private int unkept;

    private ReconcileTurn(RunTurn turn, ReconcilePlace place, ReconcileTally tally, bool isResumed) =>
        (this.turn, Place, this.tally, IsResumed) = (turn, place, tally, isResumed);

    public ReconcileTally Tally => tally;

    public ReconcilePlace Place { get; private set; }

    /// <summary>Something was looked at in a turn before.</summary>
    public bool IsResumed { get; }

    public static ReconcileTurn Begin(RunTurn turn, ReconcilePlace place) =>
        new(turn, place, new ReconcileTally(), isResumed: false);

    /// <summary>Where the turn before ended; null in a run's first turn.</summary>
    public static async Task<ReconcileTurn?> ResumeAsync(RunTurn turn, CancellationToken cancel)
    {
        if (turn.Kept is not { } kept || Read(kept) is not { } place)
        {
            return null;
        }

        var tally = ReconcileTally.Of(place.Counts);
        await foreach (var part in turn.ReadPartsAsync(cancel).Take(place.Parts).WithCancellation(cancel))
        {
            tally.Add(JsonSerializer.Deserialize(part, ReportJson.Default.TallyPart)!);
        }

        return new ReconcileTurn(turn, place, tally, isResumed: true);
    }

    /// <summary>A page of each range was matched.</summary>
    public Task PassAsync(IReadOnlyList<IntentPage> pages, CancellationToken cancel)
    {
        Place = Place with { Ranges = IntentRanges.After(pages) };
        unkept += pages.Sum(page => page.Intents.Count);
        return KeepAsync(unkept >= MostUnkept, cancel);
    }

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
        var progress =
            Place.Ranges.Count == 0
                ? new RunProgress(Place.Buckets, Bucket.Count, "buckets")
                : new RunProgress(tally.Theirs + tally.Foreign, null, "intents");
        await turn.KeepAsync(progress, JsonSerializer.Serialize(Place, ReportJson.Default.ReconcilePlace), cancel);
    }

    // Another version keeps another place: then the run begins anew.
    private static ReconcilePlace? Read(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize(kept, ReportJson.Default.ReconcilePlace);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
