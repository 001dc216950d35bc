using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Provider;

namespace Autopay.Benchmarks.World;

/// <summary>What the provider in memory has on record: its intents in pages of a hundred, and no events.</summary>
public sealed class ListedIntents(PromptBank? bank) : IProviderRecords
{
    private const int Page = 100;

    public async IAsyncEnumerable<IReadOnlyList<IntentReading>> ReadIntentsAsync(
        DateTimeOffset from,
        string? after,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await Task.CompletedTask;
        var listed = (bank?.Intents ?? [])
            .Where(intent => intent.CreatedAt >= from)
            .OrderBy(intent => intent.IntentId, StringComparer.Ordinal)
            .SkipWhile(intent => after is not null && string.CompareOrdinal(intent.IntentId, after) <= 0);
        foreach (var page in listed.Chunk(Page))
        {
            cancel.ThrowIfCancellationRequested();
            yield return page;
        }
    }

    public async IAsyncEnumerable<EventPage> ReadEventsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await Task.CompletedTask;
        yield break;
    }
}
