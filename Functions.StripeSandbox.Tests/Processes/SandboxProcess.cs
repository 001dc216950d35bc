using System.Diagnostics;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Processes;

/// <summary>The sandbox as a program of its own.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http;

    private SandboxProcess(Process process, Uri url)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = url };
        Client = new StripeClient(
            "sk_test_x",
            null,
            new SystemNetHttpClient(http, 0, null, false),
            url.GetLeftPart(UriPartial.Authority)
        );
    }

    public StripeClient Client { get; }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static async Task<SandboxProcess> StartAsync(params string[] arguments)
    {
        var process = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Functions.StripeSandbox"), arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var line = await process.StandardOutput.ReadLineAsync();
        var listens = line?.StartsWith("listening on http://127.0.0.1:", StringComparison.Ordinal) == true;
        Assert.True(listens, line ?? await process.StandardError.ReadToEndAsync());
        return new SandboxProcess(process, new Uri(line!["listening on ".Length..]));
    }

    public async Task PostAsync(string path, string body)
    {
        using var content = new StringContent(body);
        using var response = await http.PostAsync(new Uri($"/_sandbox/{path}", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    public void CloseInput() => process.StandardInput.Close();

    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
        }
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
