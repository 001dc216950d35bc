using System.Text.Json.Serialization;

namespace Autopay.Domain.Provider;

/// <summary>What our books make of an event's word.</summary>
public enum ClaimVerdict
{
    /// <summary>Only the intent itself can tell.</summary>
    Ask,

    /// <summary>The books say the same already.</summary>
    Known,

    /// <summary>Its attempt is being charged right now: whoever does that hears the answer and records it.</summary>
    UnderWay,
}

/// <summary>
/// What an event says of its intent. It is no evidence and changes nothing; it only spares a look at the intent where
/// the books say the same, or where somebody looks at it anyway.
/// </summary>
public sealed record IntentClaim
{
    public required string IntentId { get; init; }

    public required DebitId Debit { get; init; }

    public required int Attempt { get; init; }

    /// <summary>By name in whatever JSON: the host reads messages with options of its own.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<IntentStatus>))]
    public required IntentStatus Status { get; init; }

    public required Money Amount { get; init; }

    /// <summary>What it says was collected.</summary>
    public Money Received { get; init; }

    /// <param name="freshSince">An attempt that was touched after this is in the hands of whoever touched it.</param>
    public ClaimVerdict Against(AccountLedger? ledger, DateTimeOffset freshSince)
    {
        var debit = ledger?.FindDebit(Debit);
        if (debit?.Attempts.FirstOrDefault(it => it.Number == Attempt) is not { } attempt || !IsOf(attempt))
        {
            return ClaimVerdict.Ask;
        }

        var isUnderWay =
            attempt.Phase is AttemptPhase.Planned or AttemptPhase.Locked
            && attempt.TouchedAt > freshSince
            && debit is { Stopped: false, Discrepancy: null };
        return isUnderWay ? ClaimVerdict.UnderWay
            : IsShownBy(attempt) ? ClaimVerdict.Known
            : ClaimVerdict.Ask;
    }

    // A planned attempt, or one that was abandoned before the pre-charge check, has no intent in the books yet.
    private bool IsOf(Attempt attempt) => attempt.Amount == Amount && (attempt.IntentId ?? IntentId) == IntentId;

    private bool IsShownBy(Attempt attempt) =>
        Status switch
        {
            IntentStatus.Succeeded => attempt is { Phase: AttemptPhase.Collected, IntentId: not null }
                && Received == attempt.Amount,
            IntentStatus.Dead => attempt is { Phase: AttemptPhase.Refused, IntentId: not null },
            IntentStatus.RequiresAction => attempt is { Phase: AttemptPhase.Refused, Code: ReturnCodes.RequiresAction },
            IntentStatus.Cancelled => attempt.Phase is AttemptPhase.Refused or AttemptPhase.Abandoned,
            _ => false,
        };
}
