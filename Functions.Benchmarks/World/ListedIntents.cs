using System.Runtime.CompilerServices;
using Autopay.Application.Ports.Provider;

namespace Autopay.Benchmarks.World;

/// <summary>What the provider in memory has on record: its intents in pages of a hundred, and no events.</summary>
public sealed class ListedIntents(PromptBank? bank) : IProviderRecords
{
    private readonly IntentList? list = bank is null ? null : new IntentList(bank.Known);

    public Task<IntentPage> ReadIntentsAsync(IntentRange range, CancellationToken cancel) =>
        Task.FromResult(list?.Page(range) ?? new IntentPage([], null));

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
