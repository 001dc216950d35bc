namespace Autopay.Application.Ledgers;

/// <summary>Names one save, so that a lost answer to it is recognised as our own.</summary>
public static class OperationId
{
    public static string New() => Guid.NewGuid().ToString("N");
}
