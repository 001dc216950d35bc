using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Application.Telemetry;
using Autopay.Application.Work;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Telemetry;

/// <summary>The books at one moment, counted in memory.</summary>
public sealed class MeasureBooksTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Debits_of_each_state_are_counted_with_what_is_open_and_since_when_the_oldest_waits()
    {
        await using var world = await RecoveryTests.DueAsync(accounts: 3);
        await world.SweepAsync();
        var sent = world.Debit().ScheduledOn;
        AccountId[] others = [.. Enumerable.Range(10, 900).Select(ChargingWorld.Id).Where(IsInTheFirstBucket).Take(3)];
        await BillAsync(others[1]);
        var first = world.Now.Today;
        world.Later(TimeSpan.FromDays(1));
        await BillAsync(others[0]);
        await BillAsync(others[2]);

        Assert.Equal(
            [
                new StateOfDebits(DebitState.Scheduled, 3, 3 * 700, first),
                new StateOfDebits(DebitState.Submitted, 3, 3 * ChargingWorld.Cents, sent),
            ],
            (await new MeasuredDesk(world).MeasureAsync()).States
        );

        async Task BillAsync(AccountId account)
        {
            await world.DoAsync(account, now => new Enrol(ChargingWorld.NewEnrolment(), now));
            await world.BillAsync(account, "feb", 700, new DateOnly(2020, 2, 19));
        }
    }

    [Fact]
    public async Task What_should_have_been_looked_at_first_and_what_is_unknown_longest_is_told()
    {
        await using var world = new ChargingWorld();
        var (first, last) = (NumberIn(new Bucket(0)), NumberIn(new Bucket(Bucket.Count - 1)));
        await BillAsync(first);
        var due = world.Now.Utc;
        world.Later();
        await BillAsync(last);
        Assert.Equal(due, (await new MeasuredDesk(world).MeasureAsync()).OldestDue);

        await LoseAsync(last);
        var lost = world.Now.Utc;
        Assert.Equal(due, (await new MeasuredDesk(world).MeasureAsync()).OldestDue);
        world.Later(TimeSpan.FromSeconds(1));
        await LoseAsync(first);

        Assert.Equal(
            [DebitState.Unknown, DebitState.Unknown],
            new[] { first, last }.Select(it => world.Debit(it).State)
        );
        Assert.Equal(lost, (await new MeasuredDesk(world).MeasureAsync()).OldestUnknown);

        async Task BillAsync(int number)
        {
            await world.DoAsync(ChargingWorld.Id(number), now => new Enrol(ChargingWorld.NewEnrolment(), now));
            await world.BillAsync(ChargingWorld.Id(number), "b1");
        }

        Task LoseAsync(int number)
        {
            world.Bank.Answers(Call.Confirm, new ProviderAnswer.Doubt("lost"), happens: true);
            world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
            return world.WalkAsync(number);
        }
    }

    [Fact]
    public async Task Returns_are_measured_of_every_debit_that_was_sent()
    {
        await using var world = await RecoveryTests.DueAsync(accounts: 3);
        await world.SweepAsync();

        Assert.Equal(3, (await new MeasuredDesk(world).MeasureAsync()).Returns[0].Sent);
    }

    [Fact]
    public async Task Only_queues_with_messages_are_asked_for_their_oldest_and_copies_are_told_where_there_are_any()
    {
        await using var world = new ChargingWorld();
        var desk = new MeasuredDesk(world);
        await desk.Beats.BeatAsync(CopyBackup.Kind, world.Now.Utc, Cancel);
        await desk.Beats.BeatAsync(CopyControls.Kind, world.Now.Utc, Cancel);

        var without = await desk.MeasureAsync();
        desk.Copies.IsOn = true;
        var with = await desk.MeasureAsync();

        Assert.Equal(["evaluate"], desk.Queues.Asked);
        Assert.Equal((null, null), (without.BooksCopied, without.ControlsCopied));
        Assert.Equal((world.Now.Utc, world.Now.Utc), (with.BooksCopied, with.ControlsCopied));
        Assert.All(
            KindOfWork.All.Where(kind => kind.Stuck.Length > 0),
            kind => Assert.Equal(0, with.Stuck[kind.Stuck])
        );
        Assert.DoesNotContain("", with.Stuck.Keys);
    }

    [Fact]
    public async Task Differences_are_new_for_a_day_and_what_the_nights_found_is_told()
    {
        await using var world = new ChargingWorld();
        var desk = new MeasuredDesk(world);
        await PutAsync("old", Reconcile.Kind);
        await PutAsync("other", "audit");
        world.Later(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal((1, 0), await desk.DifferencesAsync());
        world.Later(TimeSpan.FromTicks(1));
        await PutAsync("new", Reconcile.Kind);
        await PutAsync("newer", Reconcile.Kind);
        Assert.Equal((2, 1), await desk.DifferencesAsync());

        var halting = new InvariantResult("I1", false, 1);
        var check = new InvariantReport("1", "night", false, 1, [halting, new InvariantResult("I2", true, 1)], 1, []);
        await SaveAsync(CheckInvariants.Kind, JsonSerializer.Serialize(check, ReportJson.Default.InvariantReport));
        var report = new ReconcileReport
        {
            Id = "1",
            From = world.Now.Utc,
            To = world.Now.Utc,
            By = "night",
            Differences =
            [
                Found(DifferenceKind.ChargedTwice),
                Found(DifferenceKind.ChargedTwice),
                Found(DifferenceKind.StateDiffers),
            ],
        };
        await SaveAsync(Reconcile.Kind, JsonSerializer.Serialize(report, ReportJson.Default.ReconcileReport));

        var findings = (await desk.MeasureAsync()).Findings;
        Assert.Equal([new BrokenInvariant("I1", CheckInvariants.Halts(halting))], findings.Broken);
        Assert.Equal(2, findings.DoubleCharged);

        Task PutAsync(string id, string kind) =>
            world.Stuck.PutAsync(new StuckItem(id, kind, "found", "", world.Now.Utc), Cancel);

        Task SaveAsync(string kind, string json) => world.Reports.SaveAsync(new StoredReport(kind, "1", json), Cancel);
    }

    [Fact]
    public async Task Large_buckets_are_kept_with_what_waits_in_them()
    {
        await using var world = new ChargingWorld();
        await world.EnrolInOneBucketAsync(CountCycles.CountedOnTheSpot + 1);
        await world.DoAsync(ChargingWorld.Id(), now => new SuspendAccount("moved", now));
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Doubt("lost"), happens: true);
        world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
        await world.WalkAsync();
        var desk = new MeasuredDesk(world);

        var books = await desk.MeasureAsync();

        var kept = Assert.Single(desk.Sums.Kept).Value;
        Assert.Equal((CountCycles.CountedOnTheSpot + 1, 1), (kept.Ledgers, kept.Watched));
        Assert.Equal(kept.Ledgers, Assert.Single(kept.Cycles).Accounts);
        Assert.Equal(world.Ledgers.Ledgers.Sum(it => it.Work().Count), kept.Work!.Kinds.Sum(kind => kind.Count));
        Assert.Equal(1, books.Stuck["unknown"]);
        var seen = await desk.See.LookAsync(null, Cancel);
        Assert.Equal((1, kept.Ledgers), (seen.WatchedElsewhere, Assert.Single(seen.Cycles).Accounts));
    }

    [Fact]
    public async Task Whoever_watches_remembers_since_when_and_judges_the_rates()
    {
        await using var world = new ChargingWorld();
        var desk = new MeasuredDesk(world);
        using var meter = new BooksMeter(world.Verb<CityClock>());
        var watch = new WatchBooks(
            desk.Measure,
            world.Verb<WatchReturns>(),
            desk.Beats,
            meter,
            world.Verb<CityClock>()
        );
        var begun = world.Now.Utc;

        await watch.RunAsync(Cancel);
        world.Later();
        await watch.RunAsync(Cancel);

        Assert.Equal(begun, (await desk.MeasureAsync()).WatchedSince);
    }

    private static int NumberIn(Bucket bucket) =>
        Enumerable.Range(1, 9_000).First(number => Bucket.Of(ChargingWorld.Id(number)) == bucket);

    private static bool IsInTheFirstBucket(AccountId account) => Bucket.Of(account).Number == 0;

    private static Difference Found(DifferenceKind kind) => new(kind, "pi_1", null, "found");
}
