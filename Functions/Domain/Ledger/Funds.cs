using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

public enum FundsSource
{
    /// <summary>Money that came in through another channel: cash, check, card, online (R13).</summary>
    BackPayment,

    /// <summary>
    /// Collected from the customer and no longer owed after an adjustment; finance's refund list (R5).
    /// </summary>
    OverCollected,

    /// <summary>A credit bill, or an adjustment below zero: the account's money under the bill's id (R5).</summary>
    BilledCredit,

    /// <summary>Collected by an intent that the restored books do not know: taken in as the account's money.</summary>
    Recovered,
}

/// <summary>
/// Money of the account that pays bills "as paid elsewhere". Conservation: amount = applied + left (credit) + reversed
/// + refunded (I3).
/// </summary>
public sealed record Funds
{
    public required PaymentId Id { get; init; }

    public required FundsSource Source { get; init; }

    public required Money Amount { get; init; }

    public string Channel { get; init; } = "";

    public string Drawer { get; init; } = "";

    /// <summary>When the customer paid: what counts for penalties (R13).</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>When it reached our books.</summary>
    public required DateOnly PostedOn { get; init; }

    public BillId? NamedBill { get; init; }

    /// <summary>
    /// Whose money it is, when the account has got another payer since; null: the account's payer of today (R34).
    /// </summary>
    public string? Payer { get; init; }

    /// <summary>The debit whose collected money this was (over-collected funds only).</summary>
    public DebitId? CollectedBy { get; init; }

    public IReadOnlyList<AttemptLine> Applied { get; init; } = [];

    public Money Reversed { get; init; }

    /// <summary>Given back out of this credit, or set aside to be.</summary>
    public Money Refunded { get; init; }

    /// <summary>The debit that was with the bank when this payment came in.</summary>
    public DebitId? WhileInFlight { get; init; }

    /// <summary>
    /// The debits that took, or are taking, the money that this payment left as credit when it was posted (R28).
    /// </summary>
    public IReadOnlyList<DebitShare> AlsoTakenBy { get; init; } = [];

    /// <summary>It contradicts the clear of its cycle; null when it does not.</summary>
    public LateReceipt? Late { get; init; }

    /// <summary>Finance looked and leaves it as credit.</summary>
    public bool Kept { get; init; }

    /// <summary>The credit that is left of it.</summary>
    [JsonIgnore]
    public Money Left => Amount - Reversed - Refunded - Applied.Sum(application => application.Cents);

    public Money AppliedTo(BillId bill) =>
        Applied.Where(application => application.Bill == bill).Sum(application => application.Cents);

    public Funds Apply(BillId bill, Money cents) =>
        this with
        {
            Applied =
            [
                .. Applied.Where(application => application.Bill != bill),
                new AttemptLine(bill, AppliedTo(bill) + cents),
            ],
        };

    public Funds Unapply(BillId bill, Money cents) =>
        this with
        {
            Applied =
            [
                .. Applied
                    .Select(application =>
                        application.Bill == bill ? application with { Cents = application.Cents - cents } : application
                    )
                    .Where(application => application.Cents.IsPositive),
            ],
        };
}

/// <summary>What one debit asked the bank for, of the bills that a payment was meant for; cents.</summary>
public sealed record DebitShare(DebitId Debit, Money Cents);
