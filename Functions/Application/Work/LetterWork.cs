using Autopay.Application.Finance;
using Autopay.Application.Notifying;

namespace Autopay.Application.Work;

/// <summary>Notices that wait for a letter, as one item. A city without notices reads nothing.</summary>
public sealed class LetterWork(MakeLetters letters, Policies policies) : IWorkSource
{
    public WorkAudience Audience => WorkAudience.Finance;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        policies.AsksForNotices ? Of(await letters.CountAsync(cancel)) : [];

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(SeenCity city, CancellationToken cancel) =>
        city.Notices is not { } seen ? await ReadAsync(cancel)
        : policies.AsksForNotices ? Of(letters.CountOf(seen))
        : [];

    private static IReadOnlyList<WorkItem> Of((int Count, DateOnly Since)? letters) =>
        letters is { } waiting
            ?
            [
                new WorkItem(
                    WorkKind.Letters,
                    "letters",
                    null,
                    waiting.Count == 1 ? "1 notice waits for a letter" : $"{waiting.Count} notices wait for a letter",
                    waiting.Since
                ),
            ]
            : [];

    // One item, whatever waits.
    public async Task<WorkSums> SumAsync(CitySums sums, CancellationToken cancel) =>
        !policies.AsksForNotices ? WorkSums.Of([])
        : sums.Work is not { } work ? WorkSums.Of(await ReadAsync(cancel))
        : letters.AreIn(work) ? new WorkSums([new KindSum(WorkKind.Letters, 1, 0)], [])
        : WorkSums.Of([]);
}
