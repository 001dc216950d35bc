using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Autopay.StripeSandbox;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.EndToEnd;

/// <summary>
/// The app as a real process, against an Azurite and a sandbox that outlive it. Killing it is SIGKILL: nothing of it says goodbye.
/// </summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private const string WebhookSecret = "whsec_kill";
    private readonly string connection;
    private readonly SandboxServer sandbox;
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("autopay-");
    private readonly int port = FreePort();
    private readonly HttpClient http;
    private Process? process;

    public AppProcess(string connection, SandboxServer sandbox)
    {
        (this.connection, this.sandbox) = (connection, sandbox);
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(30) };
        sandbox.Control.AddWebhook(new WebhookTarget(new Uri(http.BaseAddress, "api/webhooks/stripe"), [WebhookSecret]) { Events = ["payment_intent.succeeded"] });
    }

    /// <param name="startAt">Only at the first start: later ones go on with the clock that is kept beside the data.</param>
    public async Task StartAsync(string? startAt = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Autopay")) { WorkingDirectory = data.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments().Concat(startAt is null ? [] : [$"--start-at={startAt}"]))
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.HoldsAsync("the app is ready", IsReadyAsync);
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async Task ImportAsync(string kind, string csv)
    {
        using var body = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var answer = await http.PostAsync(new Uri($"api/imports/{kind}", UriKind.Relative), body);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("importId").GetString();
        await Eventually.HoldsAsync($"{kind} are imported", async () => (await GetAsync($"api/imports/{id}")).GetProperty("state").GetString() == "done");
    }

    public async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<JsonElement> GetAsync(string path) => http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>What an operator does after a restart, and a scheduler every few minutes.</summary>
    public async Task TickAsync()
    {
        using var answer = await http.PostAsync(new Uri("api/tick", UriKind.Relative), null);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
        {
            await KillAsync();
        }

        data.Delete(recursive: true);
    }

    private string[] Arguments() =>
    [
        $"--port={port}", $"--AutopayStorage={connection}", $"--AzureWebJobsStorage={connection}", $"--Local:Data={data.FullName}/data",
        $"--Stripe:ApiBase={sandbox.BaseUrl}", "--Stripe:ApiKey=sk_test_kill", $"--Stripe:WebhookSecrets={WebhookSecret}", "--Stripe:RequestsPerSecond=40",
        "--Autopay:RecoverAfter=00:00:01", "--Autopay:Lease=00:00:02",
        "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.200", "--AzureFunctionsJobHost:logging:logLevel:default=Warning",
    ];

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(process!.HasExited, "the app ended by itself");
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
