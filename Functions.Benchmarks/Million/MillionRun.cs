using System.Diagnostics;
using Autopay.Application.Backups;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Application.Runs;
using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Cloud;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Benchmarks.Million;

/// <summary>What one phase took of virtual time, and asked for.</summary>
/// <param name="Executions">Messages and timers.</param>
/// <param name="Cut">Of those, how many ran into the functions' timeout or failed.</param>
/// <param name="Tables">Requests; of queues and blobs the next two.</param>
public sealed record MillionPhase(
    string What,
    TimeSpan Took,
    int Tables,
    int Queues,
    int Blobs,
    int Refused,
    int Executions,
    int Cut
);

/// <summary>What was seen over all phases.</summary>
/// <param name="Hottest">The partition with the most entities in one second.</param>
public sealed record MillionSeen(
    MillionCase Case,
    IReadOnlyList<MillionPhase> Phases,
    (string Name, double Most) Hottest,
    double MostRequests,
    int StripeCalls,
    int StripeRefused,
    int Submitted
);

/// <summary>An outage's end and the nights after it, at a size that no test machine has.</summary>
internal sealed class MillionRun
{
    private static readonly DateOnly Year = new(2020, 1, 1);
    private readonly SimulatedCity city;
    private readonly List<MillionPhase> phases = [];

    private MillionRun(SimulatedCity city) => this.city = city;

    /// <param name="nights">Reconcile, invariants, export and restore too.</param>
    public static MillionSeen Run(MillionCase wanted, bool nights)
    {
        MillionSeen seen = null!;
        var time = new VirtualTime(DateTimeOffset.UnixEpoch);
        time.Run(async () =>
        {
            await using var city = new SimulatedCity(wanted, time);
            var run = new MillionRun(city);
            await run.PlayAsync(nights);
            seen = new MillionSeen(
                wanted,
                run.phases,
                city.Pace.Hottest,
                city.Pace.MostOfAccount,
                city.Stripe.Calls,
                city.Stripe.Refused,
                city.Stripe.Submitted
            );
        });
        return seen;
    }

    private async Task PlayAsync(bool nights)
    {
        await city.FillAsync();
        city.Pace.IsOn = true;
        foreach (var instance in city.Instances)
        {
            instance.Listen();
        }

        city.MoveTo(new DateOnly(2020, 1, 10));
        await PhaseAsync("declaring a hold", () => city.ChangeAsync(Hold));
        city.MoveTo(new DateOnly(2020, 3, 2));
        await PhaseAsync(
            "clearing the cycle",
            () => city.ChangeAsync(new BacklogCleared([CitySlice.Cycle], new Dictionary<string, DateOnly>()))
        );
        await PhaseAsync("planning its release", PlanAsync);
        await PhaseAsync("sealing, approving, releasing and charging", AgreeAsync);
        if (city.Stripe.Submitted != city.Case.Debits)
        {
            throw new InvalidOperationException($"{city.Stripe.Submitted} of {city.Case.Debits} were submitted.");
        }

        if (nights)
        {
            city.MoveTo(new DateOnly(2020, 3, 3));
            await PhaseAsync("reconcile", () => AskAsync(RunKind.Reconcile));
            await PhaseAsync("checking the invariants", () => AskAsync(RunKind.Invariants));
            await PhaseAsync("export", () => AskAsync(RunKind.Export));
            await RestoreAsync();
        }
    }

    private static DeferralDeclared Hold =>
        new(new DeferralId("outage"), [CitySlice.Cycle], Year, Year.AddYears(1), DeferralAction.Hold, null);

    private async Task PlanAsync() =>
        await city
            .First.Verb<MakePlan>()
            .AskAsync(
                CitySlice.Cycle,
                new Authority("benchmark", "a million", city.Time.GetUtcNow()),
                CancellationToken.None
            );

