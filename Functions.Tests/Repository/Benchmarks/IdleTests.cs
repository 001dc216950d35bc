using System.Globalization;
using System.Text.Json;
using Autopay.Application.Backups;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Receipts;
using Autopay.Application.Reconciling;
using Autopay.Application.Telemetry;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.World;
using Autopay.Storage;
using Autopay.Tests.Repository.Infra;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Benchmarks;

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

    /// <summary>It reads the whole city for alerts: five short reads of each bucket, and a few others.</summary>
    private const int MostToMeasure = 5 * Bucket.Count + 40;

    [Fact]
    public async Task An_idle_app_makes_at_most_thirty_storage_requests_a_minute_beside_measuring_its_books()
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
        timers["Reconcile"] = timers["CheckInvariants"];
        var minute = timers.ToDictionary(
            timer => timer.Key,
            timer => (timer.Value + StatusOfARun) / (double)MinutesOf(timer.Key) + RenewalsAMinute
        );
        minute["queues"] = QueueNames.All.Count / 2 * (60 / Polling.TotalSeconds);

        var measuring = minute["Measure"] - RenewalsAMinute;
        var others = minute.Values.Sum() - measuring;
        var told = minute.Select(part => FormattableString.Invariant($"{part.Key} {part.Value:0.00}"));
        Assert.Equal(Deployment.Json("schedules.json").EnumerateObject().Count(), timers.Count);
        Assert.InRange(timers["DueDateRun"], Bucket.Count, 2 * Bucket.Count);
        Assert.InRange(timers["Measure"], Bucket.Count, MostToMeasure);
        Assert.True(others <= MostAMinute, $"{others:0.0}: {string.Join(", ", told)}");
    }

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

    private static int MinutesOf(string timer) =>
        Deployment.Json("schedules.json").GetProperty(timer).GetProperty("everyMinutes").GetInt32();

    private static async Task<Dictionary<string, int>> CountAsync(BenchmarkWorld world)
    {
        var none = CancellationToken.None;
        (string Timer, Func<Task> Run)[] timers =
        [
            ("Sweep", () => SweepAsync(world, SweepReach.Wanted)),
            ("DueDateRun", () => SweepAsync(world, SweepReach.Due)),
            ("Measure", () => world.Verb<WatchBooks>().RunAsync(none)),
            ("Export", () => world.Verb<ExportBackup>().RunAsync("nightly", null, none)),
            ("IssueReceipts", () => world.Verb<IssueReceipts>().RunAsync("timer", none)),
            ("CheckInvariants", () => world.Verb<CheckInvariants>().RunAsync("nightly", none)),
        ];
        Dictionary<string, int> counts = [];
        foreach (var (timer, run) in timers)
        {
            counts[timer] = (await world.CountAsync(run)).Requests;
        }

        return counts;
    }

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
