namespace Autopay.Application.Ports.Books;

/// <param name="Head">The hash of the last act upon them (<see cref="AuditChain"/>); null where no chain is
/// kept.</param>
public sealed record ControlsEntry(Controls Controls, string? Tag, string? Head = null);

public sealed record ControlsHistoryRow(long Version, Authority Authority, ControlChange Change);

/// <summary>An id that whoever asks makes up, to find out later whether it was done.</summary>
/// <param name="Content">Stands for who asked for what: the same id with another content is another wish.</param>
public sealed record ChangeOperation(string Id, string Content);

/// <summary>A change of the controls, who, why and when, and under which operation.</summary>
public sealed record ControlAct(ControlChange Change, Authority Authority, ChangeOperation? Operation = null);

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
    /// Saves the changed controls, the change and its operation in one write; false when somebody else changed them
    /// meanwhile, or the operation is recorded already.
    /// </summary>
    Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel);

    IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel);

    /// <returns>Null when no change of the controls was recorded under that id.</returns>
    Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel);
}
