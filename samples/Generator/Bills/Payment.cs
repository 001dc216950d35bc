namespace Autopay.Samples.Generator.Bills;

/// <summary>One row of a payments file.</summary>
internal sealed record Payment(string AccountId, long Cents, string Channel, DateOnly Received, Bill? Named)
{
    /// <summary>No account pays more than once at the counter.</summary>
    public string Id => $"P{AccountId}";
}
