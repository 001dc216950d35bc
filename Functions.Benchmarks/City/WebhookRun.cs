using Autopay.Application.Ports.Messages;
using Autopay.Benchmarks.World;
using Autopay.Storage;
using Autopay.StripeSandbox;
using Azure.Data.Tables;

namespace Autopay.Benchmarks.City;

/// <summary>What a release needed from the clear until every debit was settled, with webhooks on.</summary>
/// <param name="Reads">Of an intent, one by one.</param>
/// <param name="Stored">Events that were kept.</param>
/// <param name="Heard">Webhooks that were answered.</param>
/// <param name="Submitting">From the clear until everything was submitted.</param>
public sealed record WebhookCounts(
    CitySlice Slice,
    int Debits,
    int Reads,
    int Stored,
    int Heard,
    Usage Submitting,
    Usage Settling
)
{
    public string Name =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Debits:N0} debits, webhooks on");

    public double StoredPerDebit => (double)Stored / Debits;

    public double ReadsPerDebit => (double)Reads / Debits;

    public double RequestsPerDebit => (double)(Submitting.Requests + Settling.Requests) / Debits;

    public double MessagesPerDebit => (double)(Submitting.Messages + Settling.Messages) / Debits;
}

/// <summary>
/// Releases a deferred city through the Stripe adapter while the sandbox sends webhooks, and goes on until the bank has
/// answered for every debit.
/// </summary>
public sealed class WebhookRun
{
    private const string Secret = "whsec_benchmark_of_webhooks";
    private static readonly DateOnly Cleared = new(2020, 3, 2);
    private readonly SandboxServer sandbox;
    private readonly BenchmarkWorld world;
    private readonly CityPlay play;

    private WebhookRun(SandboxServer sandbox, BenchmarkWorld world, CitySlice slice) =>
        (this.sandbox, this.world, play) = (sandbox, world, new CityPlay(world, slice));

    /// <param name="types">What the endpoint is sent, everything where it names none; null: there is no endpoint, and
    /// nobody hears of anything.</param>
    public static async Task<WebhookCounts> RunAsync(CitySlice slice, IReadOnlyList<string>? types)
    {
        var clock = new SteppingClock(new DateTimeOffset(2020, 1, 8, 15, 0, 0, TimeSpan.Zero), runs: true);
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                MissingMandate = MissingMandate.Saved,
                Time = clock,
                SignWithSandboxClock = true,
            }
        );
        await using var scratch = await Scratch.StartAsync();
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, Settings(sandbox));
        await using var door = await WebhookDoor.OpenAsync(world);
        if (types is not null)
        {
            sandbox.Control.AddWebhook(new WebhookTarget(door.Url, [Secret]) { Events = types });
            sandbox.Control.Deliver(new() { Parallel = 16 });
        }

        var run = new WebhookRun(sandbox, world, slice);
        var (submitting, settling) = await run.PlayAsync(hears: types is not null);
        var reads = sandbox.Control.Calls.Counts.GetValueOrDefault("GET /v1/payment_intents/{id}");
        return new WebhookCounts(
            slice,
            run.play.Debits,
            reads,
            await run.CountStoredAsync(),
            door.Received,
            submitting,
            settling
        );
    }

    private async Task<(Usage Submitting, Usage Settling)> PlayAsync(bool hears)
    {
        await play.ImportAsync();
        await play.DeferAsync();
        world.MoveTo(Cleared, 9);
        var submitting = await world.CountAsync(ReleaseAsync);
        return (submitting, hears ? await world.CountAsync(RecordOutcomesAsync) : default);
    }

    private async Task ReleaseAsync()
    {
        await play.RecordOutcomesBesideAsync(play.ReleaseAsync());
        var confirms = sandbox.Control.Calls.Counts.GetValueOrDefault("POST /v1/payment_intents/{id}/confirm");
        Require(confirms == play.Debits, $"{confirms} confirms of {play.Debits} debits.");
    }

    // A week at a time: the bank answers within four banking days, and what it refused is tried again after five and
    // ten.
    private async Task RecordOutcomesAsync()
    {
        await play.RecordOutcomesBesideAsync(HeardAsync());
        for (
            var day = Cleared.AddDays(7);
            day < Cleared.AddDays(70) && await world.CountOpenAsync() > 0;
            day = day.AddDays(7)
        )
        {
            world.MoveTo(day, 9);
            await play.RecordOutcomesBesideAsync(HeardAsync());
            await play.RecordOutcomesBesideAsync(play.RunDueAsync());
            await play.RecordOutcomesBesideAsync(HeardAsync());
        }

        Require(await world.CountOpenAsync() == 0, $"{await world.CountOpenAsync()} debits are not settled.");
        Require(sandbox.Control.Ledger("debit_id").ChargedTwice.Count == 0, "A debit was charged twice.");
    }

    // Every webhook has arrived, and every message about one is done with.
    private Task HeardAsync() =>
        Pump.UntilAsync(async () =>
            sandbox.Control.Webhooks.Waiting == 0 && await world.IsEmptyAsync(QueueNames.ProviderEvents)
        );

    private async Task<int> CountStoredAsync() =>
        await world
            .Storage.Table(StorageClients.ProviderEventsTable)
            .QueryAsync<TableEntity>("RowKey ge 'e|' and RowKey lt 'e}'", select: ["RowKey"])
            .CountAsync();

    private static Dictionary<string, string?> Settings(SandboxServer sandbox) =>
        new()
        {
            ["Stripe:ApiBase"] = sandbox.BaseUrl.AbsoluteUri,
            ["Stripe:ApiKey"] = "sk_test_benchmark",
            ["Stripe:RequestsPerSecond"] = "1000",
            ["Stripe:RequestsPerSecondPerEndpoint"] = "1000",
            ["Stripe:WebhookSecrets"] = Secret,
        };

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
