using Autopay.Application;

namespace Autopay.Pages.Accounts;

/// <param name="Text">What was looked for; empty: nothing yet.</param>
/// <param name="Note">Why an intent of Stripe's was not found; null of all else.</param>
public sealed record FindModel(string Text, IReadOnlyList<FoundThing> Found, string? Note);

/// <param name="Bill">Of a bill: its cycle and due date, as far as the account still has it.</param>
public sealed record FoundThing(Found Hit, Bill? Bill);
