namespace Autopay.Domain;

/// <summary>What the accounts file says of an account. The provider's ids are references: no bank or card number is ever kept.</summary>
public sealed record Enrolment
{
    public required CycleNumber Cycle { get; init; }

    public string ServiceArea { get; init; } = "";

    public required bool Autopay { get; init; }

    public required string Customer { get; init; }

    public required string PaymentMethod { get; init; }

    public string? Mandate { get; init; }

    /// <summary>The customer's cap per debit, cents; null is no cap (R12).</summary>
    public Money? MaxDebit { get; init; }

    public string? Email { get; init; }
}

public enum SuspensionKind
{
    /// <summary>The payment method caused it: a new one lifts it (R19).</summary>
    PaymentMethod,

    /// <summary>Frozen for review: only a person lifts it (R19).</summary>
    Frozen,

    /// <summary>Too many debits came back within a year: only a person lifts it (R36).</summary>
    Returns,

    /// <summary>A person suspended the account; only a person lifts it.</summary>
    Person,
}

/// <summary>Why an account's unsent debits are deferred.</summary>
public sealed record Suspension(SuspensionKind Kind, string Reason, DateOnly Since);
