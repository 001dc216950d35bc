using Autopay.Benchmarks.World;
using Autopay.StripeSandbox;

namespace Autopay.Benchmarks.City;

/// <summary>What the real adapter asks of a provider that speaks HTTP.</summary>
/// <param name="Calls">Until every debit was submitted.</param>
public sealed record StripeCounts(int Debits, int Calls, IReadOnlyDictionary<string, int> ByEndpoint)
{
    public double PerDebit => (double)Calls / Debits;
}

/// <summary>
/// Charges a city on its due date through the Stripe adapter, and counts in the sandbox what arrived there.
/// </summary>
public static class StripeRun
{
    public static async Task<StripeCounts> RunAsync(CitySlice slice)
    {
        var clock = new SteppingClock(new DateTimeOffset(2020, 1, 8, 15, 0, 0, TimeSpan.Zero));
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { MissingMandate = MissingMandate.Saved, Time = clock }
        );
        await using var scratch = await Scratch.StartAsync();
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, Settings(sandbox));
        var play = new CityPlay(world, slice);
        await play.ImportAsync();
        world.MoveTo(new DateOnly(2020, 1, 22), 9);
        await play.RunDueAsync();

        var calls = sandbox.Control.Calls;
        return calls.Counts.GetValueOrDefault("POST /v1/payment_intents/{id}/confirm") == play.Debits
            ? new StripeCounts(play.Debits, calls.Total, calls.Counts)
            : throw new InvalidOperationException(
                $"Not every debit was charged once: {string.Join(", ", calls.Counts)}."
            );
    }

    private static Dictionary<string, string?> Settings(SandboxServer sandbox) =>
        new()
        {
            ["Stripe:ApiBase"] = sandbox.BaseUrl.AbsoluteUri,
            ["Stripe:ApiKey"] = "sk_test_benchmark",
            ["Stripe:RequestsPerSecond"] = "1000",
            ["Stripe:RequestsPerSecondPerEndpoint"] = "1000",
        };
}
