namespace Autopay.Pages.Protections;

/// <summary>A protection in a list.</summary>
/// <param name="EndLink">The query of the form that ends it.</param>
public sealed record ProtectionRow(string Why, string Cycles, string What, bool IsInForce, string EndLink);
