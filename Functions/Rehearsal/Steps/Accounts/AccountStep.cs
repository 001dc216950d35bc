using System.Text.Json.Serialization;

namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>A person changes one account.</summary>
internal abstract record AccountStep : TimelineStep
{
    // Of several fields that are missing, the first in this order is reported.
    [JsonPropertyOrder(-2)]
    public required string Account { get; init; }

    /// <summary>The change in words, without its reason.</summary>
    protected virtual string What => $"account {Account}";

    internal override async Task<string> PlayAsync(StepContext context)
    {
        await context.ChangeAsync(new AccountId(Account), ToCommand, Why);
        return WithReason(What);
    }

    protected abstract LedgerCommand ToCommand(Moment now);
}
