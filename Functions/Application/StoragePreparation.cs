namespace Autopay.Application;

/// <summary>Whether everything is there that is kept in: tables, queues, containers. What needs any of it does not run before.</summary>
public sealed class StoragePreparation
{
    private volatile string? whyNot = "the storage is being prepared";

    /// <summary>A sentence for anybody; null when all is there.</summary>
    public string? WhyNot => whyNot;

    public void IsDone() => whyNot = null;

    public void Failed(string why) => whyNot = why;
}
