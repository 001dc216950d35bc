using System.Text;
using System.Text.Json;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Releasing;
using Autopay.Benchmarks.World;
using Autopay.Imports;
using Autopay.Storage;

namespace Autopay.Benchmarks.City;

/// <summary>
/// What finance, the timers, the host and the provider do to a city, through the verbs of the app and its real queues.
/// </summary>
public sealed class CityPlay(BenchmarkWorld world, CitySlice slice)
{
    private static readonly DateOnly Year = new(2020, 1, 1);
    private string release = "";

    public async Task ImportAsync()
    {
        foreach (var (kind, text) in slice.Files())
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var receipt = await world
                .Verb<ReceiveImport>()
                .RunAsync(
                    kind,
                    $"{kind.ToText()}.csv",
                    file,
                    new ExpectedTotals(null, null),
                    world.Authority("benchmark"),
                    CancellationToken.None
                );
            Debits = receipt.Check.IsGood
                ? receipt.Check.Rows
                : throw new InvalidOperationException($"{kind}: {receipt.Check.Problems[0]}");
            await Pump.DrainAsync(world.Storage.Queue(QueueNames.Imports), ApplyAsync);
        }
    }

    /// <summary>One bill an account, one debit a bill.</summary>
    public int Debits { get; private set; }

    public Task DeferAsync() => DeferAsync("outage", Year, Year.AddYears(1));

    public Task DeferAsync(string id, DateOnly from, DateOnly to) =>
        ChangeAsync(new DeferralDeclared(new DeferralId(id), [CitySlice.Cycle], from, to, DeferralAction.Hold, null));

    public Task ClearAsync() => ChangeAsync(new BacklogCleared([CitySlice.Cycle], new Dictionary<string, DateOnly>()));

    public async Task PlanAsync()
    {
        var plan = await world
            .Verb<MakePlan>()
            .AskAsync(CitySlice.Cycle, world.Authority("benchmark"), CancellationToken.None);
        release = plan.Id;
        await Pump.DrainAsync(
            world.Storage.Queue(QueueNames.Runs),
            _ => world.Verb<MakePlan>().RunAsync(plan.Id, CancellationToken.None)
        );
    }

    /// <summary>One person seals the plan and another approves it; nothing is walked yet.</summary>
    public async Task AgreeAsync()
    {
        await world
            .Verb<SealPlan>()
            .RunAsync(release, new Sealing(0, null, null, null), world.Authority("benchmark"), CancellationToken.None);
        var controls = (await world.Verb<IControlsStore>().LoadAsync(CancellationToken.None)).Controls;
        await world
            .Verb<ChangeControls>()
            .RunAsync(
                new ApprovalGiven(release, controls.Approvals.Single(it => it.Id == release).Hash),
                world.Authority("benchmark") with
                {
                    By = "another",
                },
                CancellationToken.None
            );
    }

    /// <summary>The walks that an approval has asked for.</summary>
    public Task ChargeAsync() => WalkAsync();

    /// <summary>From the clear to the last confirm.</summary>
    public async Task ReleaseAsync()
    {
        await ClearAsync();
        await PlanAsync();
        await AgreeAsync();
        await ChargeAsync();
    }

    /// <summary>What the hourly timer puts out, and the walks that follow.</summary>
    public async Task RunDueAsync()
    {
        await world.Verb<Sweep>().RunAsync(SweepReach.Every, "due-date run", CancellationToken.None);
        await WalkAsync();
    }

    public async Task ReceiveAsync(string intent) =>
        _ = await world
            .Verb<ReceiveProviderEvent>()
            .RunAsync(Encoding.UTF8.GetBytes(intent), null, CancellationToken.None);

    public Task RecordOutcomesAsync() =>
        Pump.DrainAsync(world.Storage.Queue(QueueNames.ProviderEvents), RecordOutcomesAsync, oneByOne: true);

    /// <summary>Settles what webhooks bring while other work is under way.</summary>
    public Task RecordOutcomesBesideAsync(Task work) =>
        Pump.DrainBesideAsync(world.Storage.Queue(QueueNames.ProviderEvents), RecordOutcomesAsync, work);

    private Task RecordOutcomesAsync(string text) =>
        world
            .Verb<RecordProviderEvent>()
            .RunAsync(
                JsonSerializer.Deserialize(text, LedgerJson.Default.ProviderEventMessage)!,
                CancellationToken.None
            );

    private async Task ChangeAsync(ControlChange change)
    {
        await world.Verb<ChangeControls>().RunAsync(change, world.Authority("benchmark"), CancellationToken.None);
        await WalkAsync();
    }

    private Task WalkAsync() =>
        Pump.DrainAsync(
            world.Storage.Queue(QueueNames.Evaluate),
            async text =>
            {
                var message = JsonSerializer.Deserialize(text, LedgerJson.Default.EvaluateMessage)!;
                // A walk whose time was over is asked for again.
                var end = slice.Has(message.Bucket) ? WalkEnd.InPart : WalkEnd.Done;
                while (end == WalkEnd.InPart)
                {
                    end = await world
                        .Verb<EvaluateBucket>()
                        .RunAsync(new Bucket(message.Bucket), message.Cause, CancellationToken.None);
                }
            }
        );

    private async Task ApplyAsync(string text)
    {
        var message = JsonSerializer.Deserialize(text, LedgerJson.Default.ImportMessage)!;
        await world.Verb<ApplyImport>().RunAsync(message, CancellationToken.None);
    }
}
