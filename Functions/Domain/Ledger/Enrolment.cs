using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

/// <summary>
/// What the accounts file says of an account. The provider's ids are references: no bank or card number is ever kept.
/// </summary>
public sealed record Enrolment
{
    public required CycleNumber Cycle { get; init; }

    public string ServiceArea { get; init; } = "";

    public required bool Autopay { get; init; }

    /// <summary>Empty is none (R39).</summary>
    public required string Customer { get; init; }

    /// <summary>Empty is none (R39).</summary>
    public required string PaymentMethod { get; init; }

    public string? Mandate { get; init; }

    /// <summary>The customer's cap per debit, cents; null is no cap (R12).</summary>
    public Money? MaxDebit { get; init; }

    public string? Email { get; init; }

    /// <summary>In which the customer is written to: <c>en</c>, <c>es</c>; null is both.</summary>
    public string? Language { get; init; }

    /// <summary>The last civil day of the card's last month; null where it is no card, or not known.</summary>
    public DateOnly? CardExpires { get; init; }

    /// <summary>False while the provider's ids are not known: so it may be with autopay off only (R39).</summary>
    [JsonIgnore]
    public bool CanBeCharged => Customer.Length > 0 && PaymentMethod.Length > 0;

    /// <summary>How it is charged; null while that is not known.</summary>
    [JsonIgnore]
    public MeansOfPayment? Means => PaymentMethod.Length > 0 ? new MeansOfPayment(PaymentMethod, Mandate) : null;

    /// <summary>Without how it was charged, and how its customer was written to.</summary>
    public Enrolment WithoutMeans() =>
        this with
        {
            PaymentMethod = "",
            Mandate = null,
            CardExpires = null,
            Email = null,
        };
}

/// <summary>A payment method of the provider, and the mandate to use it.</summary>
public sealed record MeansOfPayment(string PaymentMethod, string? Mandate);

/// <summary>Parts of what an accounts file says of an account.</summary>
[Flags]
public enum EnrolmentParts
{
    None = 0,
    ServiceArea = 1,
    Customer = 2,
    PaymentMethod = 4,
    Mandate = 8,
    MaxDebit = 16,
    Email = 32,
    Language = 64,
    CardExpires = 128,
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
