using Autopay.Tests.Repository.Infra;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// L6: two instances of the app on the same books, of which one stands still, dies, or does the same as the other.
/// </summary>
[Collection(RealProcesses.Name)]
[Trait("Layer", "L6")]
public sealed class InstancesTests
{
    internal static readonly string[] NoTimers =
    [
        .. CodeFacts.Schedules.Keys.Select(timer => $"--AzureWebJobs.{timer}.Disabled=true"),
    ];

    [Fact]
    public async Task F41_F46_two_instances_without_timers_that_get_the_same_files_and_ticks_do_everything_once()
    {
        await using var city = await LiveCity.StartAsync(
            new CityPlan(39)
            {
                Accounts = 60,
                Instances = 2,
                Settings = NoTimers,
            }
        );
        await city.HoldAsync();
        foreach (var kind in new[] { "accounts", "bills" })
        {
            var imports = await Task.WhenAll(city.UploadAsync(kind, city.First), city.UploadAsync(kind, city.Last));
            Assert.Equal(imports[0], imports[1]);
            await city.ImportedAsync(imports[0]);
        }

        city.BeginToClear();
        await city.AllAreAsync("submitted");

        KillTests.ThenEachIsChargedOnce(city);
        Assert.All(city.Ledger.Groups, debit => Assert.Equal(1, debit.Intents));
        Assert.NotNull((await city.Last.GetAsync("health/deep"))["lastSweep"]);
    }

    [Fact]
    public async Task F27_a_worker_that_stood_still_for_longer_than_its_lease_charges_nothing_again()
    {
        await using var city = await LiveCity.StartAsync(new CityPlan(27) { Accounts = 80, Instances = 2 });
        await city.HoldAsync();
        await city.ImportAsync();
        city.BeginToClear();

        await city.CalledAsync(20);
        await city.StandStillAsync(city.First, meanwhile: () => city.CalledAsync(50));
        await city.CalledAsync(110);
        await city.StandStillAsync(city.First, meanwhile: () => city.AllAreAsync("submitted"));
        await city.IdleAsync();

        await city.AllAreAsync("submitted");
        KillTests.ThenEachIsChargedOnce(city);
    }

    [Fact]
    public async Task F26_F45_F46_an_import_and_a_release_that_are_ended_half_way_are_finished_and_late_messages_change_nothing()
    {
        await using var city = await LiveCity.StartAsync(new CityPlan(45) { Accounts = 60, Instances = 1 });
        await city.HoldAsync();
        await city.ImportedAsync(await city.UploadAsync("accounts"));
        var bills = await city.UploadAsync("bills");
        await city.KillAppAsync();
        await city.StartAppAsync();
        await city.ImportedAsync(bills);

        city.BeginToClear();
        await city.CalledAsync(20);
        await city.First.TerminateAsync(grace: TimeSpan.FromSeconds(5));
        await city.StartAppAsync();
        await city.CalledAsync(60);
        await city.KillAppAsync();
        await city.StartAppAsync();
        await city.AllAreAsync("submitted");

        var calls = city.Calls;
        await city.DeliverAgainAsync();
        await city.AllAreAsync("submitted");
        Assert.Equal(calls, city.Calls);
        KillTests.ThenEachIsChargedOnce(city);
    }
}
