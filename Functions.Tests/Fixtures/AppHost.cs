using System.Collections.Immutable;
using System.Globalization;
using Autopay.Application.Ports.Messages;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Local;
using Autopay.LocalHost.Workers;
using Autopay.Payments;
using Autopay.Storage;
using Autopay.StripeSandbox;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.Fixtures;

/// <summary>What a test changes of the app and of its host.</summary>
internal sealed record AppPlan
{
    /// <summary>Settings beside the usual ones, as from the command line.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }

    public Action<WebApplicationBuilder>? ConfigureHost { get; init; }
}

/// <summary>
/// The real app on a free port, with empty books, a sandbox that only moves when told to, and a clock that runs from a
/// civil time in 2020 and can be moved. The host's listeners wait in real time, so queues are polled whatever the app's
/// clock says. Timers run only when a test moves the clock over HTTP.
/// </summary>
internal sealed class AppHost : IAsyncDisposable
{
    public const string WebhookSecret = "whsec_test_new_0123456789";
    public const string OldWebhookSecret = "whsec_test_old_0123456789";
    private static readonly CityCalendar City = new(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
    private readonly WebApplication host;
    private readonly ScratchFolder folder;
    private readonly StateDigest digest;
    private bool isGuest;

    private AppHost(
        WebApplication host,
        ScratchFolder folder,
        SandboxServer sandbox,
        (StorageWatch Watch, string Connection) storage
    )
    {
        (this.host, this.folder, Sandbox, Watch, Connection) = (
            host,
            folder,
            sandbox,
            storage.Watch,
            storage.Connection
        );
        digest = new StateDigest(Connection);
        Http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
        Http.DefaultRequestHeaders.Add("X-CSRF", "1");
    }

    /// <summary>The app's own.</summary>
    public IServiceProvider Services => ((InProcessWorker)host.Services.GetRequiredService<IWorker>()).Services;

    public IServiceProvider HostServices => host.Services;

    public HttpClient Http { get; }

    public SandboxServer Sandbox { get; }

    public StorageWatch Watch { get; }

    public string Connection { get; }

    public string DataFolder => Path.Combine(folder.Path, "data");

    public LocalClock Clock => host.Services.GetRequiredService<LocalClock>();

    public StorageClients Storage => Services.GetRequiredService<StorageClients>();

    /// <param name="startAt">Civil time in the city.</param>
    /// <param name="configure">What else the test changes before the app is built.</param>
    public static async Task<AppHost> StartAsync(
        AzuriteFixture azurite,
        string startAt,
        Action<FunctionsApplicationBuilder>? configure = null
    )
    {
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                MissingMandate = MissingMandate.Saved,
                Frozen = true,
                StartAt = Civil(startAt),
                SignWithSandboxClock = true,
            }
        );
        return await StartAsync(
            await azurite.NewAccountAsync(),
            sandbox,
            startAt,
            new AppPlan { Configure = configure }
        );
    }

    public static async Task<AppHost> StartAsync(AzuriteFixture azurite, string startAt, AppPlan plan)
    {
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                MissingMandate = MissingMandate.Saved,
                Frozen = true,
                StartAt = Civil(startAt),
                SignWithSandboxClock = true,
            }
        );
        return await StartAsync(await azurite.NewAccountAsync(), sandbox, startAt, plan);
    }

    /// <summary>The app stops; its storage and its sandbox stay.</summary>
    public Task StopAsync() => host.StopAsync();

    /// <summary>
    /// Another process after one that stopped, on the same storage and beside the same sandbox, which stays the first
    /// one's.
    /// </summary>
    public async Task<AppHost> StartAgainAsync(string startAt)
    {
        var next = await StartAsync(Connection, Sandbox, startAt, new AppPlan());
        next.isGuest = true;
        return next;
    }

    private static async Task<AppHost> StartAsync(
        string connection,
        SandboxServer sandbox,
        string startAt,
        AppPlan plan
    )
    {
        var (folder, watch) = (new ScratchFolder(), new StorageWatch());
        var host = LocalApp.Build(
            [],
            builder =>
            {
                builder
                    .Configuration.AddInMemoryCollection(Settings(startAt, folder.Path, connection, sandbox.BaseUrl))
                    .AddInMemoryCollection(plan.Settings);
                builder.Logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(
                    null,
                    LogLevel.None
                );
                plan.ConfigureHost?.Invoke(builder);
            },
            builder =>
            {
                builder.Services.AddSingleton<HttpPipelinePolicy>(watch);
                plan.Configure?.Invoke(builder);
            }
        );
        await host.StartAsync();
        await LocalApp.PreparedAsync(host);
        var app = new AppHost(host, folder, sandbox, (watch, connection));
        sandbox.Control.AddWebhook(
            new WebhookTarget(new Uri(app.Http.BaseAddress!, "api/webhooks/stripe"), [WebhookSecret])
            {
                Events = StripeEventTypes.Subscribed,
            }
        );
        return app;
    }

    /// <summary>Moves the app's clock and the sandbox's: what its bank has to say on the way is said.</summary>
    public void MoveTo(string civil)
    {
        Clock.MoveTo(Civil(civil));
        Sandbox.Control.AdvanceTo(Civil(civil));
    }

    /// <summary>
    /// No message waits or is being worked on. A second look finds what went from a queue to one before it.
    /// </summary>
    public Task IdleAsync() =>
        Eventually.HoldsAsync("the queues are empty", async () => await AreEmptyAsync() && await AreEmptyAsync());

    /// <summary>Everything that is due is done.</summary>
    public async Task TickAsync()
    {
        await IdleAsync();
        Assert.Equal(200, (await this.PostAsync("api/tick")).Status);
        await IdleAsync();
    }

    /// <summary>What must not change when a request is refused.</summary>
    public Task<ImmutableSortedDictionary<string, string>> DigestAsync() => digest.TakeAsync(Sandbox.Control);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await (isGuest ? ValueTask.CompletedTask : Sandbox.DisposeAsync());
        await host.StopAsync();
        await host.DisposeAsync();
        folder.Dispose();
    }

    private async Task<bool> AreEmptyAsync()
    {
        foreach (var name in QueueNames.All)
        {
            if ((await Storage.Queue(name).GetPropertiesAsync()).Value.ApproximateMessagesCount > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, string?> Settings(
        string startAt,
        string folder,
        string connection,
        Uri sandbox
    ) =>
        new()
        {
            ["start-at"] = startAt,
            // A plan and two people after each clear are a story of their own.
            ["Autopay:ReleaseApproval"] = "false",
            ["Local:Data"] = Path.Combine(folder, "data"),
            ["LocalHost:Port"] = "0",
            ["LocalHost:Timers"] = "false",
            ["AutopayStorage"] = connection,
            ["AzureWebJobsStorage"] = connection,
            ["Stripe:ApiBase"] = sandbox.AbsoluteUri,
            ["Stripe:ApiKey"] = "sk_test_sandbox",
            ["Stripe:RequestsPerSecond"] = "1000",
            ["Stripe:RequestsPerSecondPerEndpoint"] = "1000",
            ["Stripe:WebhookSecrets"] = $"{WebhookSecret},{OldWebhookSecret}",
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00",
            // Who sends wakes the listeners; a look by themselves finds what was put back or was to come later.
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:01",
        };

    private static DateTimeOffset Civil(string text)
    {
        var civil = DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        return City.ToUtc(DateOnly.FromDateTime(civil), TimeOnly.FromDateTime(civil));
    }
}
