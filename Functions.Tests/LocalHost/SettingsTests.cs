using System.Net;
using System.Net.Sockets;
using Autopay.LocalHost;
using Autopay.Tests.Fixtures;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.LocalHost;

public sealed class SettingsTests(AzuriteFixture azurite)
{
    [Fact]
    public void Host_json_is_read_from_the_content_root()
    {
        using var folder = new ScratchFolder();
        Write(folder, "host.json", """
            {
              "functionTimeout": "00:03:00",
              "extensions": { "http": { "routePrefix": "v2" }, "queues": { "batchSize": 3, "newBatchThreshold": 2, "maxDequeueCount": 9,
                "visibilityTimeout": "00:00:07", "maxPollingInterval": "00:00:09", "messageEncoding": "none" } }
            }
            """);

        var settings = new HostSettings(Builder(folder).Configuration);

        Assert.Equal(("v2", TimeSpan.FromMinutes(3)), (settings.RoutePrefix, settings.FunctionTimeout));
        Assert.Equal(
            new QueueOptions
            {
                BatchSize = 3,
                NewBatchThreshold = 2,
                MaxDequeueCount = 9,
                VisibilityTimeout = TimeSpan.FromSeconds(7),
                MaxPollingInterval = TimeSpan.FromSeconds(9),
                MessageEncoding = QueueMessageEncoding.None,
            },
            settings.Queues);
    }

    [Fact]
    public void Without_host_json_the_real_hosts_defaults_hold()
    {
        var settings = new HostSettings(new ConfigurationBuilder().Build());

        Assert.Equal(("api", TimeSpan.FromMinutes(30)), (settings.RoutePrefix, settings.FunctionTimeout));
        Assert.Equal(7071, HostSettings.Port(new ConfigurationBuilder().Build()));
        Assert.Equal(new QueueOptions(), settings.Queues);
        Assert.Equal((16, 8, 5), (settings.Queues.BatchSize, settings.Queues.MessagesLeftForNewBatch, settings.Queues.MaxDequeueCount));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(1)), (settings.Queues.VisibilityTimeout, settings.Queues.MaxPollingInterval));
        Assert.Equal(QueueMessageEncoding.Base64, settings.Queues.MessageEncoding);
    }

    [Fact]
    public void The_command_line_wins_over_local_settings_which_win_over_host_json()
    {
        using var folder = new ScratchFolder();
        Write(folder, "host.json", """{ "functionTimeout": "00:01:00", "extensions": { "queues": { "batchSize": 3 } } }""");
        Write(folder, "local.settings.json", """
            { "IsEncrypted": false, "Values": { "Own": "local", "Other": "local", "AzureFunctionsJobHost__functionTimeout": "00:02:00" } }
            """);

        var builder = Builder(folder, "--Own=command line");

        Assert.Equal(("command line", "local"), (builder.Configuration["Own"], builder.Configuration["Other"]));
        Assert.Equal(TimeSpan.FromMinutes(2), new HostSettings(builder.Configuration).FunctionTimeout);
    }

    [Fact]
    public void Environment_variables_are_settings_with_two_underscores_for_a_colon()
    {
        var name = $"AUTOPAY_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable($"{name}__Inner", "from the environment");
        try
        {
            Assert.Equal("from the environment", FunctionsApplication.CreateBuilder([]).Configuration[$"{name}:Inner"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable($"{name}__Inner", null);
        }
    }

    [Fact]
    public async Task The_port_can_be_given_on_the_command_line_and_only_loopback_is_bound()
    {
        var port = FreePort();
        var builder = new FunctionsApplicationBuilder(["--port", $"{port}"], GetType().Assembly, [typeof(Page)]);
        builder.ConfigureFunctionsWebApplication().Logging.ClearProviders();
        var host = builder.Build();
        await host.StartAsync(CancellationToken.None);

        Assert.Equal(new Uri($"http://127.0.0.1:{port}"), host.Services.GetRequiredService<LocalHostAddress>().BaseAddress);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    [Fact]
    public void The_address_is_not_known_before_the_start()
    {
        using var host = new FunctionsApplicationBuilder([], GetType().Assembly, []).Build();

        Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<LocalHostAddress>().BaseAddress);
    }

    [Theory]
    [InlineData("Elsewhere")]
    [InlineData("AzureWebJobsElsewhere")]
    public async Task A_connection_is_the_setting_of_its_name_with_or_without_the_prefix(string name)
    {
        var setup = new TestHostSetup { Settings = new() { [name] = await azurite.ConnectionStringAsync(), ["AzureWebJobsStorage"] = "" } };
        await QueueSeed.SendAsync(azurite, setup, "hello");

        await using var host = await TestHost.StartAsync(azurite, setup, typeof(OtherConnection));

        await host.Journal.HasAsync("hello");
    }

    [Fact]
    public async Task Many_hosts_run_side_by_side_and_again_and_again()
    {
        for (var round = 0; round < 3; round++)
        {
            var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestHost.StartAsync(azurite, typeof(Page))));
            var pages = await Task.WhenAll(hosts.Select(host => host.Http.GetStringAsync("Page")));
            Assert.All(pages, page => Assert.Equal("page", page));
            await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
        }
    }

    private static FunctionsApplicationBuilder Builder(ScratchFolder folder, params string[] args) =>
        new([$"--contentRoot={folder.Path}", .. args], typeof(SettingsTests).Assembly, []);

    private static void Write(ScratchFolder folder, string name, string text) => File.WriteAllText(Path.Combine(folder.Path, name), text);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Page
    {
        [Function("Page")]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new ContentResult { Content = "page" };
    }

    private sealed class OtherConnection(Journal journal)
    {
        [Function("OtherConnection")]
        public void Run([QueueTrigger("%queue%", Connection = "Elsewhere")] string message) => journal.Add(message);
    }
}
