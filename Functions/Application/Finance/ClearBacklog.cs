using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Finance;

/// <summary>What a clear came to.</summary>
/// <param name="WaitsFor">The imports that arrived before it and are not applied; empty when it is in force.</param>
public sealed record ClearAnswer(Controls Controls, IReadOnlyList<ImportRecord> WaitsFor);

/// <summary>
/// Finance clears a cycle's backlog. It takes effect when every import that arrived before it is applied, or was set
/// aside by a person: nothing is released for what an unread file may have paid already (R26).
/// </summary>
public sealed class ClearBacklog(ChangeControls change, IControlsStore store, IImportStore imports, CityClock clock)
{
    /// <exception cref="RefusedException">It contradicts what is in force; nothing changed.</exception>
    public Task<ClearAnswer> RunAsync(BacklogCleared cleared, Authority authority, CancellationToken cancel) =>
        RunAsync(cleared, new ChangeRequest(authority), cancel);

    /// <exception cref="RefusedException">It contradicts what is in force; nothing changed.</exception>
    public async Task<ClearAnswer> RunAsync(BacklogCleared cleared, ChangeRequest request, CancellationToken cancel)
    {
        if (await WaitsForAsync(request.Authority.At, cancel) is not { Count: > 0 } waits)
        {
            return new ClearAnswer((await change.RunAsync(cleared, request, cancel)).Controls, []);
        }

        await change.RunAsync(new BacklogClearing(cleared.Cycles, cleared.ReceivedThrough), request, cancel);

        // The last of them may have ended before it could see that somebody waits for it.
        await FinishAsync(cancel);
        var controls = (await store.LoadAsync(cancel)).Controls;
        return new ClearAnswer(
            controls,
            cleared.Cycles.Any(cycle => controls.BacklogOf(cycle).Clearing is not null) ? waits : []
        );
    }

    /// <summary>What no import keeps waiting any more takes effect, in the name of who asked for it.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        foreach (var backlog in (await store.LoadAsync(cancel)).Controls.Backlog)
        {
            if (backlog.Clearing is { } clearing && (await WaitsForAsync(clearing.AskedAt, cancel)).Count == 0)
            {
                var cleared = new BacklogCleared([backlog.Cycle], clearing.ReceivedThrough)
                {
                    AskedAt = clearing.AskedAt,
                };
                await change.RunAsync(cleared, new Authority(clearing.By, clearing.Reason, clock.Now.Utc), cancel);
            }
        }
    }

    /// <summary>The imports that arrived by then and are neither applied nor set aside, in order of arrival.</summary>
    public async Task<IReadOnlyList<ImportRecord>> WaitsForAsync(DateTimeOffset askedAt, CancellationToken cancel) =>
        await imports.ReadUnfinishedAsync(cancel).Where(import => import.Arrival.At <= askedAt).ToListAsync(cancel);
}
