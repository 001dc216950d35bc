using Autopay.Application.Certifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Finance;

/// <summary>What a clear came to.</summary>
/// <param name="WaitsFor">The imports that arrived before it and are not applied; empty when it is in force.</param>
public sealed record ClearAnswer(Controls Controls, IReadOnlyList<ImportRecord> WaitsFor);

/// <summary>
/// Finance clears a cycle's backlog. It takes effect when every import that arrived before it is applied, or was set
/// aside by a person: nothing is released for what an unread file may have paid already (R26). Where totals were
/// counted, the cycle's certificate has to bear it out then.
/// </summary>
public sealed class ClearBacklog(
    ChangeControls change,
    IControlsStore store,
    IImportStore imports,
    CertifyClear certify,
    CityClock clock
)
{
    /// <exception cref="CertificateRefusedException">Totals differ, or contradict what is said.</exception>
    /// <exception cref="RefusedException">It contradicts what is in force; nothing changed.</exception>
    public Task<ClearAnswer> RunAsync(BacklogCleared cleared, Authority authority, CancellationToken cancel) =>
        RunAsync(cleared, new ChangeRequest(authority), cancel);

    /// <exception cref="CertificateRefusedException">Totals differ, or contradict what is said.</exception>
    /// <exception cref="RefusedException">It contradicts what is in force; nothing changed.</exception>
    public async Task<ClearAnswer> RunAsync(BacklogCleared cleared, ChangeRequest request, CancellationToken cancel)
    {
        change.RefuseFutureWatermarks(cleared);
        var waits = await WaitsForAsync(request.Authority.At, cancel);
        if (waits.Count == 0)
        {
            return new ClearAnswer(await ClearNowAsync(cleared, request, cancel), []);
        }

        // What differs now may agree when the files are applied: it is looked at then.
        await certify.RefuseContradictedAsync(cleared, cancel);
        await change.RunAsync(new BacklogClearing(cleared.Cycles, cleared.ReceivedThrough), request, cancel);

        // The last of them may have ended before it could see that somebody waits for it.
        await FinishAsync(cancel);
        var controls = (await store.LoadAsync(cancel)).Controls;
        return new ClearAnswer(
            controls,
            cleared.Cycles.Any(cycle => controls.BacklogOf(cycle).Clearing is not null) ? waits : []
        );
    }

    /// <summary>
    /// What no import keeps waiting any more takes effect, in the name of who asked for it, unless its certificate
    /// does not bear it out: then it waits for a person.
    /// </summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        foreach (var backlog in (await store.LoadAsync(cancel)).Controls.Backlog)
        {
            // What is posted after this moment is in no certificate that is worked out below.
            var now = clock.Now.Utc;
            if (
                backlog.Clearing is { } clearing
                && (await WaitsForAsync(clearing.AskedAt, cancel)).Count == 0
                && await certify.TryAsync(backlog.Cycle, clearing, cancel) is { } certified
            )
            {
                var cleared = new BacklogCleared([backlog.Cycle], clearing.ReceivedThrough)
                {
                    AskedAt = clearing.AskedAt,
                    Certificate = certified.Hash,
                    Says = certified.Says,
                };
                await change.RunAsync(cleared, new Authority(clearing.By, clearing.Reason, now), cancel);
            }
        }
    }

    // Cycles with a certificate each by an act of their own, which names it; the others together.
    private async Task<Controls> ClearNowAsync(BacklogCleared cleared, ChangeRequest request, CancellationToken cancel)
    {
        var certified = await certify.RequireAsync(cleared, request.Authority, cancel);
        var controls = (await store.LoadAsync(cancel)).Controls;
        var asked = request;
        foreach (var act in certified.GroupBy(it => (it.Hash, it.Says), it => it.Cycle))
        {
            var answer = await change.RunAsync(
                cleared with
                {
                    Cycles = [.. act],
                    Certificate = act.Key.Hash,
                    Says = act.Key.Says,
                },
                asked,
                cancel
            );
            (controls, asked) = (answer.Controls, new ChangeRequest(request.Authority));
        }

        return controls;
    }

    /// <summary>The imports that arrived by then and are neither applied nor set aside, in order of arrival.</summary>
    public async Task<IReadOnlyList<ImportRecord>> WaitsForAsync(DateTimeOffset askedAt, CancellationToken cancel) =>
        await imports.ReadUnfinishedAsync(cancel).Where(import => import.Arrival.At <= askedAt).ToListAsync(cancel);
}
