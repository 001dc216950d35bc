namespace Autopay.Domain.Provider;

/// <summary>What a payment intent says of itself; the only evidence there is.</summary>
public enum IntentStatus
{
    /// <summary>A status that we do not know: nothing may be concluded from it.</summary>
    Unknown,

    /// <summary>Never confirmed: no charge, no error.</summary>
    Untouched,

    /// <summary>The bank is asked.</summary>
    Processing,

    Succeeded,

    /// <summary>
    /// Confirmed and refused; it could be confirmed again, so it is cancelled before another attempt.
    /// </summary>
    Dead,

    Cancelled,

    /// <summary>The customer must act (microdeposits, 3-D Secure) (R21).</summary>
    RequiresAction,
}

/// <summary>One reading of one payment intent.</summary>
public sealed record IntentReading
{
    public required string IntentId { get; init; }

    public required IntentStatus Status { get; init; }

    public required Money Amount { get; init; }

    public string Currency { get; init; } = Attempt.Usd;

    public string Customer { get; init; } = "";

    public string PaymentMethod { get; init; } = "";

    /// <summary>The bank's return code, or the provider's own, of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>What the provider collected, cents.</summary>
    public Money Received { get; init; }

    /// <summary>
    /// All that ever came back after it succeeded, cents: ACH disputes at once, card disputes when lost (R20).
    /// </summary>
    public Money ReturnedCents { get; init; }

    public string? ReturnedCode { get; init; }

    /// <summary>Given back through the provider, or on its way, cents.</summary>
    public Money Refunded { get; init; }

    /// <summary>What of the collected money neither came back nor was given back, cents.</summary>
    public Money KeptByUs => Money.Max(Money.Zero, Received - ReturnedCents - Refunded);

    /// <summary>An ACH dispute ends the mandate.</summary>
    public bool EndsMandate { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? AccountId { get; init; }

    public string? DebitId { get; init; }

    public int? AttemptNumber { get; init; }

    public string? Environment { get; init; }
}
