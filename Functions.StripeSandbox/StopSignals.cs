using System.Runtime.InteropServices;

namespace Autopay.StripeSandbox;

/// <summary>Ctrl+C, SIGTERM, and the end of the parent: its death closes our standard input, however it died.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> registrations = [];

    public StopSignals(bool exitWithParent)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        }
        if (exitWithParent)
        {
            _ = WaitForEndOfInputAsync();
        }
    }

    public Task Stopped => stopped.Task;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stopped.TrySetResult();
    }

    private async Task WaitForEndOfInputAsync()
    {
        using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
        stopped.TrySetResult();
    }
}
