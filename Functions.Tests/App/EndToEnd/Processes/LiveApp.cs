using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// One instance of the app in a city, with an address and a folder that it keeps through every death.
/// </summary>
internal sealed partial class LiveApp : IAsyncDisposable
{
    private const string StartsAt = "2020-01-22T08:00";
    private readonly string folder;
    private readonly IReadOnlyList<string> settings;
    private KillableApp? process;
    private bool startedBefore;
    private bool stopped;

    public LiveApp(string folder, IEnumerable<string> settings)
    {
        (this.folder, this.settings) = (folder, [.. settings]);
        Http = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}/"),
            Timeout = TimeSpan.FromSeconds(30),
        };
        Http.DefaultRequestHeaders.Add("X-Autopay-User", "finance");
        Http.DefaultRequestHeaders.Add("X-CSRF", "1");
    }

    /// <summary>The folder of the program; null is the one that was built with the tests.</summary>
    public string? Program { get; init; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>It runs, and nobody made it stand still.</summary>
    public bool Serves => process is { HasExited: false } && !stopped;

    /// <summary>What it said of each bucket that it looked at since it was started, whether it got the bucket or
    /// not.</summary>
    public IReadOnlyList<string> Walks =>
        [.. process!.Lines.Select(line => WalkPattern().Match(line).Value).Where(walk => walk.Length > 0)];

    public async Task StartAsync()
    {
        Directory.CreateDirectory(folder);
        process = new KillableApp(
            folder,
            [
                $"--port={Address.Port}",
                $"--Local:Data={Path.Combine(folder, "data")}",
                .. startedBefore ? [] : new[] { $"--start-at={StartsAt}" },
                .. settings,
            ],
            Program
        );
        startedBefore = true;
        await Eventually.HoldsAsync(
            "the app answers",
            async () =>
            {
                Assert.False(process.HasExited, process.Output);
                return await AnswersAsync("health/live");
            }
        );
    }

    /// <summary>It has its storage, too.</summary>
    public async Task StartReadyAsync()
    {
        await StartAsync();
        await Eventually.HoldsAsync("the app is ready", () => AnswersAsync("health/ready"));
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        (process, stopped) = (null, false);
    }

    /// <summary>SIGTERM, and SIGKILL when it is not gone after the grace.</summary>
    public async Task TerminateAsync(TimeSpan grace)
    {
        await process!.EndAsync(grace);
        await KillAsync();
    }

    /// <summary>SIGSTOP: it stands still, in the middle of whatever it does.</summary>
    public void Stop() => (stopped, _) = (true, process!.Signal("STOP"));

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public void Continue() => (stopped, _) = (false, process!.Signal("CONT"));

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return await ReadAsync(answer);
    }

    public async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request);
        await ReadAsync(answer);
    }

    public async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} "
                + $"{text}{Environment.NewLine}{process?.Output}"
        );
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        Http.Dispose();
    }

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex("Bucket [0-9]+ (walked: .*|is being walked already)")]
    private static partial Regex WalkPattern();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
