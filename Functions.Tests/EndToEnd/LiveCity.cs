using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Autopay.Application.Ports;
using Autopay.LocalHost;
using Autopay.Samples.Generator;
using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.Fixtures;
using Azure.Storage.Queues;

namespace Autopay.Tests.EndToEnd;

/// <summary>
/// A plain city of real processes: the app, Azurite and the sandbox, on the day on which all of its bills are due. The sandbox's
/// ledger is the witness of what was charged, never the app's own rows.
/// </summary>
internal sealed class LiveCity : IAsyncDisposable
{
    public const int Accounts = 500;
    private const string Secret = "whsec_end_to_end";
    private const string StartsAt = "2020-01-22T08:00";
    private static readonly TimeSpan BetweenTicks = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Start = new(2020, 1, 22, 14, 0, 0, TimeSpan.Zero);
    private static readonly string[] Held = ["2020-01-01", "2020-02-29"];
    private readonly City city;
    private readonly AzuriteProcess azurite;
    private readonly SandboxServer sandbox;
    private readonly ScratchFolder folder;
    private readonly HttpClient http;
    private KillableApp? app;
    private bool startedBefore;
    private Task ticking = Task.CompletedTask;
    private Task clearing = Task.CompletedTask;
    private long tickedAt;

    private LiveCity(City city, AzuriteProcess azurite, SandboxServer sandbox, ScratchFolder folder)
    {
        (this.city, this.azurite, this.sandbox, this.folder) = (city, azurite, sandbox, folder);
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}/"), Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Add("X-Autopay-User", "finance");
        http.DefaultRequestHeaders.Add("X-CSRF", "1");
    }

    public LedgerReport Ledger => sandbox.Control.Ledger("debit_id");

    /// <summary>Calls that changed something at the sandbox: creates, confirms and cancels.</summary>
    public int Calls => sandbox.Control.Calls.Counts.Where(call => call.Key.StartsWith("POST", StringComparison.Ordinal)).Sum(call => call.Value);

    public long BilledCents => city.Files.Single(file => file.Key.StartsWith("bills", StringComparison.Ordinal)).Value
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Sum(line => (long)(decimal.Parse(line.Split(',')[6], CultureInfo.InvariantCulture) * 100));

    public static async Task<LiveCity> StartAsync(int seed)
    {
        var folder = new ScratchFolder();
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = Path.Combine(folder.Path, "azurite") });
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { StartAt = Start, SignWithSandboxClock = true, Seed = seed });
        var city = new LiveCity(CityGenerator.Generate(new CityOptions { Plain = true, Accounts = Accounts, Seed = seed }), azurite, sandbox, folder);
        sandbox.Control.AddWebhook(new WebhookTarget(new Uri(city.http.BaseAddress!, "api/webhooks/stripe"), [Secret]) { Events = ["payment_intent.processing", "payment_intent.succeeded"] });
        await city.StartAppAsync();
        return city;
    }

    public async Task StartAppAsync()
    {
        app = new KillableApp(folder.Path, Arguments());
        startedBefore = true;
        await Eventually.HoldsAsync("the app answers", async () =>
        {
            Assert.False(app.HasExited, app.Output);
            return await IsLiveAsync();
        });
    }

    public async Task KillAppAsync() => await app!.DisposeAsync();

    /// <summary>Every debit is held, whatever is imported.</summary>
    public Task HoldAsync() => SendAsync(HttpMethod.Post, "api/deferrals", new
    {
        cycles = new[] { 1 }, dueFrom = Held[0], dueTo = Held[1], action = "hold", reason = "The cashier system is down",
    });

    public Task ClearAsync() => SendAsync(HttpMethod.Put, "api/cycles/1/backlog", new { state = "cleared", reason = "All counter payments are entered" });

    /// <summary>Does not wait for the answer, which comes when the release is under way already; it may die with the app.</summary>
    public void BeginToClear() => clearing = TryAsync(ClearAsync);

    public async Task<string> UploadAsync(string kind)
    {
        var file = city.Files.Single(item => item.Key.StartsWith(kind, StringComparison.Ordinal)).Value;
        using var content = new StringContent(file, new MediaTypeHeaderValue("text/csv"));
        using var answer = await http.PostAsync($"api/imports/{kind}?reason=outage", content);
        return (string)(await ReadAsync(answer))["importId"]!;
    }

    public Task ImportedAsync(string importId) => Eventually.HoldsAsync($"{importId} is applied", async () =>
    {
        Tick();
        using var answer = await http.GetAsync($"api/imports/{importId}");
        return (string?)(await ReadAsync(answer))["state"] == "done";
    });

    public async Task ImportAsync()
    {
        await ImportedAsync(await UploadAsync("accounts"));
        await ImportedAsync(await UploadAsync("bills"));
    }

    /// <summary>Everything that a queue holds is lost, seen and hidden messages alike.</summary>
    public async Task EmptyQueuesAsync()
    {
        foreach (var queue in QueueNames.All)
        {
            await new QueueClient(azurite.ConnectionString, queue).ClearMessagesAsync();
        }
    }

    /// <summary>Ticks until the sandbox was called so many times to change something.</summary>
    public Task CalledAsync(int calls) => Eventually.HoldsAsync($"Stripe is called {calls} times", () =>
    {
        Tick();
        return Calls >= calls;
    });

    /// <summary>Moves the clocks of the app and of the sandbox.</summary>
    public async Task WaitAsync(TimeSpan span)
    {
        var now = sandbox.Control.AdvanceBy(span).Now;
        await SendAsync(HttpMethod.Put, "local/clock", new { now = now.ToString("O", CultureInfo.InvariantCulture) });
    }

    /// <summary>Ticks until every debit is in one state; the answer counts debits, by the app's own word.</summary>
    public Task AllAreAsync(string state) => Eventually.HoldsAsync($"all debits are {state}", async () =>
    {
        Tick();
        using var answer = await http.GetAsync("api/cycles/1");
        var states = (await ReadAsync(answer))["states"]!.AsArray();
        return states is [{ } only] && (string?)only["state"] == state && (int)only["debits"]! == Accounts;
    });

    public void TheBankAnswers() => sandbox.Control.AnswerNow();

    public async ValueTask DisposeAsync()
    {
        await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Task.WhenAll(ticking, clearing);
        await sandbox.DisposeAsync();
        await azurite.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }

    private IEnumerable<string> Arguments() =>
    [
        $"--port={http.BaseAddress!.Port}", $"--AutopayStorage={azurite.ConnectionString}", $"--AzureWebJobsStorage={azurite.ConnectionString}",
        $"--Local:Data={Path.Combine(folder.Path, "app")}", .. startedBefore ? [] : new[] { $"--start-at={StartsAt}" },
        $"--Stripe:ApiBase={sandbox.BaseUrl}", "--Stripe:ApiKey=sk_test_end_to_end", $"--Stripe:WebhookSecrets={Secret}",
        "--Stripe:RequestsPerSecond=25", "--Stripe:Timeout=00:00:10", "--Autopay:RecoverAfter=00:00:02", "--Autopay:Lease=00:00:02",
        "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.200",
        "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:01",
    ];

    // What an operator or an outside scheduler does: one at a time, at most once a second, and it may die with the app.
    private void Tick()
    {
        if (ticking.IsCompleted && TimeProvider.System.GetElapsedTime(tickedAt) >= BetweenTicks)
        {
            tickedAt = TimeProvider.System.GetTimestamp();
            ticking = TryAsync(async () => (await http.PostAsync("api/tick", null)).Dispose());
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

    private async Task<bool> IsLiveAsync()
    {
        try
        {
            using var answer = await http.GetAsync("health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        await ReadAsync(answer);
    }

    private async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}{Environment.NewLine}{app!.Output}");
        return JsonNode.Parse(text)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
