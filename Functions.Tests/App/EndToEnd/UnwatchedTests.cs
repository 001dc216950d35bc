using Autopay.Application;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>That an outage of the files holds nothing by itself is said where people look.</summary>
public sealed class UnwatchedTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task While_no_file_is_watched_the_health_says_so()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");

        Assert.Contains(
            "What falls due is charged however long no bills and no payments file comes: Autopay__StaleBillsDays and "
                + "Autopay__StalePaymentsDays are 0.",
            (await app.GetAsync("health/ready"))["warning"].GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_is_watched_is_not_named()
    {
        Assert.EndsWith(
            "no payments file comes: Autopay__StalePaymentsDays is 0.",
            SwitchedOff.UnwatchedOf(new Policies { StaleBillsDays = 8 }),
            StringComparison.Ordinal
        );
        Assert.Null(SwitchedOff.UnwatchedOf(new Policies { StaleBillsDays = 8, StalePaymentsDays = 3 }));
    }
}
