using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// L6: SIGTERM in the middle of a release. No timer and no tick helps: the messages that were cut bring it on.
/// </summary>
[Collection(RealProcesses.Name)]
[Trait("Layer", "L6")]
public sealed class CutReleaseTests(ITestOutputHelper output)
{
    private static readonly TimeSpan GoesOnWithin = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task F45_F52_after_a_SIGTERM_the_rest_of_a_release_goes_on_within_30_seconds_of_the_restart()
    {
        await using var city = await LiveCity.StartAsync(
            new CityPlan(52)
            {
                Accounts = 200,
                Settings = [.. InstancesTests.NoTimers, "--Autopay:Lease=00:02:00", "--Autopay:RecoverAfter=00:02:00"],
            }
        );
        await city.HoldAsync();
        await city.ImportAsync();
        await city.ClearAsync();
        await Eventually.HoldsAsync("some are charged", () => city.Calls >= 100);

        await city.First.TerminateAsync(grace: TimeSpan.FromSeconds(20));
        var (calls, left) = (city.Calls, Left(city));
        Assert.InRange(left, 10, city.Accounts);
        await city.StartAppAsync();
        var restarted = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync("it goes on", () => city.Calls > calls);
        await Eventually.HoldsAsync("all are charged", () => Left(city) == 0);

        var lasted = TimeProvider.System.GetElapsedTime(restarted);
        output.WriteLine($"{left} were left; all were charged {lasted.TotalSeconds:0.0} seconds after the restart");
        Assert.True(lasted < GoesOnWithin, $"{left} debits took {lasted}");
        await city.IdleAsync();
        await city.AllAreAsync("submitted");
        KillTests.ThenEachIsChargedOnce(city);
    }

    private static int Left(LiveCity city) => city.Accounts - city.Ledger.Groups.Count(debit => debit.LiveCharges > 0);
}
