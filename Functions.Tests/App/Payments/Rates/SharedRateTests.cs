using Autopay.Payments.Rates;

namespace Autopay.Tests.App.Payments.Rates;

/// <summary>The whole rate and never more, whoever has calls: played in a time of its own, call by call.</summary>
public sealed class SharedRateTests
{
    private const string Confirm = "confirm";
    private static readonly RateLimits Live = new(InAll: 100, PerEndpoint: 100, Instances: 8);
    private static readonly TimeSpan Release = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 7)]
    [InlineData(2, 6)]
    [InlineData(8, 0)]
    public void A_release_uses_nearly_all_of_the_rate_and_never_more_however_many_instances_work(int busy, int idle)
    {
        using var world = new RateWorld();
        for (var number = 0; number < busy + idle; number++)
        {
            world.Start(Live).Work(number < busy ? 64 : 0, Confirm);
        }

        world.Run(Release);

        Assert.InRange(world.UsedShare(100, TimeSpan.Zero, Release), 0.95, 1);
        Assert.InRange(world.MostInASecond(), 95, 100);
    }

    [Fact]
    public void The_default_rate_of_a_sandbox_is_shared_over_all_endpoints_and_used_whole()
    {
        using var world = new RateWorld();
        var limits = new RateLimits(InAll: 25, PerEndpoint: 25, Instances: 8);
        for (var number = 0; number < 8; number++)
        {
            world.Start(limits).Work(16, number % 2 == 0 ? ["create", Confirm] : [Confirm]);
        }

        world.Run(Release);

        Assert.InRange(world.UsedShare(25, TimeSpan.Zero, Release), 0.95, 1);
        Assert.InRange(world.MostInASecond(), 24, 25);
    }

    [Fact]
    public void No_endpoint_gets_more_than_its_own_limit_though_the_account_would_allow_it()
    {
        using var world = new RateWorld();
        var limits = new RateLimits(InAll: 80, PerEndpoint: 25, Instances: 8);
        world.Start(limits).Work(32, "create", Confirm);
        world.Start(limits).Work(32, "create");

        world.Run(Release);

        Assert.InRange(world.MostInASecond("create"), 24, 25);
        Assert.InRange(world.MostInASecond(Confirm), 24, 25);
        Assert.InRange(world.UsedShare(50, TimeSpan.Zero, Release), 0.95, 1);
    }

    [Fact]
    public void Clocks_that_are_wrong_by_hours_and_run_at_different_speeds_change_nothing()
    {
        using var world = new RateWorld();
        for (var number = 0; number < 8; number++)
        {
            world.Start(Live, TimeSpan.FromHours(number - 4), drift: (number - 4) * 0.001).Work(64, Confirm);
        }

        world.Run(Release);

        Assert.InRange(world.UsedShare(100, TimeSpan.Zero, Release), 0.95, 1);
        Assert.InRange(world.MostInASecond(), 95, 100);
    }

    [Fact]
    public void Work_that_moves_between_the_instances_takes_the_rate_along()
    {
        using var world = new RateWorld();
        for (var number = 0; number < 8; number++)
        {
            world.Start(Live, TimeSpan.FromMinutes(number));
        }

        for (var round = 0; round < 6; round++)
        {
            foreach (var instance in world.Instances)
            {
                instance.Work(0, Confirm);
            }

            world.Instances[round].Work(64, Confirm);
            world.Instances[(round * 3) % 8].Work(64, Confirm);
            world.Run(TimeSpan.FromSeconds(30));
        }

        Assert.InRange(world.MostInASecond(), 95, 100);
        Assert.InRange(world.UsedShare(100, TimeSpan.Zero, world.Now), 0.85, 1);
    }

    [Fact]
    public void The_row_is_asked_once_a_second_at_most_and_not_at_all_when_nothing_is_called()
    {
        using var world = new RateWorld();
        for (var number = 0; number < 8; number++)
        {
            world.Start(Live).Work(64, Confirm);
        }

        world.Run(TimeSpan.FromSeconds(10));
        var joined = world.Row.Requests;
        world.Run(TimeSpan.FromMinutes(1));
        var working = world.Row.Requests - joined;
        foreach (var instance in world.Instances)
        {
            instance.Work(0, Confirm);
        }

        world.Run(TimeSpan.FromSeconds(20));
        var ended = world.Row.Requests;
        world.Run(TimeSpan.FromMinutes(10));

        Assert.InRange(working, 8 * 30, 8 * 60);
        Assert.Equal(ended, world.Row.Requests);
        Assert.Empty(RateRow.Parse(world.Row.Text).Entries);
    }

    [Fact]
    public void An_instance_alone_writes_the_row_every_two_seconds_and_never_reads_it()
    {
        using var world = new RateWorld();
        world.Start(Live).Work(64, Confirm);

        world.Run(TimeSpan.FromMinutes(1));

        Assert.InRange(world.Row.Requests, 28, 33);
    }

    [Fact]
    public void What_a_dead_instance_held_lapses_and_what_it_could_still_use_comes_last()
    {
        using var world = new RateWorld();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            world.Start(Live).Work(64, Confirm);
        }

        world.Run(TimeSpan.FromSeconds(20));
        world.Instances[1].Die();
        world.Run(TimeSpan.FromSeconds(20));
        var lapsed = world.Now;
        world.Run(TimeSpan.FromSeconds(30));
        var kept = world.UsedShare(100, lapsed, world.Now);
        world.Run(TimeSpan.FromSeconds(40));
        var forgotten = world.Now;
        world.Run(TimeSpan.FromSeconds(30));

        Assert.InRange(kept, 0.84, 0.88);
        Assert.InRange(world.UsedShare(100, forgotten, world.Now), 0.97, 1);
        Assert.InRange(world.MostInASecond(), 95, 100);
    }

    [Fact]
    public void Who_loses_the_storage_goes_on_with_a_static_share_which_the_others_leave_to_it()
    {
        using var world = new RateWorld();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            world.Start(Live).Work(64, Confirm);
        }

        world.Run(TimeSpan.FromSeconds(20));
        world.Instances[1].Row.IsAway = true;
        world.Run(TimeSpan.FromSeconds(20));
        var fallen = world.Now;
        world.Run(TimeSpan.FromSeconds(30));
        var alone = world.Left.Count(call => call.At >= fallen && call.Instance == "i1") / 30.0;
        var together = world.UsedShare(100, fallen, world.Now);
        world.Run(TimeSpan.FromSeconds(60));
        world.Instances[1].Row.IsAway = false;
        var back = world.Now + TimeSpan.FromSeconds(10);
        world.Run(TimeSpan.FromSeconds(40));

        Assert.InRange(alone, 11, 12);
        Assert.InRange(together, 0.95, 1);
        Assert.InRange(world.UsedShare(100, back, world.Now), 0.97, 1);
        Assert.InRange(world.Left.Count(call => call.At >= back && call.Instance == "i1") / 30.0, 45, 55);
        Assert.InRange(world.MostInASecond(), 95, 100);
    }

    [Fact]
    public void Without_storage_all_go_on_with_their_static_share_for_a_minute_and_then_turn_calls_away()
    {
        using var world = new RateWorld();
        foreach (var _ in Enumerable.Range(0, 8))
        {
            world.Start(Live).Work(64, Confirm);
        }

        world.Run(TimeSpan.FromSeconds(20));
        foreach (var instance in world.Instances)
        {
            instance.Row.IsAway = true;
        }

        world.Run(TimeSpan.FromSeconds(30));
        var fallen = world.UsedShare(100, world.Now - TimeSpan.FromSeconds(15), world.Now);
        world.Run(TimeSpan.FromSeconds(60));
        var ended = world.Left.Count;
        world.Run(TimeSpan.FromSeconds(10));

        Assert.InRange(fallen, 0.9, 1);
        Assert.Equal(ended, world.Left.Count);
        Assert.All(world.Instances, instance => Assert.True(instance.TurnedAway > 0));
        Assert.InRange(world.MostInASecond(), 95, 100);
    }

    [Fact]
    public void An_answer_of_the_row_that_is_lost_lets_nobody_call_more()
    {
        using var world = new RateWorld();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            world.Start(Live).Work(64, Confirm);
        }

        for (var turn = 0; turn < 60; turn++)
        {
            world.Instances[turn % 4].Row.LosesAnswers = turn % 3 == 0;
            world.Run(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(world.MostInASecond(), 95, 100);
    }

    [Fact]
    public void A_row_that_cannot_be_read_lapses_like_a_dead_instance()
    {
        using var world = new RateWorld();
        world.Row.Put("{\"what\":");
        world.Start(Live).Work(64, Confirm);

        world.Run(RateTerms.Gone - TimeSpan.FromSeconds(1));
        var before = world.Left.Count;
        world.Run(TimeSpan.FromSeconds(10));

        Assert.Equal(0, before);
        Assert.InRange(world.Left.Count, 600, 1000);
    }

    [Fact]
    public void The_calls_of_people_go_before_thousands_of_bulk_and_do_not_wait_for_an_endpoint_that_is_full()
    {
        using var world = new RateWorld();
        var instance = world.Start(Live with { PerEndpoint = 25 });
        instance.Work(2_000, "create", Confirm);
        world.Run(TimeSpan.FromSeconds(10));

        instance.Ask(Confirm, 10);
        world.Run(TimeSpan.FromMilliseconds(450));

        Assert.Equal(0, instance.Waiting(isBulk: false));
        Assert.InRange(world.UsedShare(50, TimeSpan.FromSeconds(5), world.Now), 0.95, 1);
    }

    [Fact]
    public void Pages_that_begin_together_do_not_all_create_and_then_all_confirm()
    {
        using var world = new RateWorld();
        var limits = Live with { InAll = 80, PerEndpoint = 25 };
        world.Start(limits).Release(8, 100);
        world.Start(limits).Release(8, 100);

        world.Run(Release);

        var begun = TimeSpan.FromSeconds(20);
        Assert.InRange(world.UsedShare(50, begun, Release), 0.95, 1);
        Assert.InRange(world.MostInASecond("confirm"), 24, 25);
    }

    [Fact]
    public void A_person_at_an_idle_instance_is_served_within_seconds_while_another_one_releases()
    {
        using var world = new RateWorld();
        world.Start(Live).Work(64, Confirm);
        var pages = world.Start(Live);
        world.Run(TimeSpan.FromSeconds(20));

        pages.Ask("read", 3);
        world.Run(TimeSpan.FromSeconds(6));

        Assert.Equal(0, pages.Waiting(isBulk: false));
        Assert.InRange(world.MostInASecond(), 95, 100);
    }

    [Fact]
    public void An_instance_that_ends_gives_back_what_it_holds()
    {
        using var world = new RateWorld();
        var ending = world.Start(Live);
        ending.Work(64, Confirm);
        world.Run(TimeSpan.FromSeconds(5));

        ending.End();

        Assert.Empty(RateRow.Parse(world.Row.Text).Entries);
    }

    [Fact]
    public void A_token_rests_a_second_whoever_takes_it_over()
    {
        using var world = new RateWorld();
        for (var number = 0; number < 8; number++)
        {
            world.Start(new RateLimits(InAll: 1, PerEndpoint: 1, Instances: 8)).Work(4, Confirm);
        }

        for (var ended = 0; ended < 7; ended++)
        {
            var before = world.Left.Count;
            while (world.Left.Count == before)
            {
                world.Run(RateWorld.Step);
            }

            world.Instances.Single(instance => instance.Name == world.Left[^1].Instance).End();
        }

        Assert.Equal(7, world.Left.Select(call => call.Instance).Distinct().Count());
        Assert.Equal(1, world.MostInASecond());
    }

    [Fact]
    public void Calls_leave_evenly_also_after_a_pause()
    {
        using var world = new RateWorld();
        var instance = world.Start(Live);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            instance.Work(64, Confirm);
            world.Run(TimeSpan.FromSeconds(5));
            instance.Work(0, Confirm);
            world.Run(TimeSpan.FromSeconds(3));
        }

        Assert.InRange(world.MostIn(TimeSpan.FromMilliseconds(100)), 9, 12);
    }
}
