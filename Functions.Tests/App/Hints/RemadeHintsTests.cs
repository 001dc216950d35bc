using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Ports.Runs;
using Autopay.Application.Runs;

namespace Autopay.Tests.App.Hints;

/// <summary>Of each kind of message what it is about, and whether the sweep would still ask for the same.</summary>
public sealed class RemadeHintsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_asked_for_until_it_is_made()
    {
        await using var city = new SweptCity();
        var entry = await city.Releases.AddAsync(
            id => new ReleasePlan(id, SweptCity.One, PlanState.Planning, city.By("ann")),
            Cancel
        );
        const string Message = """{"releaseId":"R-1"}""";

        Assert.Equal("R-1", await SubjectAsync(city, QueueNames.Runs, Message));
        Assert.Null(await DoneAsync(city, QueueNames.Runs, Message));

        await city.Releases.TrySaveAsync(entry, entry.Plan with { State = PlanState.Draft }, Cancel);
        Assert.Equal("the plan is made", await DoneAsync(city, QueueNames.Runs, Message));
    }

    [Fact]
    public async Task A_run_is_asked_for_until_it_has_ended()
    {
        await using var city = new SweptCity();
        var entry = await city.Runs.AddAsync(
            id => new LongRun(id, RunKind.Reconcile, "ann", city.Now),
            city.Now,
            Cancel
        );
        var message = $$"""{"runId":"{{entry.Run.Id}}"}""";

        Assert.Equal(entry.Run.Id, await SubjectAsync(city, QueueNames.Runs, message));
        Assert.Null(await DoneAsync(city, QueueNames.Runs, message));

        await city.Runs.TrySaveAsync(entry, entry.Run with { Step = RunStep.Done }, Cancel);
        Assert.Equal("the run has ended", await DoneAsync(city, QueueNames.Runs, message));
    }

    [Fact]
    public async Task Notices_are_asked_for_until_none_waits_in_their_bucket()
    {
        await using var city = new SweptCity();
        var account = new AccountId("10-0001");
        var message = $$"""{"bucket":{{Bucket.Of(account).Number}}}""";
        city.Outbox.Accounts.Add(account);

        Assert.Null(await DoneAsync(city, QueueNames.Notices, message));
        Assert.Equal(
            "the notices are sent",
            await DoneAsync(
                city,
                QueueNames.Notices,
                $$"""{"bucket":{{(Bucket.Of(account).Number + 1) % Bucket.Count}}}"""
            )
        );

        city.Outbox.Accounts.Clear();
        Assert.Equal("the notices are sent", await DoneAsync(city, QueueNames.Notices, message));
        Assert.Null(await DoneAsync(city, QueueNames.Notices, """{"bucket":-1}"""));
    }

    [Fact]
    public async Task Events_of_a_bucket_are_asked_for_until_none_is_open()
    {
        await using var city = new SweptCity();
        var happened = new ProviderEvent
        {
            Id = "evt_1",
            Type = "refund.updated",
            ApiVersion = "v",
            Livemode = false,
            IntentId = "pi_1",
            Body = "{}",
            ReceivedAt = city.Now,
        };
        await city.Events.TryAddAsync(happened, Cancel);
        var message = $$"""{"bucket":{{Bucket.Of("pi_1").Number}}}""";

        Assert.Null(await DoneAsync(city, QueueNames.ProviderEvents, message));

        await city.Events.MarkAsync([new EventMark(happened.ToOpen(), ProviderEventState.Applied, "")], Cancel);
        Assert.Equal("the event was looked at", await DoneAsync(city, QueueNames.ProviderEvents, message));
    }

    [Theory]
    [InlineData(QueueNames.Evaluate, "{}")]
    [InlineData(QueueNames.Evaluate, """{"bucket":3,"cause":null}""")]
    [InlineData(QueueNames.Evaluate, "{ not JSON")]
    [InlineData(QueueNames.Notices, "{}")]
    [InlineData(QueueNames.Runs, """{"releaseId":"R-9"}""")]
    [InlineData(QueueNames.Runs, """{"runId":"none"}""")]
    [InlineData(QueueNames.Imports, """{"importId":null,"part":0}""")]
    public async Task What_cannot_be_read_or_names_nothing_is_about_nothing_and_never_done(string queue, string text)
    {
        await using var city = new SweptCity();

        Assert.Null(await SubjectAsync(city, queue, text));
        Assert.Null(await DoneAsync(city, queue, text));
    }

    private static Task<string?> SubjectAsync(SweptCity city, string queue, string text) =>
        city.Verb<RemadeHints>().SubjectOfAsync(queue, text, Cancel);

    private static Task<string?> DoneAsync(SweptCity city, string queue, string text) =>
        city.Verb<RemadeHints>().WhatIsDoneAsync(queue, text, Cancel);
}
