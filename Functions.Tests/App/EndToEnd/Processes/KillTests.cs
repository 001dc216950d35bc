using System.Globalization;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>L6: kill -9 in the middle of a release. The sandbox's own ledger says what was charged.</summary>
[Collection(RealProcesses.Name)]
[Trait("Layer", "L6")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const string SeedVariable = "AUTOPAY_KILL_SEED";
    private const int CitiesOfASoak = 20;

    private const int MostCallsBetween = 80;

    private static int Kills => Soak.IsOn ? 10 : 4;

    private static CityPlan Plan(int seed) => new(seed) { Accounts = Soak.IsOn ? 500 : 150 };

    /// <summary>
    /// A create and a confirm each is what a release without any kill needs; the last kill comes before its end.
    /// </summary>
    private static int LastKill(LiveCity city) => 2 * city.Accounts * 9 / 10;

    [Fact]
    public async Task F03_F10_F25_a_release_that_is_killed_again_and_again_charges_every_debit_exactly_once()
    {
        var first = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        var (twice, lost) = (0, 0);
        for (var played = 1; played <= (Soak.IsOn ? CitiesOfASoak : 1); played++)
        {
            var found = await PlayAsync(first + played - 1);
            (twice, lost) = (twice + found.ChargedTwice, lost + found.Lost);
            await Soak.ReportAsync(
                "kills",
                new
                {
                    FirstSeed = first,
                    Cities = played,
                    Kills = played * Kills,
                    Debits = played * Plan(first).Accounts,
                    ChargedTwice = twice,
                    Lost = lost,
                }
            );
            found.ThenNothingIsWrong();
        }
    }

    private async Task<Counted> PlayAsync(int seed)
    {
        output.WriteLine($"{SeedVariable}={seed}");
        await using var city = await LiveCity.StartAsync(Plan(seed));
        await city.HoldAsync();
        await city.ImportAsync();

        city.BeginToClear();
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await city.CalledAsync(Math.Min(LastKill(city), city.Calls + 1 + random.Next(MostCallsBetween)));
            await city.KillAppAsync();
            output.WriteLine($"killed after {city.Calls} calls");
            await city.StartAppAsync();
        }

        await city.AllAreAsync("submitted");
        city.TheBankAnswers();
        await city.AllAreAsync("collected");
        return Counted.In(city);
    }

    internal static void ThenEachIsChargedOnce(LiveCity city)
    {
        var ledger = city.Ledger;
        Assert.Empty(ledger.ChargedTwice);
        Assert.Empty(ledger.IntentsWithoutKey);
        Assert.Equal(city.Accounts, ledger.Groups.Count);
        Assert.All(ledger.Groups, debit => Assert.Equal(1, debit.LiveCharges));
        Assert.Equal(city.BilledCents, ledger.Totals.ProcessingCents + ledger.Totals.SucceededCents);
    }

    /// <summary>The sandbox's word, counted before anything is concluded from it.</summary>
    private sealed record Counted(LedgerReport Ledger, int Accounts, long BilledCents)
    {
        public int ChargedTwice => Ledger.ChargedTwice.Count;

        public int Lost => Accounts - Ledger.Groups.Count(debit => debit.LiveCharges > 0);

        public static Counted In(LiveCity city) => new(city.Ledger, city.Accounts, city.BilledCents);

        public void ThenNothingIsWrong()
        {
            Assert.Empty(Ledger.IntentsWithoutKey);
            Assert.Equal((0, 0, Accounts), (ChargedTwice, Lost, Ledger.Groups.Count));
            Assert.All(Ledger.Groups, debit => Assert.Equal(1, debit.LiveCharges));
            Assert.Equal((BilledCents, BilledCents), (Ledger.Totals.SucceededCents, Ledger.Totals.NetCents));
        }
    }
}
