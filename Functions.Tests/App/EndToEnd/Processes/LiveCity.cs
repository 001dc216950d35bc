using System.Globalization;
using System.Net.Http.Headers;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.LocalHost.Azurite;
using Autopay.Samples.Generator;
using Autopay.Storage;
using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.Fixtures;
using Azure.Storage.Queues;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>How large a city is, and how many instances of the app serve it.</summary>
internal sealed record CityPlan(int Seed)
{
    public required int Accounts { get; init; }

    public int Instances { get; init; } = 1;

    /// <summary>The folder of each instance's program; null, or none, is the one that was built with the tests.
    /// </summary>
    public IReadOnlyList<string?> Programs { get; init; } = [];

    /// <summary>Settings beside the usual ones.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}

/// <summary>
/// A plain city of real processes: one app or several, Azurite and the sandbox, on the day on which all of its bills
/// are due. The sandbox's ledger is the witness of what was charged, never the app's own rows.
/// </summary>
internal sealed class LiveCity : IAsyncDisposable
{
    private const string Secret = "whsec_end_to_end";
    private const string Late = "a late message";
    private static readonly TimeSpan BetweenTicks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
    private static readonly DateTimeOffset Start = new(2020, 1, 22, 14, 0, 0, TimeSpan.Zero);
    private static readonly string[] Held = ["2020-01-01", "2020-02-29"];
    private readonly City city;
    private readonly AzuriteProcess azurite;
    private readonly SandboxServer sandbox;
    private readonly ScratchFolder folder;
    private readonly CityPlan plan;
    private readonly LiveApp[] apps;
    private Task ticking = Task.CompletedTask;
    private Task clearing = Task.CompletedTask;
    private long tickedAt;

    private LiveCity(CityPlan plan, AzuriteProcess azurite, SandboxServer sandbox, ScratchFolder folder)
    {
        (this.plan, this.azurite, this.sandbox, this.folder) = (plan, azurite, sandbox, folder);
        city = CityGenerator.Generate(
            new CityOptions
            {
                Plain = true,
                Accounts = plan.Accounts,
                Seed = plan.Seed,
            }
        );
        apps =
        [
            .. Enumerable
                .Range(1, plan.Instances)
                .Select(number => new LiveApp(Path.Combine(folder.Path, $"app{number}"), Arguments())
                {
                    Program = plan.Programs.ElementAtOrDefault(number - 1),
                }),
        ];
    }

    public int Accounts => plan.Accounts;

    /// <summary>What the apps have stored.</summary>
    public StorageClients Books => StorageClients.FromConnectionString(azurite.ConnectionString, null);

    public LiveApp First => apps[0];

    public LiveApp Last => apps[^1];

    /// <summary>Who is asked and ticked: the first that runs and was not stopped.</summary>
    private LiveApp Serving => apps.FirstOrDefault(app => app.Serves) ?? First;

    public LedgerReport Ledger => sandbox.Control.Ledger("debit_id");

    /// <summary>Calls that changed something at the sandbox: creates, confirms and cancels.</summary>
    public int Calls =>
        sandbox
            .Control.Calls.Counts.Where(call => call.Key.StartsWith("POST", StringComparison.Ordinal))
            .Sum(call => call.Value);

    public long BilledCents =>
        city
            .Files.Single(file => file.Key.StartsWith("bills", StringComparison.Ordinal))
            .Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Sum(line => (long)(decimal.Parse(line.Split(',')[6], CultureInfo.InvariantCulture) * 100));

