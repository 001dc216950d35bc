using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>The city's controls, of which an instance may remember those of a moment ago.</summary>
internal sealed class StaleControlsStore(ScratchControlsStore inner) : IControlsStore
{
    private ControlsEntry? remembered;

    public Controls Current => inner.Current;

    public Controls? AtVersion(long version) => inner.AtVersion(version);

    public async Task RememberAsync() => remembered = await inner.LoadAsync(CancellationToken.None);

    public Task<ControlsEntry> LoadAsync(CancellationToken cancel) => inner.LoadAsync(cancel);

    public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) =>
        remembered is null ? inner.LoadAsync(cancel) : Task.FromResult(remembered);

    public Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel) =>
        inner.TrySaveAsync(before, after, act, cancel);

    public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
        inner.ReadHistoryAsync(cancel);

    public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
        inner.FindOperationAsync(id, cancel);
}
