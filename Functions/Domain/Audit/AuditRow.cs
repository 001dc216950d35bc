namespace Autopay.Domain.Audit;

/// <summary>One act upon the city's controls, linked to the one before it.</summary>
/// <param name="Number">1, 2, 3 …: the version of the controls that the act made.</param>
/// <param name="What">The change as it is stored, JSON.</param>
/// <param name="Hash">Of everything in this row, and of the row before it (<see cref="AuditChain"/>).</param>
public sealed record AuditRow(long Number, Authority Authority, string What, string Hash)
{
    /// <summary>The id under which whoever asked can find it again; null where none was given.</summary>
    public string? Operation { get; init; }

    /// <summary>SHA-256 of the controls as the act has left them, lower-case hex; null of a row of before.</summary>
    public string? State { get; init; }

    /// <summary>Whether the row is what was written behind a row of that hash.</summary>
    public bool IsWrittenBehind(string previous) =>
        AuditChain.HashOf(previous, Number, Authority, What, Operation, State) == Hash;
}

/// <summary>The chain as it stood at the end of a day, kept where nothing can be written over.</summary>
/// <param name="Number">Of the last row then.</param>
public sealed record AuditAnchor(DateOnly Day, long Number, string Hash, DateTimeOffset At);

/// <summary>A restore that began a generation of the books, kept with the anchors: nobody without a right to that
/// place can pose as one.</summary>
/// <param name="Number">Of the row with which the generation begins, and its hash.</param>
/// <param name="At">When it was kept, by the storage's own clock (UTC).</param>
public sealed record RestoreAnchor(long Number, string Hash, DateTimeOffset At);

/// <summary>The first row at which the record is not what was written.</summary>
public sealed record AuditBreak(long Number, string Why);
