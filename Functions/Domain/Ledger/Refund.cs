using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

public enum RefundKind
{
    /// <summary>
    /// Money given back later: the account's credit goes first, then what the debit's bills collected.
    /// </summary>
    Refund,

    /// <summary>The whole debit taken back by us within five banking days; its bills reopen.</summary>
    Reversal,
}

public enum RefundState
{
    /// <summary>Saved before the provider was asked; the cents are set aside.</summary>
    Requested,

    /// <summary>Asked, and no answer that says anything: only the intent's list of refunds can tell.</summary>
    Unknown,

    /// <summary>The provider has it.</summary>
    Sent,

    Paid,

    /// <summary>Nothing went out, or it came back: the cents are where they were.</summary>
    Failed,
}

/// <summary>
/// Money of a collected debit on its way back to the customer. Saved with its key before the provider is asked, like an
/// attempt; what it takes is set aside at once, so that nothing else can use it.
/// </summary>
public sealed record Refund
{
    public required DebitId Debit { get; init; }

    public required int Number { get; init; }

    /// <summary>
    /// The caller's own id, or the provider's where it was made there: the same again changes nothing.
    /// </summary>
    public required string RequestId { get; init; }

    public required RefundKind Kind { get; init; }

    /// <summary>Cents; the sum of <see cref="Credit"/> and <see cref="Lines"/>.</summary>
    public required Money Amount { get; init; }

    /// <summary>Taken from the account's unapplied credit.</summary>
    public IReadOnlyList<CreditPart> Credit { get; init; } = [];

    /// <summary>Taken from what bills collected: they reopen, blocked.</summary>
    public IReadOnlyList<AttemptLine> Lines { get; init; } = [];

    public RefundState State { get; init; }

    public required string Why { get; init; }

    public required DateOnly RequestedOn { get; init; }

    /// <summary>When the key was made, UTC.</summary>
    public required DateTimeOffset KeyAt { get; init; }

    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>The provider's id.</summary>
    public string? RefundId { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    [JsonIgnore]
    public string Key => IdempotencyKeys.Refund(Debit, Number);

    /// <summary>Not settled: somebody must look at it again.</summary>
    [JsonIgnore]
    public bool IsOpen => State is RefundState.Requested or RefundState.Unknown or RefundState.Sent;

    /// <summary>Its cents are gone, or set aside to go.</summary>
    [JsonIgnore]
    public bool Counts => State != RefundState.Failed;

    /// <param name="sign">1 sets its cents aside, -1 puts them back to where they were taken from.</param>
    internal AccountLedger MoveCents(AccountLedger ledger, int sign)
    {
        var fromCredit = Credit.Aggregate(
            ledger,
            (changed, part) =>
                changed.WithFunds(
                    part.Funds,
                    funds => funds with { Refunded = funds.Refunded + new Money(sign * part.Cents.Cents) }
                )
        );
        return Lines.Aggregate(
            fromCredit,
            (changed, line) =>
                changed.WithBill(
                    line.Bill,
                    bill => bill with { Collected = bill.Collected - new Money(sign * line.Cents.Cents) }
                )
        );
    }
}

/// <summary>Cents of one payment's credit.</summary>
public sealed record CreditPart(PaymentId Funds, Money Cents);

/// <summary>What the provider says of one refund.</summary>
/// <param name="Number">The number in our metadata; null when it was not made by us.</param>
/// <param name="State">Never <see cref="RefundState.Requested"/>.</param>
public sealed record RefundReading(
    string RefundId,
    string IntentId,
    Money Amount,
    RefundState State,
    int? Number,
    string? Debit
)
{
    /// <summary>
    /// The request that it was made for, by our metadata: books that forgot it know it again by this.
    /// </summary>
    public string? RequestId { get; init; }

    public RefundKind Kind { get; init; }
}
