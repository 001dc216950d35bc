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
    public double ImportPerAccount => (double)Import.Requests / Debits;

    public double DeferPerDebit => (double)Defer.Requests / Debits;

    public double ReleasePerDebit => (double)Release.Requests / Debits;

    public double CallsPerDebit => (double)ProviderCalls / Debits;

    public double ReceivePerWebhook => (double)Received / Webhooks;

    /// <summary>Deferring, releasing and charging together: what must not grow with the city.</summary>
    public double PerDebit => DeferPerDebit + ReleasePerDebit;

    /// <summary>Pages of up to 100 accounts that the walks read.</summary>
    public int Pages => (Debits + 99) / 100;
}
