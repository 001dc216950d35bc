using System.Globalization;
using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Runs;
using Autopay.Application.Receipts;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Autopay.Application.Telemetry;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.World;
using Autopay.Storage;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Benchmarks.Tests;

/// <summary>
/// What an app asks of storage while nothing happens: its timers are run and counted, and the host's own requests are
/// reckoned from host.json and the schedules. No clock is waited for.
/// </summary>
public sealed class IdleTests
{
    /// <summary>A lock of each timer lasts a minute, and is renewed when half of it is over.</summary>
    private const int RenewalsAMinute = 2;

    /// <summary>When it ran, and runs next.</summary>
    private const int StatusOfARun = 1;
    private const int MostAMinute = 30;

    /// <summary>Each bucket is read once for all alerts. The others: heartbeats, controls, lists, reports.</summary>
    private static readonly int MostToMeasure = Bucket.Count + 12;

    [Fact]
    public async Task An_idle_app_makes_at_most_thirty_storage_requests_a_minute_all_told()
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        await using var scratch = await Scratch.StartAsync(inMemory: true);
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, new PromptBank(clock));
        world.MoveTo(new DateOnly(2020, 1, 8), 9);
        await new CityPlay(world, new CitySlice(640)).ImportAsync();
        await SweepAsync(world, SweepReach.Every);
        clock.Advance(TimeSpan.FromHours(1));

        var timers = await CountAsync(world);

        // It asks Stripe too, and reads the city as the other does.
        timers["Reconcile"] = timers["AfterReconcile"];
        var minute = timers.ToDictionary(
            timer => timer.Key,
            timer =>
                (timer.Value + BesideTables(timer.Key) + StatusOfARun) / (double)MinutesOf(timer.Key) + RenewalsAMinute
        );
        minute["queues"] = QueueNames.All.Count / 2 * (60 / Polling.TotalSeconds);

        var told = minute.Select(part => FormattableString.Invariant($"{part.Key} {part.Value:0.00}"));
        Assert.Equal(Schedules.EnumerateObject().Count(), timers.Count);
        Assert.InRange(timers["DueDateRun"], Bucket.Count, 2 * Bucket.Count);
        Assert.InRange(timers["Measure"], Bucket.Count, MostToMeasure);
        Assert.True(minute.Values.Sum() <= MostAMinute, $"{minute.Values.Sum():0.0}: {string.Join(", ", told)}");
    }

    /// <summary>
    /// What the counter of requests to tables does not see: depths of queues; looks into poison queues, and the public
    /// status.
    /// </summary>
    private static int BesideTables(string timer) =>
        timer switch
        {
            "Measure" => QueueNames.All.Count,
            "Sweep" or "DueDateRun" => QueueNames.All.Count / 2 + 1,
            _ => 0,
        };

    private static TimeSpan Polling =>
        TimeSpan.Parse(
            JsonDocument
                .Parse(SourceTree.Read("host.json"))
                .RootElement.GetProperty("extensions")
                .GetProperty("queues")
                .GetProperty("maxPollingInterval")
                .GetString()!,
            CultureInfo.InvariantCulture
        );

    private static JsonElement Schedules { get; } =
        JsonDocument.Parse(SourceTree.Read("infra/schedules.json")).RootElement;

    private static int MinutesOf(string timer) => Schedules.GetProperty(timer).GetProperty("everyMinutes").GetInt32();

    private static async Task<Dictionary<string, int>> CountAsync(BenchmarkWorld world)
    {
        var none = CancellationToken.None;
        (string Timer, Func<Task> Run)[] timers =
        [
            (
                "Sweep",
                async () =>
                {
                    await SweepAsync(world, SweepReach.Wanted);
                    await RunsOf(world).RemindAsync(none);
                }
            ),
            ("DueDateRun", () => SweepAsync(world, SweepReach.Due)),
            ("Measure", () => world.Verb<WatchBooks>().RunAsync(none)),
            ("Export", () => world.Verb<ExportBackup>().RunAsync("nightly", null, none)),
            (
                "AfterReconcile",
                async () =>
                {
                    await world.Verb<IssueReceipts>().RunAsync("nightly", none);
                    await world.Verb<CheckInvariants>().RunAsync("nightly", none);
                }
            ),
        ];
        Dictionary<string, int> counts = [];
        foreach (var (timer, run) in timers)
        {
            counts[timer] = (await world.CountAsync(run)).Requests;
        }

        return counts;
    }

    // It begins none here, so that nobody has to do one.
    private static GoOnWithRuns RunsOf(BenchmarkWorld world) =>
        new(world.Verb<IRunStore>(), [], world.Verb<IWorkQueue>(), world.Verb<CityClock>());

    // With the messages that it puts out.
    private static async Task SweepAsync(BenchmarkWorld world, SweepReach reach)
    {
        await world.Verb<RunSweep>().RunAsync(reach, "sweep", CancellationToken.None);
        await Pump.DrainAsync(
            world.Storage.Queue(QueueNames.Evaluate),
            async text =>
            {
                var message = JsonSerializer.Deserialize(text, LedgerJson.Default.EvaluateMessage)!;
                await world.Verb<AnswerEvaluateMessage>().RunAsync(message, CancellationToken.None);
            }
        );
    }
}
