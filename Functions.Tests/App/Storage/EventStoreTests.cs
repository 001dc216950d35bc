using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Storage;
using Autopay.Storage.Events;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Storage;

/// <summary>
/// Provider events in real tables: few requests for many events, and none that is written twice or forgotten.
/// </summary>
public sealed class EventStoreTests(Books books) : IClassFixture<Books>
{
    private readonly TableProviderEventStore events = new(books.Clients);

    [Fact]
    public async Task A_page_of_missed_events_is_written_in_few_requests_and_compared_in_one()
    {
        var page = Page("few", 100);
        var pages = Enumerable.Range(0, 5).Select(number => Page($"many{number}", 100, day: number + 1)).ToList();

        Assert.Equal(100, await AddCountedAsync(page, most: 5));
        Assert.Equal(0, await AddCountedAsync(page, most: 1));
        foreach (var other in pages)
        {
            await AddCountedAsync(other, most: 5);
        }

        Assert.Equal(0, await AddCountedAsync([.. pages.SelectMany(it => it)], most: 1));
    }

    [Fact]
    public async Task Only_what_is_missing_is_written()
    {
        var page = Page("half", 100, day: 10);
        foreach (var happened in page.Take(10))
        {
            await events.TryAddAsync(happened, CancellationToken.None);
        }

        await MarkAsync(page[0].ToOpen(), ProviderEventState.Applied);
        var added = await events.AddMissingAsync(page, CancellationToken.None);

        Assert.Equal(page.Skip(10).Select(it => it.Id), added.Select(it => it.Id).Order());
        Assert.Equal(ProviderEventState.Applied, (await events.FindAsync(page[0].Id, CancellationToken.None))!.State);
    }

