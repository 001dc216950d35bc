using System.Diagnostics;

namespace Autopay.LocalHost.Azurite;

/// <summary>The storage emulator as a child process that cannot outlive this one.</summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private readonly AzuriteOptions options;
    private readonly Process process;
    private readonly AzuriteOutput output = new();
    private readonly DirectoryInfo workingDirectory = Directory.CreateTempSubdirectory("azurite-");
    private IReadOnlyDictionary<string, Uri> endpoints = new Dictionary<string, Uri>();
    private bool disposed;

    private AzuriteProcess(AzuriteOptions options)
    {
        this.options = options;
        process = AzuriteCommand.Start(options, workingDirectory.FullName);
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        ProcessId = process.Id;
    }

    public string ConnectionString => ConnectionStringOf(AzuriteConnection.Account);

    public int ProcessId { get; }

    /// <summary>Returns when all three services answer; throws with Azurite's own words when they do not.</summary>
    public static async Task<AzuriteProcess> StartAsync(
        AzuriteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var azurite = new AzuriteProcess(options ?? new AzuriteOptions());
        try
        {
            await azurite.WaitUntilAnsweringAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <param name="account">One of <see cref="AzuriteOptions.MoreAccounts"/>.</param>
    public string ConnectionStringOf(string account) => AzuriteConnection.String(endpoints, account);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        process.StandardInput.Close();
        await ExitAsync();
        process.Dispose();
        workingDirectory.Delete(recursive: true);
    }

    private async Task ExitAsync()
    {
        using var timeout = new CancellationTokenSource(options.StopTimeout, options.TimeProvider);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private async Task WaitUntilAnsweringAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout, options.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await Task.WhenAny(output.Listening, process.WaitForExitAsync(stop.Token));
            endpoints = output.Listening.IsCompleted ? await output.Listening : throw NotStarted();
            await ConnectAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotStarted();
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        foreach (var endpoint in endpoints.Values)
        {
            // Whatever the status: an answer to an unsigned request shows that the service is up.
            using var answer = await client.GetAsync(endpoint, cancellationToken);
        }
    }

    private InvalidOperationException NotStarted() =>
        new(
            process.HasExited
                ? $"Azurite ended with exit code {process.ExitCode} before it was ready:{Environment.NewLine}{output}"
                : $"Azurite was not ready within {options.StartTimeout}:{Environment.NewLine}{output}"
        );
}
