namespace Autopay.Application.Ports.Books;

/// <summary>What was begun, or done, under an operation's id.</summary>
/// <param name="What">The kind of change.</param>
public sealed record RecordedOperation(ChangeOperation Operation, string What, Authority Authority)
{
    /// <summary>The path of the request: whose change it is.</summary>
    public string Path { get; init; } = "";

    /// <summary>The version of the controls that it made; null where it changed something else, or nothing yet.
    /// </summary>
    public long? Version { get; init; }

    /// <summary>The HTTP status that was answered; null while the answer is not recorded.</summary>
    public int? Status { get; init; }

    /// <summary>The body that was answered; null where it was none, or a very long one.</summary>
    public string? Answer { get; init; }

    /// <summary>Until then (UTC) nobody else takes it up: whoever began it may be at work.</summary>
    public DateTimeOffset? TakenUntil { get; init; }

    /// <summary>Which request is at it, made up by that request.</summary>
    public string? Turn { get; init; }

    /// <summary>Of the row, guards what follows on what was read; null before it is stored.</summary>
    public string? Tag { get; init; }

    public bool IsDone => Version is not null || Status is not null;
}

/// <summary>
/// Operations by the ids that people's pages make up, beside the city's controls: a change of those records its
/// operation in its own write, every other one is begun here, made, and recorded.
/// </summary>
public interface IOperationStore
{
    /// <returns>Null when nothing was begun under that id.</returns>
    Task<RecordedOperation?> FindAsync(string id, CancellationToken cancel);

    /// <summary>Writes it down before anything is changed, or takes it up again where the tag is its own.</summary>
    /// <returns>Null when somebody else was first.</returns>
    Task<RecordedOperation?> TryBeginAsync(RecordedOperation begun, CancellationToken cancel);

    /// <summary>It is done, and this was answered.</summary>
    Task RecordAsync(RecordedOperation done, CancellationToken cancel);

    /// <summary>It has changed nothing: unless somebody has recorded it since, its id is free again.</summary>
    Task ForgetAsync(RecordedOperation begun, CancellationToken cancel);
}
