using System.Collections.Concurrent;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.LocalHost;

/// <summary>What test functions did, and the gate at which they wait when a test wants them to.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<string> entries = [];
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Entries => [.. entries];

    public void Add(string entry) => entries.Enqueue(entry);

    public Task GateAsync() => gate.Task;

    /// <summary>For functions that give up when they are told to, and say so.</summary>
    public async Task GateOrCancelledAsync(string name, CancellationToken cancellationToken)
    {
        await gate.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested)
        {
            Add($"{name} was cancelled");
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public void ReleaseAll() => gate.TrySetResult();

    public Task HasAsync(string entry) => Eventually.HoldsAsync($"'{entry}' in [{string.Join(", ", entries)}]", () => entries.Contains(entry));

    public Task HasCountAsync(int count) => Eventually.HoldsAsync($"{count} entries", () => entries.Count >= count);
}
