namespace Autopay.Application.Ports.Books;

/// <param name="Head">The hash of the last act upon them (<see cref="AuditChain"/>); null where no chain is
/// kept.</param>
public sealed record ControlsEntry(Controls Controls, string? Tag, string? Head = null);

public sealed record ControlsHistoryRow(long Version, Authority Authority, ControlChange Change);

/// <summary>The city's controls and every change of them.</summary>
public interface IControlsStore
{
    Task<ControlsEntry> LoadAsync(CancellationToken cancel);

    /// <summary>
    /// The controls as they were at most a few seconds ago: enough where nothing is charged, because every bucket is
    /// walked again with the newest version, and what is saved after that walk is looked at again.
    /// </summary>
    Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel);

    /// <summary>
    /// Saves the changed controls and the change in one write; false when somebody else changed them meanwhile.
    /// </summary>
    Task<bool> TrySaveAsync(
        ControlsEntry before,
        Controls after,
        ControlChange change,
        Authority authority,
        CancellationToken cancel
    );

    IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel);
}
