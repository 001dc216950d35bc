using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>A message that finds its bucket busy is not taken for done, and thousands of them become one.</summary>
public sealed class BusyBucketTests
{
    [Fact]
    [Trait("Layer", "L2")]
    public async Task F52_a_message_that_finds_its_bucket_leased_comes_again_until_it_is_free()
    {
        await using var world = new ChargingWorld(new ProcessingOptions());
        await world.EnrolAsync();
        var (queue, answer) = AnswerOf(world);
        await LeaseAsync(world);

        Assert.False(await answer.RunAsync(Message, CancellationToken.None));
        for (var again = 1; again < 6; again++)
        {
            world.Later(queue.Later[^1].After);
            Assert.False(await answer.RunAsync(queue.Later[^1].Message, CancellationToken.None));
        }

        Assert.Equal([1, 2, 4, 8, 15, 15], queue.Later.Select(later => (int)later.After.TotalSeconds));
        world.Later(world.Options.Lease);
        Assert.True(await answer.RunAsync(queue.Later[^1].Message, CancellationToken.None));
        Assert.Single(world.Bank.Charging);
    }

    [Fact]
    public async Task A_walk_that_has_done_a_part_is_asked_for_again_at_once_however_long_its_message_had_waited()
    {
        var options = new ProcessingOptions { WalkFor = TimeSpan.FromMinutes(1) };
        await using var world = new ChargingWorld(options);
        await world.EnrolInOneBucketAsync(201);
        var (queue, answer) = AnswerOf(world);
        world.Bank.Meanwhile(
            Call.Create,
            () =>
            {
                world.Later(options.WalkFor);
                return Task.CompletedTask;
            }
        );

        Assert.False(await answer.RunAsync(Message with { WaitedSeconds = 15 }, CancellationToken.None));

        var (again, after) = Assert.Single(queue.Later);
        Assert.Equal(TimeSpan.FromSeconds(1), after);
        Assert.True(await answer.RunAsync(again, CancellationToken.None));
        Assert.Equal(201, world.Bank.Charging.Count());
    }

    [Fact]
    [Trait("Layer", "L2")]
    public async Task F52_a_walk_that_is_cut_is_asked_for_again_although_nobody_may_let_go_of_its_message()
    {
        await using var world = new ChargingWorld(new ProcessingOptions());
        await world.EnrolAsync();
        var (queue, answer) = AnswerOf(world);
        using var stop = new CancellationTokenSource();
        world.Bank.Meanwhile(Call.Create, stop.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.RunAsync(Message, stop.Token));

        var (again, after) = Assert.Single(queue.Later);
        world.Later(after);
        Assert.True(await answer.RunAsync(again, CancellationToken.None));
        Assert.Single(world.Bank.Charging);
    }

    [Fact]
    public async Task However_many_messages_find_a_bucket_busy_one_comes_again()
    {
        await using var world = new ChargingWorld(new ProcessingOptions());
        var (queue, answer) = AnswerOf(world);
        await LeaseAsync(world);

        for (var message = 0; message < 500; message++)
        {
            Assert.False(await answer.RunAsync(Message, CancellationToken.None));
        }

        Assert.Single(queue.Later);
        world.Later(queue.Later[0].After);
        await answer.RunAsync(queue.Later[0].Message, CancellationToken.None);
        await answer.RunAsync(Message, CancellationToken.None);
        await answer.RunAsync(queue.Later[0].Message, CancellationToken.None); // Delivered twice.
        Assert.Equal(2, queue.Later.Count);
    }

    // It is to come again two seconds later: until then nobody else need.
    [Theory]
    [InlineData(1_999, 1)]
    [InlineData(2_000, 2)]
    [InlineData(20_000, 2)]
    public async Task A_message_that_should_have_come_again_and_is_lost_keeps_the_next_one_from_nothing(
        int milliseconds,
        int messages
    )
    {
        await using var world = new ChargingWorld(new ProcessingOptions());
        var (queue, answer) = AnswerOf(world);
        await LeaseAsync(world);
        await answer.RunAsync(Message, CancellationToken.None);

        world.Later(TimeSpan.FromMilliseconds(milliseconds));
        await answer.RunAsync(Message, CancellationToken.None);

        Assert.Equal(messages, queue.Later.Count);
    }

    // No message waits for longer than 15 seconds: a later time is that of a clock that is wrong.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task A_time_that_is_too_far_ahead_is_not_believed(int ticks, int messages)
    {
        await using var world = new ChargingWorld(new ProcessingOptions());
        var (queue, answer) = AnswerOf(world);
        await LeaseAsync(world);
        var row = await world.Schedules.ReadAsync(new Bucket(Message.Bucket), CancellationToken.None);
        await world.Schedules.TryWriteAsync(
            row with
            {
                AskedAgainAt = world.Now.Utc.AddSeconds(16).AddTicks(ticks),
            },
            CancellationToken.None
        );

        await answer.RunAsync(Message, CancellationToken.None);

        Assert.Equal(messages, queue.Later.Count);
    }

    [Fact]
    public async Task A_message_that_cannot_be_put_out_again_is_not_taken_for_done()
    {
        await using var world = new ChargingWorld(new ProcessingOptions());
        var (_, answer) = AnswerOf(world, isAway: true);
        await LeaseAsync(world);

        await Assert.ThrowsAsync<BucketBusyException>(() => answer.RunAsync(Message, CancellationToken.None));
    }

    private static EvaluateMessage Message { get; } = new(Bucket.Of(ChargingWorld.Id()).Number, "test");

    private static (HintQueue Queue, AnswerEvaluateMessage Answer) AnswerOf(ChargingWorld world, bool isAway = false)
    {
        var queue = new HintQueue { IsAway = isAway };
        return (
            queue,
            new AnswerEvaluateMessage(world.Verb<EvaluateBucket>(), world.Schedules, queue, world.Verb<CityClock>())
        );
    }

    // A walk that died: it has the lease, and gives it to nobody.
    private static async Task LeaseAsync(ChargingWorld world) =>
        Assert.NotNull(
            await world.Verb<BucketLeases>().TryTakeAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None)
        );
}
