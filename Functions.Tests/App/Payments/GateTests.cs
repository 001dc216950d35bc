using System.Collections.Concurrent;
using Autopay.Application.Ports.Provider;
using Autopay.Payments;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Payments;

public sealed class GateTests
{
    private static readonly ProviderAnswer Away = new ProviderAnswer.NotYet("429");
    private static readonly ProviderAnswer Rejected = new ProviderAnswer.Rejected("402");

    [Fact]
    public async Task A_provider_that_is_away_is_not_asked_any_more_until_it_had_a_rest()
    {
        var time = new FakeTimeProvider();
        await using var gate = new StripeGate(
            new StripeOptions { RequestsPerSecond = 1000, RequestsPerSecondPerEndpoint = 1000 },
            time
        );
        var asked = 0;
        Task<ProviderAnswer> AskAsync(ProviderAnswer answer) =>
            gate.PassAsync("confirm", () => Task.FromResult(answer).Counting(() => asked++));

        for (var call = 0; call < 30; call++)
        {
            Assert.IsType<ProviderAnswer.NotYet>(await AskAsync(Away));
        }

        Assert.Equal(20, asked);
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(Rejected, await AskAsync(Rejected));
        Assert.Equal(Rejected, await AskAsync(Rejected));
        Assert.Equal(22, asked);
    }

    [Fact]
    public async Task Answers_that_say_no_do_not_open_the_breaker()
    {
        await using var gate = new StripeGate(
            new StripeOptions { RequestsPerSecond = 1000, RequestsPerSecondPerEndpoint = 1000 },
            new FakeTimeProvider()
        );

        for (var call = 0; call < 100; call++)
        {
            Assert.Equal(Rejected, await gate.PassAsync("confirm", () => Task.FromResult(Rejected)));
        }
    }

    [Fact]
    public async Task Work_that_is_told_to_end_gives_up_its_turn_before_anything_is_sent_and_no_call_that_has_begun()
    {
        await using var gate = new StripeGate(new StripeOptions { RequestsPerSecond = 1 }, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        ProviderTurn.GiveUpOn(stop.Token);
        var (asked, sent) = (0, new TaskCompletionSource<ProviderAnswer>());
        var first = gate.PassAsync("confirm", () => sent.Task.Counting(() => asked++));
        var waiting = Enumerable
            .Range(0, 5)
            .Select(_ => gate.PassAsync("confirm", () => Task.FromResult(Rejected).Counting(() => asked++)))
            .ToList();

        await stop.CancelAsync();
        sent.SetResult(Rejected);

        Assert.Equal(Rejected, await first);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.IsType<ProviderAnswer.NotAsked>(answer));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_call_whose_reason_is_gone_when_its_turn_comes_does_not_leave()
    {
        await using var gate = new StripeGate(new StripeOptions { RequestsPerSecond = 20 }, TimeProvider.System);
        var (agreed, asked) = (0, 0);
        ProviderTurn.LookWhenItComes(() => Task.FromResult(++agreed < 3));

        List<ProviderAnswer> answers = [];
        for (var call = 0; call < 4; call++)
        {
            answers.Add(await gate.PassAsync("confirm", () => Task.FromResult(Rejected).Counting(() => asked++)));
        }

        Assert.Equal([Rejected, Rejected, new ProviderAnswer.NotAsked(), new ProviderAnswer.NotAsked()], answers);
        Assert.Equal((4, 2), (agreed, asked));

        // What was asked is found out, whatever holds by then.
        ProviderTurn.Keep();
        Assert.Equal(Rejected, await gate.PassAsync("confirm", () => Task.FromResult(Rejected)));
    }

    [Fact]
    public async Task A_call_of_a_person_leaves_before_the_bulk_that_waits()
    {
        await using var gate = new StripeGate(new StripeOptions { RequestsPerSecond = 20 }, TimeProvider.System);
        var order = new ConcurrentQueue<string>();
        Task<ProviderAnswer> AskAsync(string who) =>
            gate.PassAsync("confirm", () => Task.FromResult(Rejected).Counting(() => order.Enqueue(who)));
        async Task<ProviderAnswer> AskInBulkAsync()
        {
            ProviderTurn.LetPeopleGoFirst();
            return await AskAsync("bulk");
        }

        var bulk = Enumerable.Range(0, 20).Select(_ => AskInBulkAsync()).ToList();
        await AskAsync("a person");
        await Task.WhenAll(bulk);

        Assert.NotEqual("a person", order.Last());
        Assert.InRange(order.ToList().IndexOf("a person"), 0, 15);
    }

    [Fact]
    public async Task The_rate_is_per_endpoint_and_divided_by_the_instances()
    {
        await using var gate = new StripeGate(
            new StripeOptions
            {
                RequestsPerSecond = 1000,
                RequestsPerSecondPerEndpoint = 100,
                Instances = 10,
            },
            TimeProvider.System
        );
        var started = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(
            Enumerable.Range(0, 14).Select(_ => gate.PassAsync("create", () => Task.FromResult(Rejected)))
        );
        var hurried = TimeProvider.System.GetElapsedTime(started);
        var other = await gate.PassAsync("confirm", () => Task.FromResult(Rejected));

        // Ten at once, then one in a tenth of a second.
        Assert.True(hurried > TimeSpan.FromMilliseconds(300), $"14 calls took {hurried}");
        Assert.Equal(Rejected, other);
    }
}

internal static class CountedTask
{
    public static Task<T> Counting<T>(this Task<T> task, Action count)
    {
        count();
        return task;
    }
}
