namespace Autopay.LocalHost.Azurite;

public sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    internal static AzuritePorts AnyFree { get; } = new(0, 0, 0);
}
