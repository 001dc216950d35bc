namespace Autopay.LocalHost;

/// <summary>Marks the endpoints that this host mapped itself.</summary>
internal sealed class HostEndpoint
{
    public static HostEndpoint Instance { get; } = new();
}
