using Autopay.Application.Ports.Books;

namespace Autopay.Application.Charging;

/// <summary>
/// The controls under which a group is confirmed, read anew before it (R24). Where many pages share the provider's
/// rate, a confirm may wait for its turn for minutes: then it is looked at again, by controls of a few seconds ago.
/// </summary>
internal sealed class GroupControls(ChargeBatch batch, IControlsStore store, Controls controls)
{
    /// <summary>The newest that any of the group was looked at by.</summary>
    public Controls Newest { get; private set; } = controls;

    public static async Task<GroupControls> TakeAsync(ChargeBatch batch, IControlsStore store) =>
        new(batch, store, (await store.LoadAsync(CancellationToken.None)).Controls);

    /// <summary>Why the attempt is not confirmed; null: it may be.</summary>
    public string? WhyNot(Attempt attempt) => batch.WhyNotConfirm(attempt, Newest);

    /// <summary>The same when its turn has come.</summary>
    public async Task<string?> WhyNotNowAsync(Attempt attempt)
    {
        var recent = (await store.LoadRecentAsync(CancellationToken.None)).Controls;
        Newest = recent.Version > Newest.Version ? recent : Newest;
        return WhyNot(attempt);
    }
}
