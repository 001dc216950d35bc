namespace Autopay.LocalHost;

public sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    internal static AzuritePorts AnyFree { get; } = new(0, 0, 0);
}