    public static async Task<LiveCity> StartAsync(CityPlan plan)
    {
        var folder = new ScratchFolder();
        var azurite = await AzuriteProcess.StartAsync(
            new AzuriteOptions { DataFolder = Path.Combine(folder.Path, "azurite") }
        );
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                MissingMandate = MissingMandate.Saved,
                StartAt = Start,
                SignWithSandboxClock = true,
                Seed = plan.Seed,
            }
        );
        var city = new LiveCity(plan, azurite, sandbox, folder);
        sandbox.Control.AddWebhook(
            new WebhookTarget(new Uri(city.First.Address, "api/webhooks/stripe"), [Secret])
            {
                Events = ["payment_intent.processing", "payment_intent.succeeded"],
            }
        );
        await Task.WhenAll(city.apps.Select(app => app.StartReadyAsync()));
        return city;
    }

    public Task StartAppAsync() => First.StartReadyAsync();

    public Task KillAppAsync() => First.KillAsync();

    /// <summary>Every debit is held, whatever is imported.</summary>
    public Task HoldAsync() =>
        SendAsync(
            HttpMethod.Post,
            "api/deferrals",
            new
            {
                cycles = new[] { 1 },
                dueFrom = Held[0],
                dueTo = Held[1],
                action = "hold",
                reason = "The cashier system is down",
            }
        );

    public Task ClearAsync() =>
        SendAsync(
            HttpMethod.Put,
            "api/cycles/1/backlog",
            new { state = "cleared", reason = "All counter payments are entered" }
        );

    /// <summary>
    /// Does not wait for the answer, which comes when the release is under way already; it may die with the app.
    /// </summary>
    public void BeginToClear() => clearing = TryAsync(ClearAsync);

    public Task<string> UploadAsync(string kind) => UploadAsync(kind, Serving);

    public async Task<string> UploadAsync(string kind, LiveApp app)
    {
        var file = city.Files.Single(item => item.Key.StartsWith(kind, StringComparison.Ordinal)).Value;
        using var content = new StringContent(file, new MediaTypeHeaderValue("text/csv"));
        using var answer = await app.Http.PostAsync($"api/imports/{kind}?reason=outage", content);
        return (string)(await app.ReadAsync(answer))["importId"]!;
    }

    public Task ImportedAsync(string importId) =>
        Eventually.HoldsAsync(
            $"{importId} is applied",
            async () =>
            {
                Tick();
                return (string?)(await Serving.GetAsync($"api/imports/{importId}"))["state"] == "done";
            }
        );

    public async Task ImportAsync()
    {
        await ImportedAsync(await UploadAsync("accounts"));
        await ImportedAsync(await UploadAsync("bills"));
    }

    /// <summary>Everything that a queue holds is lost, seen and hidden messages alike.</summary>
    /// <returns>How many messages there were.</returns>
    public async Task<int> EmptyQueuesAsync()
    {
        var lost = 0;
        foreach (var queue in QueueNames.All.Select(name => new QueueClient(azurite.ConnectionString, name)))
        {
            lost += (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
            await queue.ClearMessagesAsync();
        }

        return lost;
    }

    /// <summary>
    /// Every bucket's message is delivered once more, and each is answered by a walk; it comes again where the lease of
    /// an instance that is gone was still in the way.
    /// </summary>
    public async Task DeliverAgainAsync()
    {
        var queue = new QueueClient(
            azurite.ConnectionString,
            QueueNames.Evaluate,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        await Eventually.HoldsAsync(
            "every bucket was walked for its late message",
            async () =>
            {
                var walks = apps.SelectMany(app => app.Walks).ToHashSet();
                var missing = Bucket.All.Where(bucket => !walks.Contains($"Bucket {bucket.Number} walked: {Late}"));
                var late = missing.Select(bucket => $$"""{"bucket":{{bucket.Number}},"cause":"{{Late}}"}""").ToList();
                await Task.WhenAll(late.Select(message => queue.SendMessageAsync(message)));
                return late.Count == 0;
            }
        );
    }

    /// <summary>An instance stands still, for longer than its leases, and goes on.</summary>
    /// <returns>When it has looked at a bucket again.</returns>
    public async Task StandStillAsync(LiveApp app, Func<Task> meanwhile)
    {
        app.Stop();
        var stopped = TimeProvider.System.GetTimestamp();
        await meanwhile();
        await Eventually.HoldsAsync(
            "its leases have lapsed",
            () => TimeProvider.System.GetElapsedTime(stopped) > 2 * Lease
        );
        var walks = app.Walks.Count;
        app.Continue();
        await Eventually.HoldsAsync(
            "it looks at a bucket again",
            () =>
            {
                Tick();
                return app.Walks.Count > walks;
            }
        );
    }

    /// <summary>No message waits or is being worked on: nobody has anything left to do.</summary>
    public Task IdleAsync() =>
        Eventually.HoldsAsync(
            "the evaluate queue is empty",
            async () =>
                (await new QueueClient(azurite.ConnectionString, QueueNames.Evaluate).GetPropertiesAsync())
                    .Value
                    .ApproximateMessagesCount == 0
        );

    /// <summary>Ticks until the sandbox was called so many times to change something.</summary>
    public Task CalledAsync(int calls) =>
        Eventually.HoldsAsync(
            $"Stripe is called {calls} times",
            () =>
            {
                Tick();
                return Calls >= calls;
            }
        );

    /// <summary>Moves the clocks of the apps and of the sandbox.</summary>
    public async Task WaitAsync(TimeSpan span)
    {
        var now = sandbox.Control.AdvanceBy(span).Now;
        await Task.WhenAll(
            apps.Select(app =>
                app.SendAsync(
                    HttpMethod.Put,
                    "local/clock",
                    new { now = now.ToString("O", CultureInfo.InvariantCulture) }
                )
            )
        );
    }

    /// <summary>Ticks until every debit is in one state.</summary>
    public Task AllAreAsync(string state) =>
        Eventually.HoldsAsync(
            $"all debits are {state}",
            () =>
            {
                Tick();
                return AreAsync(state);
            }
        );

    // By the app's own word.
    private async Task<bool> AreAsync(string state)
    {
        var states = (await Serving.GetAsync("api/cycles/1"))["states"]!.AsArray();
        return states is [{ } only] && (string?)only["state"] == state && (int)only["debits"]! == Accounts;
    }

    public void TheBankAnswers() => sandbox.Control.AnswerNow();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(apps.Select(app => app.KillAsync()));
        await Task.WhenAll(ticking, clearing);
        await sandbox.DisposeAsync();
        await azurite.DisposeAsync();
        await Task.WhenAll(apps.Select(app => app.DisposeAsync().AsTask()));
        folder.Dispose();
    }

    private IEnumerable<string> Arguments() =>
        [
            $"--AutopayStorage={azurite.ConnectionString}",
            $"--AzureWebJobsStorage={azurite.ConnectionString}",
            $"--Stripe:ApiBase={sandbox.BaseUrl}",
            "--Stripe:ApiKey=sk_test_end_to_end",
            $"--Stripe:WebhookSecrets={Secret}",
            "--Stripe:RequestsPerSecond=25",
            "--Stripe:Timeout=00:00:10",
            "--Autopay:RecoverAfter=00:00:02",
            "--Autopay:ReleaseApproval=false",
            $"--Autopay:Lease={Lease:c}",
            "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.200",
            "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:01",
            .. plan.Settings,
        ];

    // What an operator or an outside scheduler does: one at a time, at most once a second, and it may die with the app.
    private void Tick()
    {
        if (ticking.IsCompleted && TimeProvider.System.GetElapsedTime(tickedAt) >= BetweenTicks)
        {
            tickedAt = TimeProvider.System.GetTimestamp();
            ticking = TryAsync(() =>
                Task.WhenAll(
                    apps.Where(app => app.Serves)
                        .Select(async app => (await app.Http.PostAsync("api/tick", null)).Dispose())
                )
            );
        }
    }

    private static async Task TryAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception killed) when (killed is HttpRequestException or OperationCanceledException)
        {
            // Whatever it had not saved is asked for again.
        }
    }

    private Task SendAsync(HttpMethod method, string path, object body) => Serving.SendAsync(method, path, body);
}
