using Autopay.Application.Auditing;

namespace Autopay.Pages.Operating;

/// <param name="Next">Asks for the next page; null on the last one.</param>
/// <param name="Report">Of the whole record, whatever the filter.</param>
public sealed record AuditModel(AuditPage Page, AuditFilter Filter, string? Next, AuditReport Report)
{
    /// <summary>The kinds of acts, as the record names them.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. typeof(ControlChange)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ControlChange)))
            .Select(type => char.ToLowerInvariant(type.Name[0]) + type.Name[1..])
            .Order(StringComparer.Ordinal),
    ];
}
