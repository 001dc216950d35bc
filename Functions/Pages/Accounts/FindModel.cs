using Autopay.Application;

namespace Autopay.Pages.Accounts;

/// <param name="Text">What was looked for; empty: nothing yet.</param>
/// <param name="IsIntent">Stripe's own id, which is not indexed here.</param>
public sealed record FindModel(string Text, IReadOnlyList<FoundThing> Found, bool IsIntent);

/// <param name="Bill">Of a bill: its cycle and due date, as far as the account still has it.</param>
public sealed record FoundThing(Found Hit, Bill? Bill);
