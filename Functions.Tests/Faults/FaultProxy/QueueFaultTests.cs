using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>L5: messages that are doubled, lost or refused by a broken network before the queues.</summary>
[Trait("Layer", "L5")]
public sealed class QueueFaultTests(FaultyWorld world) : IClassFixture<FaultyWorld>
{
    [Fact]
    public async Task F04_a_message_that_was_put_twice_is_worked_on_twice_and_charges_once()
    {
        var account = await world.EnrolAsync();
        await world.Clients.Queue(QueueNames.Evaluate).ClearMessagesAsync();
        world.Queues.Break("POST", "/evaluate/messages", ProxyFault.ResetAfter);

        Assert.True(
            await world
                .Verb<IWorkQueue>()
                .TryEnqueueAsync(new EvaluateMessage(Bucket.Of(account).Number, "test"), CancellationToken.None)
        );

        var messages = (await world.Clients.Queue(QueueNames.Evaluate).ReceiveMessagesAsync(32)).Value;
        Assert.Equal(2, messages.Length);
        await Task.WhenAll(messages.Select(_ => world.WalkAsync(account)));
        await world.RecoverAsync(account);
        await world.ThenChargedOnceAsync(account);
    }

    [Fact]
    public async Task F28_a_message_whose_delete_was_done_though_it_failed_or_that_somebody_else_deleted_is_done()
    {
        var queues = world.Verb<IPoisonQueues>();
        await world.Clients.RawQueue(QueueNames.Evaluate + "-poison").SendMessageAsync("poison");
        var message = Assert.Single(await queues.ReceiveAsync(CancellationToken.None));
        world.Queues.Break("DELETE", message.MessageId, ProxyFault.ResetAfter);

        await queues.DeleteAsync(message, CancellationToken.None);
        await queues.DeleteAsync(message, CancellationToken.None);

        Assert.Equal(0, world.Queues.Left);
        Assert.Empty(await queues.ReceiveAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(nameof(ProxyFault.ResetBefore))]
    [InlineData(nameof(ProxyFault.HangBefore))]
    [InlineData(nameof(ProxyFault.Busy503Before))]
    public async Task F33_while_the_queue_service_is_down_the_sweep_does_the_work_itself(string fault)
    {
        var account = await world.EnrolAsync();
        world.Queues.BreakAll(Enum.Parse<ProxyFault>(fault));

        var result = await world.Verb<Sweep>().RunAsync(SweepReach.Every, "sweep", CancellationToken.None);
        world.Queues.Mend();

        Assert.Equal(Bucket.Count, result.Buckets);
        await world.ThenChargedOnceAsync(account);
    }
}