    private async Task AgreeAsync()
    {
        const string release = "R-1";
        var sealing = new Authority("benchmark", "a million", city.Time.GetUtcNow());
        await city
            .First.Verb<SealPlan>()
            .RunAsync(release, new Sealing(0, null, null, null), sealing, CancellationToken.None);
        var controls = (await city.First.Verb<IControlsStore>().LoadAsync(CancellationToken.None)).Controls;
        var approved = controls.Approvals.Single(it => it.Id == release);
        await city.ChangeAsync(new ApprovalGiven(release, approved.Hash), "another");
    }

    private async Task AskAsync(RunKind kind)
    {
        asked = (await city.First.Verb<GoOnWithRuns>().AskAsync(kind, "nightly", CancellationToken.None)).Id;
    }

    private string? asked;

    private async Task PhaseAsync(string what, Func<Task> begin)
    {
        asked = null;
        var (before, started, real) = (Counted(), city.Time.Passed, Stopwatch.GetTimestamp());
        await begin();
        await city.First.SweepBesideAsync(city.QuietAsync());
        if (asked is { } id)
        {
            var run = await city.First.Verb<Application.Ports.Runs.IRunStore>().FindAsync(id, CancellationToken.None);
            if (run!.Run.Step != RunStep.Done)
            {
                throw new InvalidOperationException($"{what}: {run.Run.Step} {run.Run.Failure}");
            }
        }

        Keep(what, city.Instances.Max(instance => instance.LastDone) - started, before, Stopwatch.GetElapsedTime(real));
    }

    private void Keep(string what, TimeSpan took, int[] before, TimeSpan real)
    {
        var now = Counted().Zip(before, (after, was) => after - was).ToArray();
        phases.Add(new MillionPhase(what, took, now[0], now[1], now[2], now[3], now[4], now[5]));
        Console.Error.WriteLine(
            FormattableString.Invariant($"{city.Case.Name}, {what}: {took}, in {real.TotalSeconds:0} s")
        );
    }

    private int[] Counted() =>
        [
            city.Pace.Requests.GetValueOrDefault("table"),
            city.Pace.Requests.GetValueOrDefault("queue"),
            city.Pace.Requests.GetValueOrDefault("blob"),
            city.Pace.Refused,
            city.Instances.Sum(instance => instance.Executions),
            city.Instances.Sum(instance => instance.Failures),
        ];

    // Into the empty tables of another account, from the blobs of the first, by one operator.
    private async Task RestoreAsync()
    {
        var pace = new AzurePace(city.Time);
        await using var target = new SimulatedInstance(
            city.Time,
            new CloudAccount(pace),
            city.Stripe,
            new Payments.Rates.RateLimits(MillionCase.PerSecond, city.Case.OfEndpoint, 1),
            "restored"
        );
        await target.Verb<StorageSetup>().RunAsync(CancellationToken.None);
        pace.IsOn = true;
        var (started, real, read) = (city.Time.Passed, Stopwatch.GetTimestamp(), Counted()[2]);
        var backups = city.First.Verb<StorageClients>().Container(StorageClients.BackupsContainer);
        var store = new BlobBackupStore(target.Verb<StorageClients>(), backups);
        var id = await store.ReadIdsAsync(CancellationToken.None).LastAsync();
        var manifest = await ActivatorUtilities
            .CreateInstance<RestoreBackup>(
                target.Services,
                store,
                new CheckBackup(store),
                ActivatorUtilities.CreateInstance<TableRestoreTarget>(target.Services, store)
            )
            .RunAsync(id, new Authority("benchmark", "lost", city.Time.GetUtcNow()), null, CancellationToken.None);
        if (manifest.Sums.Accounts != city.Case.Debits)
        {
            throw new InvalidOperationException($"{manifest.Sums.Accounts} accounts came back.");
        }

        var took = city.Time.Passed - started;
        pace.IsOn = false;
        var requests = pace.Requests;
        phases.Add(
            new MillionPhase(
                "restore",
                took,
                requests.GetValueOrDefault("table"),
                0,
                Counted()[2] - read + requests.GetValueOrDefault("blob"),
                pace.Refused,
                0,
                0
            )
        );
        await Console.Error.WriteLineAsync(
            FormattableString.Invariant($"restore: {took}, in {Stopwatch.GetElapsedTime(real).TotalSeconds:0} s")
        );
    }
}
