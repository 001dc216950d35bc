using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>
/// An event spares a look at its intent only where the books say the same already, and changes nothing by itself.
/// </summary>
public sealed class SparedReadsTests
{
    [Theory]
    [InlineData(IntentStatus.Succeeded, DebitState.Collected)]
    [InlineData(IntentStatus.Dead, DebitState.RetryScheduled)]
    public async Task What_the_walk_heard_itself_is_not_read_again(IntentStatus answer, DebitState ends)
    {
        await using var world = await WalkedAsync(answer);

        await HearAsync(world, Event(world, answer));

        ThenApplied(world, reads: 0);
        Assert.Equal(ends, world.Debit().State);
    }

    [Fact]
    public async Task A_customer_who_must_act_is_known_to_have_to_and_so_is_the_cancel_that_follows()
    {
        await using var world = await WalkedAsync(IntentStatus.RequiresAction);

        await HearAsync(world, Event(world, IntentStatus.Cancelled), Event(world, IntentStatus.RequiresAction));

        ThenApplied(world, reads: 0);
        Assert.Equal(DebitState.Declined, world.Debit().State);
    }

    [Fact]
    public async Task The_answer_of_the_bank_is_read_once_however_often_it_is_told()
    {
        await using var world = await WalkedAsync(IntentStatus.Processing);
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));

        await HearAsync(world, Event(world, IntentStatus.Succeeded));
        await HearAsync(world, Event(world, IntentStatus.Succeeded) with { Id = "evt_again" });

        ThenApplied(world, reads: 1);
        Assert.Equal(DebitState.Collected, world.Debit().State);
    }

    [Theory]
    [InlineData("received")]
    [InlineData("amount")]
    [InlineData("intent")]
    [InlineData("attempt")]
    [InlineData("debit")]
    [InlineData("account")]
    [InlineData("status")]
    [InlineData("nothing")]
    public async Task Whatever_differs_from_the_books_is_settled_by_the_intent_alone(string what)
    {
        await using var world = await WalkedAsync(IntentStatus.Succeeded);
        var before = world.Ledger();
        world.Bank.Twin(world.Attempt() with { Number = 7 }, IntentStatus.Untouched);
        var happened = Event(world, IntentStatus.Succeeded);
        var claim = Otherwise(happened.Claim!, what);

        await HearAsync(world, happened with { Claim = claim, IntentId = claim?.IntentId ?? "pi_1" });

        Assert.Equal(1, world.Bank.Count(Call.Read));
        Assert.Equal(before, world.Ledger());
        Assert.Empty(world.Events.Open);
    }

    // Believed, it would be money that never came.
    [Theory]
    [InlineData(IntentStatus.Succeeded)]
    [InlineData(IntentStatus.Dead)]
    [InlineData(IntentStatus.Cancelled)]
    public async Task What_an_event_says_and_its_intent_does_not_changes_nothing(IntentStatus told)
    {
        await using var world = await WalkedAsync(IntentStatus.Processing);

        await HearAsync(world, Event(world, told));

        ThenApplied(world, reads: 1);
        Assert.Equal(DebitState.Submitted, world.Debit().State);
    }

    [Fact]
    public async Task Events_of_a_bucket_are_settled_in_one_save()
    {
        await using var world = new ChargingWorld();
        var accounts = await SubmittedInOneBucketAsync(world, 20);
        world.Steps.Restart();

        await world
            .Verb<RecordProviderEvent>()
            .RunAsync(ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id())), CancellationToken.None);

        ThenApplied(world, reads: 20);
        Assert.All(accounts, account => Assert.Equal(DebitState.Collected, world.Debit(account).State));
        Assert.Equal(1 + 20 + 1, world.Steps.Taken); // Ledgers, intents, save.
        Assert.All(
            accounts,
            account =>
                Assert.Equal(
                    $"event evt_{account}_Succeeded",
                    world.Ledgers.HistoryOf(ChargingWorld.Id(account))[^1].Authority.Why
                )
        );
    }

    [Fact]
    public async Task What_somebody_settles_already_is_not_read_by_another_message_of_its_bucket()
    {
        await using var world = new ChargingWorld();
        await SubmittedInOneBucketAsync(world, 5);
        var message = ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id()));
        world.Bank.Meanwhile(
            Call.Read,
            () => world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None)
        );

        await world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None);

        ThenApplied(world, reads: 5);
    }

    [Fact]
    public async Task An_event_that_has_a_message_of_its_own_is_left_to_it_for_a_while_and_not_for_ever()
    {
        await using var world = new ChargingWorld();
        var account = Assert.Single(await SubmittedInOneBucketAsync(world, 1));
        var alone = world
            .Verb<EventHints>()
            .Prepare(Event(world, IntentStatus.Succeeded, account) with { Id = "evt_alone" });
        await world.Events.TryAddAsync(alone, CancellationToken.None);
        var message = ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id()));
        world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
        await Assert.ThrowsAsync<ProviderAwayException>(() =>
            world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None)
        );

        await world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None);
        Assert.Equal((1, 2), (world.Bank.Count(Call.Read), world.Events.Open.Count()));
        world.Later();
        await world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None);

        ThenApplied(world, reads: 2);
    }

    [Fact]
    public async Task One_that_cannot_be_settled_does_not_stop_the_others_of_its_bucket()
    {
        await using var world = new ChargingWorld();
        var (bad, good) = await SubmittedInOneBucketAsync(world, 2) is [var first, var second]
            ? (first, second)
            : default;
        world.Bank.Meanwhile(Call.Read, Breaks);
        world.Bank.Meanwhile(Call.Read, () => Task.CompletedTask);
        world.Bank.Meanwhile(Call.Read, Breaks);
        var message = ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id()));

        await Assert.ThrowsAsync<AggregateException>(() =>
            world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None)
        );

        Assert.Equal((DebitState.Submitted, DebitState.Collected), (world.Debit(bad).State, world.Debit(good).State));
        Assert.Equal($"evt_{bad}_Succeeded", Assert.Single(world.Events.Open).Id);
        world.Later();
        await world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None);
        Assert.Equal(DebitState.Collected, world.Debit(bad).State);

        static Task Breaks() => throw new InvalidOperationException("the account is broken");
    }

    [Fact]
    public async Task What_cannot_be_read_now_stays_and_the_others_are_settled()
    {
        await using var world = new ChargingWorld();
        var accounts = await SubmittedInOneBucketAsync(world, 3);
        world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
        var message = ProviderEventMessage.Of(Bucket.Of(ChargingWorld.Id()));

        await Assert.ThrowsAsync<ProviderAwayException>(() =>
            world.Verb<RecordProviderEvent>().RunAsync(message, CancellationToken.None)
        );

        Assert.Single(world.Events.Open);
        Assert.Equal(2, accounts.Count(account => world.Debit(account).State == DebitState.Collected));
    }

    private static async Task<List<int>> SubmittedInOneBucketAsync(ChargingWorld world, int count)
    {
        var accounts = Enumerable
            .Range(1, 10_000)
            .Where(number => Bucket.Of(ChargingWorld.Id(number)) == Bucket.Of(ChargingWorld.Id()))
            .Take(count)
            .ToList();
        foreach (var account in accounts.Select(ChargingWorld.Id))
        {
            await world.DoAsync(account, now => new Enrol(ChargingWorld.NewEnrolment(), now));
            await world.BillAsync(account, "b1");
        }

        await world.WalkAsync();
        foreach (var account in accounts)
        {
            world.Bank.Change(
                world.Attempt(account).IntentId!,
                intent => RecoveryTests.Become(intent, IntentStatus.Succeeded)
            );
            await world.Events.TryAddAsync(Event(world, IntentStatus.Succeeded, account), CancellationToken.None);
        }

        world.Bank.Calls.Clear();
        return accounts;
    }

    private static async Task<ChargingWorld> WalkedAsync(IntentStatus answer)
    {
        var world = await RecoveryTests.DueAsync();
        world.Bank.OnConfirm = intent => RecoveryTests.Become(intent, answer);
        await world.WalkAsync();
        world.Bank.Calls.Clear();
        return world;
    }

    internal static ProviderEvent Event(ChargingWorld world, IntentStatus told, int account = 1)
    {
        var attempt = world.Attempt(account);
        return Event(
            $"evt_{account}_{told}",
            world.Now.Utc,
            new IntentClaim
            {
                IntentId = attempt.IntentId!,
                Debit = attempt.Debit,
                Attempt = attempt.Number,
                Status = told,
                Amount = attempt.Amount,
                Received = told == IntentStatus.Succeeded ? attempt.Amount : Money.Zero,
            }
        );
    }

    internal static ProviderEvent Event(string id, DateTimeOffset at, IntentClaim claim) =>
        new()
        {
            Id = id,
            Type = "payment_intent",
            ApiVersion = "v",
            Livemode = false,
            IntentId = claim.IntentId,
            Body = "{}",
            HappenedAt = at,
            ReceivedAt = at,
            Claim = claim,
        };

    private static IntentClaim? Otherwise(IntentClaim claim, string what) =>
        what switch
        {
            "received" => claim with { Received = new Money(1) },
            "amount" => claim with { Amount = new Money(1) },
            "intent" => claim with { IntentId = "pi_2" },
            "attempt" => claim with { Attempt = 2 },
            "debit" => claim with { Debit = DebitId.From("10-0001-1-99") },
            "account" => claim with { Debit = DebitId.From("nobody-1-1") },
            "status" => claim with { Status = IntentStatus.Dead },
            _ => null,
        };

    internal static async Task HearAsync(ChargingWorld world, params IEnumerable<ProviderEvent> events)
    {
        foreach (var happened in events)
        {
            await world.Events.TryAddAsync(happened, CancellationToken.None);
            await world
                .Verb<RecordProviderEvent>()
                .RunAsync(ProviderEventMessage.Of(happened.ToOpen()), CancellationToken.None);
        }
    }

    private static void ThenApplied(ChargingWorld world, int reads)
    {
        Assert.Equal(reads, world.Bank.Count(Call.Read));
        Assert.All(world.Events.All, happened => Assert.Equal(ProviderEventState.Applied, happened.State));
        Worlds.ThenInvariantsHold(world);
    }
}
