using System.Net;
using Autopay.Application;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.LocalHost.Http;
using Autopay.LocalHost.Local;
using Autopay.LocalHost.Timers;
using Autopay.LocalHost.Triggers;
using Autopay.LocalHost.Workers;
using Autopay.Storage;
using Autopay.Storage.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Hosting;

/// <summary>The Functions host for one machine: the run command and the tests use this one composition.</summary>
internal static class LocalApp
{
    /// <summary>A published app instead of the one that is built in.</summary>
    public const string AppName = "LocalHost:App";

    // What the real host lets through.
    private const long MaxRequestBodyBytes = 104_857_600;

    // The real host gives up at once what runs when its machine is taken away; a person at this one may have a moment
    // more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan StorageTakesAtMost = TimeSpan.FromSeconds(30);

    /// <param name="configure">What a test changes of the host.</param>
    /// <param name="configureApp">What a test changes of the app, while that runs in this process.</param>
    public static WebApplication Build(
        string[] args,
        Action<WebApplicationBuilder>? configure = null,
        Action<FunctionsApplicationBuilder>? configureApp = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(LocalApp).Assembly.GetName().Name,
                ContentRootPath = Directory.GetCurrentDirectory(),
                EnvironmentName = Environments.Development,
            }
        );
        LocalHostConfiguration.Add(builder.Configuration, builder.Environment.ContentRootPath, args);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience);
        configure?.Invoke(builder);
        QueueLimits.Check(builder.Configuration);
        AddLogging(builder);
        AddServices(builder, configureApp);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(
                (context, kestrel) =>
                {
                    (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, MaxRequestBodyBytes);
                    kestrel.Listen(IPAddress.Loopback, new HostSettings(context.Configuration).Port);
                }
            );
        var host = builder.Build();
        Map(host);
        return host;
    }

    /// <summary>
    /// Waits until the app has its storage, so that whoever reads that it listens is not refused. Storage that stays
    /// away is told by its health.
    /// </summary>
    public static async Task PreparedAsync(WebApplication host)
    {
        if (host.Services.GetRequiredService<IWorker>() is InProcessWorker worker)
        {
            await worker
                .Services.GetRequiredService<StoragePreparation>()
                .Prepared.WaitAsync(StorageTakesAtMost)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void AddLogging(WebApplicationBuilder builder) =>
        builder
            .Logging.AddConfiguration(
                builder.Configuration.GetSection($"{LocalHostConfiguration.HostJsonSection}:logging")
            )
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting", LogLevel.Warning)
            .AddFilter("Yarp", LogLevel.Error)
            .AddFilter("Grpc", LogLevel.Warning)
            // What the SDK finds missing it makes, and says so as a warning; its options and schedules fill the screen.
            .AddFilter("Azure.Core", LogLevel.Error)
            .AddFilter("Microsoft.Azure.WebJobs", LogLevel.Warning)
            .AddFilter("Host.Startup", LogLevel.Warning)
            .AddFilter("Host.Triggers", LogLevel.Warning)
            // They say again what the function's own line, or the program's last one, says.
            .AddFilter("Host.Results", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));

    private static void AddServices(WebApplicationBuilder builder, Action<FunctionsApplicationBuilder>? configureApp)
    {
        builder.Services.TryAddSingleton(provider => Worker(provider, configureApp));
        builder
            .Services.AddSingleton(TimeProvider.System)
            .AddSingleton<LocalClock>()
            .AddSingleton<HostSettings>()
            .AddSingleton<LocalServices>()
            .AddSingleton<WorkerLog>()
            .AddSingleton<WorkerHost>()
            .AddSingleton<FunctionInvoker>()
            .AddSingleton<TriggerCalls>()
            .AddSingleton<QueueNudge>()
            .AddSingleton<JobHostFactory>()
            .AddSingleton<MovedTimers>()
            .AddSingleton<HttpThrottle>()
            .AddSingleton<FunctionForwarder>()
            .AddSingleton<FunctionEndpoints>()
            .AddSingleton<AdminEndpoint>()
            .AddSingleton<ClockEndpoint>()
            .AddHostedService<WorkerService>()
            .AddHostedService<JobHostService>()
            .AddRouting()
            .AddHttpForwarder();
    }

    private static IWorker Worker(IServiceProvider services, Action<FunctionsApplicationBuilder>? configureApp)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        return SettingsReader.Read<LocalHostOptions>(configuration).App is { Length: > 0 } folder
            ? new ChildWorker(folder, configuration)
            : new InProcessWorker(
                configuration,
                app =>
                {
                    app.Services.AddSingleton<TimeProvider>(services.GetRequiredService<LocalClock>())
                        .AddSingleton<IDevelopmentIdentity, DevelopmentIdentity>()
                        .AddSingleton(storage =>
                            NudgingQueue.Around(
                                new StorageWorkQueue(storage.GetRequiredService<StorageClients>()),
                                services.GetRequiredService<QueueNudge>().Notify
                            )
                        );
                    configureApp?.Invoke(app);
                }
            );
    }

    private static void Map(WebApplication host)
    {
        host.UseRouting();
        host.UseNotFoundForOtherMethods();
        IEndpointRouteBuilder routes = host;
        routes.DataSources.Add(host.Services.GetRequiredService<FunctionEndpoints>());
        host.MapPost(
            AdminEndpoint.Route,
            (HttpContext http) => host.Services.GetRequiredService<AdminEndpoint>().StartAsync(http)
        );
        host.MapPut(
            ClockEndpoint.Route,
            (HttpContext http) => host.Services.GetRequiredService<ClockEndpoint>().MoveAsync(http)
        );
        host.MapGet(IdentityEndpoint.Route, IdentityEndpoint.Choose);
    }
}
