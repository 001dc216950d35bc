namespace Autopay.StripeSandbox;

internal static class EventTypes
{
    /// <summary>`charge.*` stands for every event of charges, `*` for every event.</summary>
    public static bool Match(string type, string wanted) =>
        wanted.EndsWith('*') ? type.StartsWith(wanted[..^1], StringComparison.Ordinal) : type == wanted;
}
