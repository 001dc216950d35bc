using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Autopay.Tests.Repository.Wholesome;
using MimeKit;

namespace Autopay.Tests.Fixtures.Mail;

/// <summary>
/// A real mail server in a process of its own, on a free port. An address that begins with <c>unknown</c> it refuses
/// for good, one that begins with <c>busy</c> this time.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(SourceTree.Root, "Functions.Tests/Fixtures/Mail/smtp.cjs");
    private readonly ConcurrentQueue<MimeMessage> messages = new();
    private Process? process;

    private MailServer() { }

    public int Port { get; private set; }

    /// <summary>Everything that it took, in the order of arrival.</summary>
    public IReadOnlyList<MimeMessage> Messages => [.. messages];

    public static async Task<MailServer> StartAsync()
    {
        var server = new MailServer();
        await server.BeginAsync();
        return server;
    }

    /// <summary>The settings of an app that sends by it.</summary>
    public Dictionary<string, string?> Settings() =>
        new()
        {
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["Smtp:From"] = "billing@city.example",
            ["Smtp:ReplyTo"] = "answers@city.example",
            ["Autopay:NoticeClock"] = "Enforce",
            ["Autopay:CityName"] = "City of Example",
            ["Autopay:Phone"] = "573-555-0100",
        };

    /// <summary>On the same port as before.</summary>
    public async Task BeginAsync()
    {
        var start = new ProcessStartInfo("node", [Script, Port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
        var first = await process.StandardOutput.ReadLineAsync();
        Port = JsonDocument.Parse(first!).RootElement.GetProperty("port").GetInt32();
        _ = ListenAsync(process.StandardOutput);
    }

    public async Task EndAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync() => await (process is null ? Task.CompletedTask : EndAsync());

    private async Task ListenAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            var raw = JsonDocument.Parse(line).RootElement.GetProperty("raw").GetString()!;
            using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(raw));
            messages.Enqueue(await MimeMessage.LoadAsync(bytes));
        }
    }
}
