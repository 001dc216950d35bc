namespace Autopay.Application;

/// <summary>
/// Whether everything is there that is kept in: tables, queues, containers. What needs any of it does not run before.
/// </summary>
public sealed class StoragePreparation
{
    private readonly TaskCompletionSource prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? whyNot = "the storage is being prepared";

    /// <summary>A sentence for anybody; null when all is there.</summary>
    public string? WhyNot => whyNot;

    /// <summary>Ends when all is there.</summary>
    public Task Prepared => prepared.Task;

    public void IsDone()
    {
        whyNot = null;
        prepared.TrySetResult();
    }

    public void Failed(string why) => whyNot = why;
}
