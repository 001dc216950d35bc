using Autopay.Application.Ledgers;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.City;

/// <summary>What the whole life of one cycle needed, phase by phase.</summary>
/// <param name="MostToRecord">Requests of the webhook that needed the most.</param>
public sealed record CycleCounts(
    CitySlice Slice,
    int Debits,
    Usage Import,
    Usage Defer,
    Usage Release,
    int ProviderCalls,
    int Received,
    int MostToRecord,
    int Webhooks
)
{
    // A scan and a row.
    private const int OfAnEmptyBucket = 2;

    /// <summary>The clear and the walks after it, which send nothing.</summary>
    public required Usage Clear { get; init; }

    public required Usage Plan { get; init; }

    /// <summary>Sealing and approving.</summary>
    public required Usage Agree { get; init; }

    /// <summary>As if the whole city were as full as the slice's buckets are.</summary>
    public double PlanPerDebit => (double)(Plan.Requests - (OfAnEmptyBucket * (Bucket.Count - Slice.Buckets))) / Debits;

    public double ClearPerDebit => (double)Clear.Requests / Debits;

    public double AgreePerDebit => (double)Agree.Requests / Debits;

    public double ImportPerAccount => (double)Import.Requests / Debits;

    public double DeferPerDebit => (double)Defer.Requests / Debits;

    public double ReleasePerDebit => (double)Release.Requests / Debits;

    public double CallsPerDebit => (double)ProviderCalls / Debits;

    public double ReceivePerWebhook => (double)Received / Webhooks;

    /// <summary>Deferring, clearing, releasing and charging together: what must not grow with the city.</summary>
    public double PerDebit => DeferPerDebit + ClearPerDebit + ReleasePerDebit;

    /// <summary>Pages of up to 100 accounts that the walks read.</summary>
    public int Pages => (Debits + 99) / 100;
}
