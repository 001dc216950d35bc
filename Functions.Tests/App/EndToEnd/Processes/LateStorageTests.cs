using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Autopay.LocalHost.Azurite;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>L6: the app starts before its storage does.</summary>
[Collection(RealProcesses.Name)]
[Trait("Layer", "L6")]
public sealed partial class LateStorageTests
{
    [Fact]
    public async Task F57_an_app_that_starts_without_its_storage_answers_health_and_goes_on_by_itself_when_it_is_there()
    {
        using var folder = new ScratchFolder();
        var options = new AzuriteOptions { DataFolder = Path.Combine(folder.Path, "azurite") };
        var connection = await FreeAddressAsync(options);
        using var kept = new KeptPorts(PortsOf(connection));
        await using var app = new LiveApp(
            Path.Combine(folder.Path, "app"),
            [$"--AutopayStorage={connection}", $"--AzureWebJobsStorage={connection}", "--Local:SandboxPort=0"]
        );
        await app.StartAsync();

        var (early, refused) = (await AskAsync(app, "health/ready"), await AskAsync(app, "api/cycles"));
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable),
            ((await AskAsync(app, "health/live")).Status, early.Status)
        );
        Assert.Equal(
            ("not prepared", "the storage cannot be reached", "false"),
            (Text(early, "status"), Text(early, "missing"), Text(early, "tables"))
        );
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "Service Unavailable"),
            (refused.Status, Text(refused, "title"))
        );
        Assert.Equal("The app cannot work yet: the storage cannot be reached.", Text(refused, "detail"));

        kept.Dispose();
        await using var azurite = await AzuriteProcess.StartAsync(options with { Ports = PortsOf(connection) });
        await Eventually.HoldsAsync(
            "the app is ready",
            async () => (await AskAsync(app, "health/ready")).Status == HttpStatusCode.OK
        );
        await ImportedAsync(app);
    }

    // What listens there has ended again.
    private static async Task<string> FreeAddressAsync(AzuriteOptions options)
    {
        await using var azurite = await AzuriteProcess.StartAsync(options);
        return azurite.ConnectionString;
    }

    private static AzuritePorts PortsOf(string connection)
    {
        var ports = Port()
            .Matches(connection)
            .ToDictionary(
                match => match.Groups[1].Value,
                match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)
            );
        return new AzuritePorts(ports["Blob"], ports["Queue"], ports["Table"]);
    }

    private static async Task ImportedAsync(LiveApp app)
    {
        using var content = new StringContent(Csv.Accounts("A-1"), new MediaTypeHeaderValue("text/csv"));
        using var answer = await app.Http.PostAsync("api/imports/accounts?name=accounts.csv", content);
        var id = (string)(await app.ReadAsync(answer))["importId"]!;
        await Eventually.HoldsAsync(
            "the file is applied",
            async () => (string?)(await app.GetAsync($"api/imports/{id}"))["state"] == "done"
        );
    }

    private static async Task<(HttpStatusCode Status, JsonNode Json)> AskAsync(LiveApp app, string path)
    {
        using var answer = await app.Http.GetAsync(path);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private static string? Text((HttpStatusCode Status, JsonNode Json) answer, string name) =>
        answer.Json[name]?.ToString();

    /// <summary>Nobody answers there, and nobody else gets them.</summary>
    private sealed class KeptPorts(AzuritePorts ports) : IDisposable
    {
        private readonly List<Socket> sockets = [.. new[] { ports.Blob, ports.Queue, ports.Table }.Select(Bound)];

        public void Dispose() => sockets.ForEach(socket => socket.Dispose());

        private static Socket Bound(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
    }

    [GeneratedRegex("(Blob|Queue|Table)Endpoint=http://[^:]+:([0-9]+)/")]
    private static partial Regex Port();
}
