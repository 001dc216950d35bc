using System.Globalization;
using Autopay.StripeSandbox.Control;

namespace Autopay.Tests.EndToEnd;

/// <summary>L6: kill -9 in the middle of a release. The sandbox's own ledger says what was charged.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string SeedVariable = "AUTOPAY_KILL_SEED";
    private const int Kills = 10;

    /// <summary>A create and a confirm each: what a release without any kill needs.</summary>
    private const int CallsOfARelease = 2 * LiveCity.Accounts;

    [Fact]
    public async Task A_release_that_is_killed_ten_times_charges_every_debit_exactly_once()
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"{SeedVariable}={seed}");
        await using var city = await LiveCity.StartAsync(seed);
        await city.HoldAsync();
        await city.ImportAsync();

        await city.ClearAsync();
        foreach (var calls in Moments(new Random(seed)))
        {
            await city.CalledAsync(calls);
            await city.KillAppAsync();
            output.WriteLine($"killed after {city.Calls} calls");
            await city.StartAppAsync();
        }

        await city.AllAreAsync("submitted");
        ThenEachIsChargedOnce(city);
        city.TheBankAnswers();
        await city.AllAreAsync("collected");
        ThenEachIsChargedOnce(city);
        Assert.Equal(city.BilledCents, city.Ledger.Totals.NetCents);
    }

    internal static void ThenEachIsChargedOnce(LiveCity city)
    {
        var ledger = city.Ledger;
        Assert.Empty(ledger.ChargedTwice);
        Assert.Empty(ledger.IntentsWithoutKey);
        Assert.Equal(LiveCity.Accounts, ledger.Groups.Count);
        Assert.All(ledger.Groups, debit => Assert.Equal(1, debit.LiveCharges));
        Assert.Equal(city.BilledCents, ledger.Totals.ProcessingCents + ledger.Totals.SucceededCents);
    }

    // After the n-th call to Stripe, whichever that is: spread over the release, wherever it is then.
    private static IEnumerable<int> Moments(Random random) =>
        Enumerable.Range(0, Kills).Select(kill => (CallsOfARelease * kill / Kills) + random.Next(CallsOfARelease / Kills)).Order();
}
