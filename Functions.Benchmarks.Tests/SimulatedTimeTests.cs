using Autopay.Benchmarks.Cloud;
using Autopay.Benchmarks.Million;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Benchmarks.Tests;

/// <summary>The simulator itself: time adds up, limits are kept, and the app runs in it to the end.</summary>
[CollectionDefinition(nameof(SimulatedTimeTests), DisableParallelization = true)]
[Collection(nameof(SimulatedTimeTests))]
public sealed class SimulatedTimeTests
{
    private static readonly CloudPart Partition = new("table", "ledger00/00");
    private readonly VirtualTime time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void An_hour_of_waiting_takes_no_hour()
    {
        time.Run(async () =>
        {
            var slow = time.WaitAsync(TimeSpan.FromHours(1));
            await Task.Delay(TimeSpan.FromMinutes(10), time);
            await Task.Run(() => Assert.Equal(TimeSpan.FromMinutes(10), time.Passed));
            await slow;
        });

        Assert.Equal(TimeSpan.FromHours(1), time.Passed);
    }

    [Fact]
    public void Who_waits_for_what_never_comes_is_told() =>
        Assert.Contains(
            "nothing will happen",
            Assert.Throws<InvalidOperationException>(() => time.Run(() => new TaskCompletionSource().Task)).Message
        );

    [Fact]
    public void Requests_one_after_the_other_take_ten_to_thirty_milliseconds_each()
    {
        var pace = new AzurePace(time) { IsOn = true };

        time.Run(async () =>
        {
            for (var number = 0; number < 100; number++)
            {
                Assert.True(pace.Admits(Partition));
                await pace.ServeAsync(Partition, 1);
            }
        });

        Assert.InRange(time.Passed.TotalSeconds, 1.5, 2.6);
        Assert.Equal(0, pace.Refused);
    }

    [Fact]
    public void A_partition_serves_two_thousand_entities_a_second_and_refuses_whoever_would_wait_longer()
    {
        var pace = new AzurePace(time) { IsOn = true };

        time.Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, 100)
                    .Select(_ => pace.Admits(Partition) ? pace.ServeAsync(Partition, 100) : Task.CompletedTask)
            )
        );

        // A second of it waits, and one more has begun.
        Assert.InRange(pace.Refused, 100 - 21, 100 - 20);
        Assert.InRange(time.Passed.TotalSeconds, 1, 1.1);
        Assert.True(pace.Admits(new CloudPart("table", "ledger01/01")));
    }

    [Fact]
    public void The_clients_try_again_when_they_are_refused_as_long_as_they_do_on_Azure()
    {
        var pace = new AzurePace(time);
        var table = new CloudAccount(pace).Clients(null).Table("controls");

        time.Run(async () =>
        {
            await table.CreateAsync();
            pace.IsOn = true;
            await pace.WaitAsync(TimeSpan.FromSeconds(1));
            _ = pace.ServeAsync(new CloudPart("table", "controls/p"), 5 * AzurePace.OfPartition);
            await table.AddEntityAsync(new TableEntity("p", "r"));
        });

        // After 0.8, 1.6 and 3.2 seconds: by then all but a second of it is served.
        Assert.Equal(3, pace.Refused);
        Assert.InRange(time.Passed.TotalSeconds, 6, 8);
    }

    [Fact]
    public void Two_instances_charge_a_city_once_at_the_rate_of_Stripe_and_restore_it()
    {
        var seen = MillionRun.Run(new MillionCase(300, 2, 80), nights: true);

        Assert.Equal(300, seen.Submitted);
        Assert.Equal(0, seen.StripeRefused);
        Assert.Equal(8, seen.Phases.Count);
        Assert.All(seen.Phases, phase => Assert.Equal((0, 0), (phase.Refused, phase.Cut)));
        var charging = seen.Phases.Single(phase => phase.What.Contains("charging", StringComparison.Ordinal));
        // A machine that is busy with other things lets simulated time pass, too.
        Assert.InRange(charging.Took.TotalSeconds, 600 / 80.0, 600);
    }
}
