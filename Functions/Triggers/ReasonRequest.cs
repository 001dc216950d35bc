namespace Autopay.Triggers;

/// <summary>The body of a change that needs nothing but its reason.</summary>
/// <param name="Reason">Why, in words that the history shows.</param>
public sealed record ReasonRequest(string Reason);
