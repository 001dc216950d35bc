using Autopay.Application.ProviderEvents;

namespace Autopay.Application.Ports.Provider;

public enum PayoutLineKind
{
    Charge,
    Refund,
    Dispute,

    /// <summary>Fees, adjustments and whatever else the provider books.</summary>
    Other,
}

/// <summary>One line inside a payout, cents.</summary>
/// <param name="SourceId">The provider's id of the charge, refund or dispute.</param>
public sealed record PayoutLine(
    PayoutLineKind Kind,
    string SourceId,
    string? IntentId,
    long AmountCents,
    long FeeCents
);

/// <summary>One sum that the provider sent to the city's bank: what a bank statement shows as one deposit.</summary>
public sealed record ProviderPayout(
    string Id,
    DateOnly ArrivesOn,
    string Status,
    long AmountCents,
    IReadOnlyList<PayoutLine> Lines
);

public interface IPayoutRecords
{
    /// <summary>The payouts that arrive in these days, with every line in them.</summary>
    /// <exception cref="ProviderAwayException">They could not be read whole.</exception>
    Task<IReadOnlyList<ProviderPayout>> ReadPayoutsAsync(DateOnly from, DateOnly to, CancellationToken cancel);
}
