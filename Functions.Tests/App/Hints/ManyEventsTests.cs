using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>A message asks about a hundred intents at most; what is left has one of its own, and no more.</summary>
public sealed class ManyEventsTests
{
    private const int MostAsked = 100;

    [Theory]
    [InlineData(MostAsked, 0)]
    [InlineData(MostAsked + 1, 1)]
    public async Task What_one_message_leaves_is_asked_for_at_once_and_nothing_when_it_leaves_nothing(
        int events,
        int messages
    )
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        for (var number = 1; number <= events; number++)
        {
            await world.Events.TryAddAsync(OfAStranger(world, number), CancellationToken.None);
        }

        var ofBucket = ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id()));
        await world.Verb<RecordProviderEvent>().RunAsync(ofBucket, CancellationToken.None);

        Assert.Equal(MostAsked, world.Bank.Count(Call.Read));
        Assert.Equal(Enumerable.Repeat((ofBucket, TimeSpan.Zero), messages), world.Hints.Events);

        await world.Verb<RecordProviderEvent>().RunAsync(ofBucket, CancellationToken.None);
        Assert.Equal((events, messages), (world.Bank.Count(Call.Read), world.Hints.Events.Count));
        Assert.Empty(world.Events.Open);
    }

    // The books have no such attempt: only its intent can tell.
    private static ProviderEvent OfAStranger(ChargingWorld world, int number)
    {
        var attempt = world.Attempt() with { Number = 100 + number };
        return SparedReadsTests.Event(
            $"evt_{number}",
            world.Now.Utc,
            new IntentClaim
            {
                IntentId = world.Bank.Twin(attempt, IntentStatus.Untouched),
                Debit = attempt.Debit,
                Attempt = attempt.Number,
                Status = IntentStatus.Succeeded,
                Amount = attempt.Amount,
            }
        );
    }
}
