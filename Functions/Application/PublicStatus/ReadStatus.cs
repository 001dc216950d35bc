using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Domain.PublicStatus;

namespace Autopay.Application.PublicStatus;

/// <summary>
/// What residents read. It is made anew each minute out of one row; when that cannot be read, the last one stands, out
/// of memory or out of its blob, and says how old it is.
/// </summary>
public sealed class ReadStatus(
    IControlsStore store,
    IStatusStore kept,
    IReadOnlyList<CycleName> cycles,
    CityClock clock
)
{
    /// <summary>An older one says more wrong than right.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeepAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private Held? held;
    private DateTimeOffset keptAt;
    private int making;

    /// <returns>Null when there is none that is less than a day old.</returns>
    public async Task<CityStatus?> RunAsync(CancellationToken cancel)
    {
        var now = clock.Now.Utc;
        if (held is { } last && now - last.LookedAt < Fresh && now >= last.LookedAt)
        {
            return Young(last.Status, now);
        }

        // One asks, the others read what was there.
        if (Interlocked.Exchange(ref making, 1) == 1 && held is { } before)
        {
            return Young(before.Status, now);
        }

        try
        {
            return Young(await MakeAsync(cancel), now);
        }
        finally
        {
            Volatile.Write(ref making, 0);
        }
    }

    /// <summary>The sweep keeps it, so that what stands is not what was asked for long ago.</summary>
    public Task RefreshAsync(CancellationToken cancel) => MakeAsync(cancel);

    private async Task<CityStatus?> MakeAsync(CancellationToken cancel)
    {
        if (await TryAsync(MakeNewAsync, cancel) is { } made)
        {
            held = new Held(made, made.AsOf);
            await KeepAsync(made, cancel);
            return made;
        }

        var last = held?.Status ?? await TryAsync(kept.FindAsync, cancel);
        held = last is null ? null : new Held(last, clock.Now.Utc);
        return last;
    }

    private async Task<CityStatus?> MakeNewAsync(CancellationToken cancel)
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        var known = cycles.Select(name => new CycleNumber(name.Cycle));
        return StatusBoard.Of(controls, known, clock.City, clock.Now);
    }

    private async Task KeepAsync(CityStatus made, CancellationToken cancel)
    {
        if (made.AsOf - keptAt < KeepAfter && made.AsOf >= keptAt)
        {
            return;
        }

        var saved = await TryAsync<CityStatus>(
            async patience =>
            {
                await kept.SaveAsync(made, patience);
                return made;
            },
            cancel
        );
        keptAt = saved?.AsOf ?? keptAt;
    }

    // Whatever is wrong with the storage, residents are answered.
    private async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T?>> act, CancellationToken cancel)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            return await act(either.Token);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static CityStatus? Young(CityStatus? status, DateTimeOffset now) =>
        status is not null && now - status.AsOf < Oldest ? status : null;

    /// <param name="LookedAt">When it was made, or last could not be made anew, UTC.</param>
    private sealed record Held(CityStatus Status, DateTimeOffset LookedAt);
}
