using Autopay.Application.Ports.Files;

namespace Autopay.Application.Finance;

/// <summary>How far a clear has come.</summary>
public enum BacklogStep
{
    Open,

    /// <summary>Finance has cleared it, and it waits for files (R26).</summary>
    Clearing,

    Cleared,
}

/// <summary>A file that a clear waits for.</summary>
public sealed record AwaitedFile(string Import, string File, ImportState State, DateTimeOffset ArrivedAt);

/// <summary>A cycle's backlog flag as it is shown.</summary>
/// <param name="WaitsFor">The files that keep the clear waiting; null when none does.</param>
/// <param name="Certificate">The hash of the certificate on which it was cleared.</param>
public sealed record BacklogView(
    CycleNumber Cycle,
    BacklogStep State,
    bool Cleared,
    DateTimeOffset? ChangedAt,
    string Reason,
    IReadOnlyDictionary<string, DateOnly> ReceivedThrough,
    Clearing? Clearing,
    IReadOnlyList<AwaitedFile>? WaitsFor,
    string? Certificate
)
{
    public static BacklogView Of(BacklogState backlog, IReadOnlyList<ImportRecord> waitsFor) =>
        new(
            backlog.Cycle,
            backlog.Clearing is not null ? BacklogStep.Clearing
                : backlog.Cleared ? BacklogStep.Cleared
                : BacklogStep.Open,
            backlog.Cleared,
            backlog.ChangedAt,
            backlog.Reason,
            backlog.ReceivedThrough,
            backlog.Clearing,
            waitsFor.Count == 0
                ? null
                :
                [
                    .. waitsFor.Select(import => new AwaitedFile(
                        import.Id,
                        import.FileName,
                        import.State,
                        import.Arrival.At
                    )),
                ],
            backlog.Certificate
        );
}
