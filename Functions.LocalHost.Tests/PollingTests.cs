using Autopay.LocalHost.Hosting;

namespace Autopay.LocalHost.Tests;

/// <summary>How long a message waits for this host; what host.json spares on Azure is no matter here.</summary>
public sealed class PollingTests
{
    [Theory]
    [InlineData("00:00:45", "00:00:02")]
    [InlineData("00:00:02", "00:00:02")]
    [InlineData("00:00:01", null)]
    [InlineData("often", null)]
    public void A_look_into_the_queues_comes_within_two_seconds_here_unless_host_json_has_it_sooner(
        string said,
        string? instead
    )
    {
        const string name = "AzureFunctionsJobHost:extensions:queues:maxPollingInterval";
        KeyValuePair<string, string?>[] hostJson = [new(name, said), new(name + "s", "00:01:00")];

        Assert.Equal(
            instead is null ? [] : [new KeyValuePair<string, string?>(name, instead)],
            QueueLimits.OnOneMachine(hostJson)
        );
    }
}
