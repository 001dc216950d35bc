using System.Globalization;
using Autopay.Application;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Reconciling;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Hints;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Reconciling;

/// <summary>
/// Missed events are taken in once, however often a run is cut, and what is known is neither listed nor written again.
/// </summary>
[Trait("Layer", "L2")]
public sealed class BackfillTests
{
    private const int PageSize = 100;
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Night = new(2020, 2, 20, 9, 15, 0, TimeSpan.Zero);
    private readonly VirtualClock time = new(Night);
    private readonly ScratchEventStore events = new();
    private readonly HintQueue queue = new();
    private readonly ListedEvents list;

    public BackfillTests() => list = new ListedEvents(time);

    [Fact]
    public async Task F56_a_month_of_100_000_events_is_taken_in_although_the_run_is_cut_by_the_timeout_three_times()
    {
        list.Happen(100_000, from: Night.AddDays(-29), to: Night);
        var patient = new ProcessingOptions { BackfillFor = TimeSpan.FromDays(1) };

        for (var cut = 0; cut < 3; cut++)
        {
            list.CutAt = time.GetUtcNow() + FunctionTimeout;
            await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(patient));
            time.MoveTo(time.GetUtcNow().AddHours(1));
        }

        list.CutAt = null;
        var ended = time.GetUtcNow();
        var last = await RunAsync(patient);

        Assert.Equal((100_000, ended), (events.All.Count(), last.Through));
        Assert.Equal((100_000, new EventProgress(ended, null)), (events.Backfilled.Written, events.Progress));
        // Of all runs together: a cut costs a page, and the hours since are listed too.
        Assert.InRange(list.Pages, 1_000, 1_010);
    }

    [Fact]
    public async Task F56_a_run_ends_by_itself_in_time_and_the_next_one_goes_on()
    {
        list.Happen(50_000, from: Night.AddDays(-29), to: Night);

        var runs = 0;
        for (Backfilled run; (run = await RunAsync()).Through is not { } through || through < Night; runs++)
        {
            Assert.InRange(time.GetUtcNow() - Night, TimeSpan.Zero, FunctionTimeout * 0.5 * (runs + 1));
            Assert.InRange(run.Missed, 1, 49_999);
        }

        Assert.InRange(runs, 2, 10);
        Assert.Equal(50_000, events.All.Count());
    }

    [Fact]
    public async Task The_next_night_lists_only_what_happened_since()
    {
        list.Happen(1_000, from: Night.AddDays(-29), to: Night.AddHours(-2));
        await RunAsync();
        time.MoveTo(Night.AddDays(1));
        list.Happen(500, from: Night.AddHours(1), to: Night.AddDays(1));
        foreach (var happened in list.All.Where(it => it.HappenedAt > Night).Take(450))
        {
            await events.TryAddAsync(happened, CancellationToken.None);
        }

        var (before, written) = (list.Pages, events.Backfilled.Written);
        var run = await RunAsync();

        Assert.Equal((50, 5, 50), (run.Missed, list.Pages - before, events.Backfilled.Written - written));
        Assert.Equal(0, (await RunAsync()).Missed);
    }

    [Fact]
    public async Task An_event_that_is_listed_late_is_still_found()
    {
        await RunAsync();
        list.Happen(1, from: Night.AddMinutes(-30), to: Night.AddMinutes(-30));
        time.MoveTo(Night.AddDays(1));

        Assert.Equal(1, (await RunAsync()).Missed);
    }

    [Fact]
    public async Task What_is_missed_is_asked_for_by_bucket_and_what_waits_for_a_person_is_not()
    {
        list.Happen(1_000, from: Night.AddDays(-1), to: Night);
        list.Park(every: 2);

        await RunAsync();

        var stored = events.Open.Select(happened => happened.ToOpen().Bucket.Number).Distinct().Order().ToList();
        Assert.Equal(500, events.Open.Count());
        Assert.Equal(stored, queue.Events.Select(asked => asked.Message.Bucket!.Value).Order());
        Assert.All(queue.Events, asked => Assert.Null(asked.Message.EventId));
    }

    [Fact]
    public async Task A_stretch_that_the_provider_no_longer_lists_keeps_nobody_waiting()
    {
        list.Happen(3_000, from: Night.AddDays(-29), to: Night);
        list.CutAt = time.GetUtcNow().AddSeconds(30);
        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync());
        list.CutAt = null;
        time.MoveTo(Night.AddDays(60));

        Assert.Equal(time.GetUtcNow(), (await RunAsync()).Through);
        Assert.True(list.Oldest >= time.GetUtcNow().AddDays(-30), $"asked from {list.Oldest:u} on");
    }

    private Task<Backfilled> RunAsync(ProcessingOptions? options = null)
    {
        var clock = new CityClock(time, ChargingWorld.City);
        return new BackfillEvents(
            list,
            events,
            new EventHints(queue, clock),
            clock,
            options ?? new ProcessingOptions()
        ).RunAsync(CancellationToken.None);
    }

    /// <summary>The provider's list: each page takes a while, and the process is cut when its time is over.</summary>
    private sealed class ListedEvents(VirtualClock time) : IProviderRecords
    {
        private static readonly TimeSpan PageTakes = TimeSpan.FromSeconds(2);
        private List<ProviderEvent> all = [];

        public IReadOnlyList<ProviderEvent> All => all;

        public DateTimeOffset? CutAt { get; set; }

        public int Pages { get; private set; }

        public DateTimeOffset Oldest { get; private set; }

        public void Happen(int count, DateTimeOffset from, DateTimeOffset to) =>
            all = [
                .. all.Concat(
                        Enumerable
                            .Range(all.Count, count)
                            .Select(number => Event(number, from + ((to - from) * (number - all.Count) / count)))
                    )
                    .OrderByDescending(it => it.HappenedAt),
            ];

        public void Park(int every) =>
            all = [
                .. all.Select((it, index) => index % every == 0 ? it with { State = ProviderEventState.Parked } : it),
            ];

        public async IAsyncEnumerable<EventPage> ReadEventsAsync(
            DateTimeOffset from,
            DateTimeOffset to,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
        )
        {
            Oldest = from;
            foreach (var page in all.Where(it => it.HappenedAt >= from && it.HappenedAt <= to).Chunk(PageSize))
            {
                await Task.Yield();
                time.MoveTo(time.GetUtcNow() + PageTakes);
                if (time.GetUtcNow() >= CutAt)
                {
                    throw new OperationCanceledException("the function's time is over");
                }

                Pages++;
                yield return new EventPage(page, page[^1].HappenedAt!.Value);
            }
        }

        public Task<IntentPage> ReadIntentsAsync(IntentRange range, CancellationToken cancel) =>
            throw new NotSupportedException();

        private static ProviderEvent Event(int number, DateTimeOffset at)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{number:000000}");
            return new ProviderEvent
            {
                Id = $"evt_{id}",
                Type = "payment_intent.succeeded",
                ApiVersion = "v",
                Livemode = false,
                IntentId = $"pi_{id}",
                Body = "{}",
                HappenedAt = at,
                ReceivedAt = at,
            };
        }
    }
}
