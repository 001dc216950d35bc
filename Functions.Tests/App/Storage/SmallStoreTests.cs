using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Provider;
using Autopay.Storage;
using Autopay.Storage.Events;
using Autopay.Storage.Imports;

namespace Autopay.Tests.App.Storage;

public sealed class SmallStoreTests(Books books) : IClassFixture<Books>
{
    private readonly TableBucketScheduleStore schedules = new(books.Clients);
    private readonly TableProviderEventStore events = new(books.Clients);
    private readonly TableSuspenseStore suspense = new(books.Clients);
    private readonly TableStuckStore stuck = new(books.Clients);

    [Fact]
    public async Task A_bucket_that_nobody_woke_sleeps()
    {
        var schedule = await schedules.ReadAsync(new Bucket(60), CancellationToken.None);

        Assert.Equal(new BucketSchedule(new Bucket(60), null, 0, default, null), schedule);
        Assert.Equal(Bucket.Count, (await schedules.ReadAllAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_look_is_lowered_and_never_raised_by_lowering()
    {
        var bucket = new Bucket(61);
        await schedules.BringForwardAsync(bucket, Books.Now, CancellationToken.None);
        await schedules.BringForwardAsync(bucket, Books.Now.AddDays(1), CancellationToken.None);
        await schedules.BringForwardAsync(bucket, Books.Now.AddHours(-1), CancellationToken.None);

        Assert.Equal(Books.Now.AddHours(-1), (await schedules.ReadAsync(bucket, CancellationToken.None)).EarliestDue);
    }

    [Fact]
    public async Task A_row_is_recalled_as_this_process_left_it_and_with_it_nothing_of_somebody_else_is_overwritten()
    {
        var bucket = new Bucket(58);
        await schedules.BringForwardAsync(bucket, Books.Now, CancellationToken.None);
        var recalled = schedules.Recall(bucket);
        Assert.Equal(await schedules.ReadAsync(bucket, CancellationToken.None), recalled);
        var elsewhere = new TableBucketScheduleStore(books.Clients);
        Assert.Null(elsewhere.Recall(bucket));
        await elsewhere.BringForwardAsync(bucket, Books.Now.AddDays(-1), CancellationToken.None);

        Assert.Null(await schedules.TryWriteAsync(recalled! with { EarliestDue = null }, CancellationToken.None));

        Assert.Null(schedules.Recall(bucket));
        Assert.Equal(Books.Now.AddDays(-1), (await schedules.ReadAsync(bucket, CancellationToken.None)).EarliestDue);
    }

    [Fact]
    public async Task A_wake_row_that_changed_since_it_was_read_is_not_overwritten()
    {
        var bucket = new Bucket(62);
        await schedules.BringForwardAsync(bucket, Books.Now, CancellationToken.None);
        var read = await schedules.ReadAsync(bucket, CancellationToken.None);
        await schedules.BringForwardAsync(bucket, Books.Now.AddDays(-1), CancellationToken.None);

        Assert.Null(await schedules.TryWriteAsync(read with { EarliestDue = null }, CancellationToken.None));
        Assert.Equal(Books.Now.AddDays(-1), (await schedules.ReadAsync(bucket, CancellationToken.None)).EarliestDue);
    }

    [Fact]
    public async Task A_lease_and_the_walked_version_are_kept_and_given_back()
    {
        var bucket = new Bucket(63);
        var leased = await schedules.TryWriteAsync(
            new BucketSchedule(bucket, Books.Now, 7, Books.Now.AddMinutes(2), null),
            CancellationToken.None
        );
        Assert.Equal(leased, await schedules.ReadAsync(bucket, CancellationToken.None));

        await schedules.TryWriteAsync(
            leased! with
            {
                EarliestDue = null,
                LeasedUntil = default,
            },
            CancellationToken.None
        );

        Assert.Equal(
            (null, 7, default(DateTimeOffset)),
            await schedules.ReadAsync(bucket, CancellationToken.None) is var schedule
                ? (schedule.EarliestDue, schedule.ScannedControlsVersion, schedule.LeasedUntil)
                : default
        );
    }

    [Fact]
    public async Task A_walk_hears_of_every_look_that_is_lowered_while_it_is_under_way()
    {
        var bucket = new Bucket(59);
        var leased = await schedules.TryWriteAsync(
            new BucketSchedule(bucket, Books.Now, 7, Books.Now.AddMinutes(2), null),
            CancellationToken.None
        );

        await schedules.BringForwardAsync(bucket, Books.Now.AddDays(1), CancellationToken.None);

        Assert.Null(
            await schedules.TryWriteAsync(
                leased! with
                {
                    EarliestDue = null,
                    LeasedUntil = default,
                },
                CancellationToken.None
            )
        );
        Assert.Equal(Books.Now, (await schedules.ReadAsync(bucket, CancellationToken.None)).EarliestDue);
    }

    [Fact]
    public async Task A_provider_event_is_taken_in_once_and_open_until_it_is_marked()
    {
        Assert.True(await events.TryAddAsync(Event("evt_1"), CancellationToken.None));
        Assert.False(await events.TryAddAsync(Event("evt_1"), CancellationToken.None));
        Assert.Contains("evt_1", await OpenAsync());

        await MarkAsync("evt_1", ProviderEventState.Foreign, "not ours");

        Assert.DoesNotContain("evt_1", await OpenAsync());
        Assert.Equal("not ours", (await ListedAsync()).Single(it => it.Id == "evt_1").Note);
        Assert.Equal(
            Event("evt_1") with
            {
                State = ProviderEventState.Foreign,
                Note = "not ours",
            },
            await events.FindAsync("evt_1", CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_parked_event_waits_for_a_person_and_not_for_the_sweep()
    {
        await events.TryAddAsync(
            Event("evt_parked") with
            {
                State = ProviderEventState.Parked,
                Note = "another version",
            },
            CancellationToken.None
        );

        Assert.DoesNotContain("evt_parked", await OpenAsync());
        Assert.Contains("evt_parked", (await ListedAsync()).Select(it => it.Id));
    }

    [Fact]
    public async Task The_first_word_about_an_event_stands()
    {
        await events.TryAddAsync(Event("evt_2"), CancellationToken.None);
        await MarkAsync("evt_2", ProviderEventState.Applied, "");

        await MarkAsync("evt_2", ProviderEventState.Foreign, "later");

        Assert.Equal(ProviderEventState.Applied, (await events.FindAsync("evt_2", CancellationToken.None))!.State);
    }

    [Fact]
    public async Task A_lost_answer_to_an_events_row_is_no_second_event()
    {
        books.Watch.LoseNextAnswer();

        Assert.False(await events.TryAddAsync(Event("evt_lost"), CancellationToken.None));
        Assert.Single(await OpenAsync(), id => id == "evt_lost");
    }

    [Fact]
    public async Task A_suspended_payment_is_listed_once_and_stays_after_it_was_assigned()
    {
        var assigned = AssignedTo(await SuspendAsync("R-1"), "A");
        await suspense.SaveAsync(assigned with { IsPosted = true }, CancellationToken.None);
        await suspense.PutAsync(Suspended("R-1"), CancellationToken.None);

        var kept = await suspense.ReadAllAsync(CancellationToken.None).SingleAsync(it => it.Payment.Id.Value == "R-1");
        Assert.Equal(("A", "tester", true), (kept.AssignedTo!.Value.Value, kept.AssignedBy!.By, kept.IsPosted));
        Assert.Null(await suspense.FindAsync("another account", new PaymentId("R-1"), CancellationToken.None));
    }

    [Fact]
    public async Task A_suspended_payment_goes_to_one_account_only()
    {
        var read = await SuspendAsync("R-2");

        var assigned = await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(number => suspense.SaveAsync(AssignedTo(read, $"A{number}"), CancellationToken.None))
        );

        Assert.Single(assigned, it => it is not null);
    }

    [Fact]
    public async Task A_lost_answer_to_an_assignment_is_an_assignment()
    {
        var assigned = AssignedTo(await SuspendAsync("R-3"), "A");
        books.Watch.LoseNextAnswer();

        var saved = await suspense.SaveAsync(assigned, CancellationToken.None);

        Assert.Equal(
            await suspense.FindAsync("20-9907", new PaymentId("R-3"), CancellationToken.None) is { } stored
                ? stored.Tag
                : null,
            saved!.Tag
        );
    }

    [Fact]
    public async Task What_is_stuck_keeps_its_age_and_takes_the_newest_reason()
    {
        await stuck.PutAsync(new StuckItem("queue:a/b", "poison", "first", "{}", Books.Now), CancellationToken.None);
        await stuck.PutAsync(
            new StuckItem("queue:a/b", "poison", "second", "{}", Books.Now.AddDays(1)),
            CancellationToken.None
        );

        var item = await stuck.ReadAllAsync(CancellationToken.None).SingleAsync(it => it.Content == "{}");
        Assert.Equal(new StuckItem("queue:a/b", "poison", "second", "{}", Books.Now), item);
        await stuck.RemoveAsync(item.Id, CancellationToken.None);
        Assert.False(await stuck.ReadAllAsync(CancellationToken.None).AnyAsync(it => it.Content == "{}"));
    }

    private static ProviderEvent Event(string id) =>
        new()
        {
            Id = id,
            Type = "payment_intent.succeeded",
            ApiVersion = "v",
            Livemode = false,
            IntentId = "pi_1",
            Body = $"{{\"id\":\"{id}\"}}",
            ReceivedAt = Books.Now,
        };

    private static SuspensePayment Suspended(string payment) =>
        new(Books.Received(payment, 4800).Funds, "20-9907", "payments-1", 13, Books.Now);

    private async Task<SuspensePayment> SuspendAsync(string payment)
    {
        await suspense.PutAsync(Suspended(payment), CancellationToken.None);
        return (await suspense.FindAsync("20-9907", new PaymentId(payment), CancellationToken.None))!;
    }

    private static SuspensePayment AssignedTo(SuspensePayment read, string account) =>
        read with
        {
            AssignedTo = new AccountId(account),
            AssignedBy = Books.Because("found the receipt"),
        };

    private Task MarkAsync(string id, ProviderEventState state, string note) =>
        events.MarkAsync([new EventMark(Event(id).ToOpen(), state, note)], CancellationToken.None);

    private async Task<List<string>> OpenAsync() =>
        await events.ReadOpenAsync(Event("").ToOpen().Bucket, CancellationToken.None).Select(it => it.Id).ToListAsync();

    private async Task<List<ProviderEvent>> ListedAsync() =>
        await events.ReadListedAsync(CancellationToken.None).ToListAsync();
}