    // Stored by webhooks that did not say when they happened.
    [Fact]
    public async Task What_is_stored_without_its_time_is_not_written_again_either()
    {
        var page = Page("timeless", 40, day: 11);
        foreach (var happened in page.Where((_, index) => index % 13 == 0))
        {
            await events.TryAddAsync(happened with { HappenedAt = null }, CancellationToken.None);
            await MarkAsync(happened.ToOpen(), ProviderEventState.Applied);
        }

        Assert.Equal(36, (await events.AddMissingAsync(page, CancellationToken.None)).Count);

        Assert.Equal(ProviderEventState.Applied, (await events.FindAsync(page[13].Id, CancellationToken.None))!.State);
        Assert.Equal(ProviderEventState.Stored, (await events.FindAsync(page[1].Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task A_lost_answer_loses_no_event()
    {
        var page = Page("lost", 30, day: 12);
        books.Watch.LoseNextAnswer();

        await events.AddMissingAsync(page, CancellationToken.None);

        Assert.Empty(await events.AddMissingAsync(page, CancellationToken.None));
        Assert.All(
            await Task.WhenAll(page.Select(it => events.FindAsync(it.Id, CancellationToken.None))),
            Assert.NotNull
        );
    }

    [Fact]
    public async Task Large_events_are_spread_over_transactions_that_hold_them()
    {
        var page = Page("large", 12, day: 13)
            .Select(it => it with { Body = new string('x', ProviderEvent.LargestBody) })
            .ToList();

        Assert.Equal(12, (await events.AddMissingAsync(page, CancellationToken.None)).Count);
        Assert.Equal(
            ProviderEvent.LargestBody,
            (await events.FindAsync(page[11].Id, CancellationToken.None))!.Body.Length
        );
    }

    [Fact]
    public async Task Open_events_are_read_by_bucket_with_all_that_they_say()
    {
        var happened = Event("evt_claims", "pi_claims", day: 14) with
        {
            Amount = new Money(5000),
            Claim = new IntentClaim
            {
                IntentId = "pi_claims",
                Debit = DebitId.From("A-1-7"),
                Attempt = 2,
                Status = IntentStatus.Succeeded,
                Amount = new Money(5000),
                Received = new Money(5000),
            },
        };
        await events.TryAddAsync(happened, CancellationToken.None);

        Assert.Equal(
            happened.ToOpen(),
            (await OpenAsync(Bucket.Of(new AccountId("A")))).Single(it => it.Id == "evt_claims") with
            {
                Tag = null,
            }
        );
        Assert.Empty(await events.CountOpenAsync(Books.Now.AddYears(-1), CancellationToken.None));
        Assert.InRange(
            (await events.CountOpenAsync(happened.ReceivedAt, CancellationToken.None))[Bucket.Of(new AccountId("A"))],
            1,
            int.MaxValue
        );
    }

    [Fact]
    public async Task An_event_is_taken_by_one_only_and_one_that_is_done_with_by_nobody()
    {
        var page = Page("taken", 30, day: 17);
        await events.AddMissingAsync(page, CancellationToken.None);
        List<OpenEvent> read =
        [
            .. (await Task.WhenAll(page.Select(it => it.ToOpen().Bucket).Distinct().Select(OpenAsync)))
                .SelectMany(it => it)
                .Where(it => page.Exists(happened => happened.Id == it.Id)),
        ];
        await MarkAsync(read[7], ProviderEventState.Applied);

        var first = await events.TakeAsync([.. read.Take(20)], Books.Now.AddMinutes(2), CancellationToken.None);
        var second = await events.TakeAsync(read, Books.Now.AddMinutes(3), CancellationToken.None);

        Assert.Equal(read.Take(20).Where((_, index) => index != 7).Select(it => it.Id), first.Select(it => it.Id));
        Assert.Equal(read.Skip(20).Select(it => it.Id), second.Select(it => it.Id));
        Assert.Equal(
            Books.Now.AddMinutes(2),
            (await OpenAsync(read[0].Bucket)).Single(it => it.Id == read[0].Id).TakenUntil
        );
    }

    [Fact]
    public async Task Many_are_marked_together_and_one_that_was_marked_before_keeps_its_word()
    {
        var page = Page("marks", 60, day: 15);
        await events.AddMissingAsync(page, CancellationToken.None);
        await MarkAsync(page[30].ToOpen(), ProviderEventState.Foreign);
        books.Watch.Forget();

        await events.MarkAsync(
            [.. page.Take(25).Select(it => new EventMark(it.ToOpen(), ProviderEventState.Applied, ""))],
            CancellationToken.None
        );
        Assert.Equal(1, books.Watch.Batches);
        await events.MarkAsync(
            [.. page.Skip(25).Select(it => new EventMark(it.ToOpen(), ProviderEventState.Parked, "later"))],
            CancellationToken.None
        );

        var states = (await Task.WhenAll(page.Select(it => events.FindAsync(it.Id, CancellationToken.None))))
            .Select(it => it!.State)
            .ToList();
        Assert.All(states.Take(25), state => Assert.Equal(ProviderEventState.Applied, state));
        Assert.All(
            states.Skip(25).Where((_, index) => index != 5),
            state => Assert.Equal(ProviderEventState.Parked, state)
        );
        Assert.Equal(ProviderEventState.Foreign, states[30]);
    }

    [Fact]
    public async Task How_far_the_list_is_taken_in_is_kept()
    {
        Assert.Equal(new EventProgress(null, null), await events.ReadProgressAsync(CancellationToken.None));

        var cut = new EventProgress(null, new EventWindow(Books.Now.AddDays(-30), Books.Now, Books.Now.AddDays(-3)));
        await events.SaveProgressAsync(cut, CancellationToken.None);
        Assert.Equal(cut, await events.ReadProgressAsync(CancellationToken.None));

        await events.SaveProgressAsync(new EventProgress(Books.Now, null), CancellationToken.None);
        Assert.Equal(new EventProgress(Books.Now, null), await events.ReadProgressAsync(CancellationToken.None));
    }

    private static List<ProviderEvent> Page(string name, int count, int day = 0) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(number => (Id: string.Create(CultureInfo.InvariantCulture, $"{name}_{number:000}"), number))
                .Select(it => Event($"evt_{it.Id}", $"pi_{it.Id}", day, it.number * 7)),
        ];

    private static ProviderEvent Event(string id, string intent, int day, int seconds = 0) =>
        new()
        {
            Id = id,
            Type = "payment_intent.succeeded",
            ApiVersion = "v",
            Livemode = false,
            IntentId = intent,
            Body = "{}",
            HappenedAt = Books.Now.AddDays(day).AddSeconds(seconds),
            ReceivedAt = Books.Now.AddDays(day),
        };

    private async Task<int> AddCountedAsync(List<ProviderEvent> page, int most)
    {
        books.Watch.Forget();
        var added = await events.AddMissingAsync(page, CancellationToken.None);
        Assert.InRange(books.Watch.Requests.Count, 1, most);
        return added.Count;
    }

    private Task MarkAsync(OpenEvent happened, ProviderEventState state) =>
        events.MarkAsync([new EventMark(happened, state, "first")], CancellationToken.None);

    private async Task<List<OpenEvent>> OpenAsync(Bucket bucket) =>
        await events.ReadOpenAsync(bucket, CancellationToken.None).ToListAsync();
}
