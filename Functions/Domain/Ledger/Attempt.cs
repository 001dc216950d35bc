using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

public enum AttemptPhase
{
    /// <summary>Saved before the provider was asked (P0): knowing the number is knowing the keys.</summary>
    Planned,

    /// <summary>
    /// The pre-charge check said yes and the intent's id is saved (P2): from here on the bills are in flight.
    /// </summary>
    Locked,

    /// <summary>Confirmed perhaps; only the intent itself can tell.</summary>
    Unknown,

    /// <summary>The bank is asked and has not answered yet.</summary>
    Submitted,

    Collected,

    /// <summary>The bank said no.</summary>
    Refused,

    /// <summary>Dead without having been submitted: its intent is cancelled or never came to be.</summary>
    Abandoned,
}

/// <summary>
/// One try of the provider to collect a debit. Attempt n+1 exists only when attempt n is proven dead or never got an
/// intent (I15).
/// </summary>
public sealed record Attempt
{
    public const string Usd = "usd";

    /// <summary>The bank answers an ACH debit within 4 banking days; from the fifth on we ask (F21).</summary>
    private const int BankAnswersWithinDays = 5;

    /// <summary>
    /// The version of the controls of an attempt that was taken over after a restore: no pre-charge check of these
    /// books saw it.
    /// </summary>
    public const long NotLookedAt = -1;

    public required DebitId Debit { get; init; }

    public required int Number { get; init; }

    public AttemptPhase Phase { get; init; }

    /// <summary>The sum of the lines.</summary>
    public required Money Amount { get; init; }

    /// <summary>What was open on each bill at P0 (R11).</summary>
    public required IReadOnlyList<AttemptLine> Lines { get; init; }

    public string Currency { get; init; } = Usd;

    public required string Customer { get; init; }

    public required string PaymentMethod { get; init; }

    public string? Mandate { get; init; }

    /// <summary>
    /// When the keys were made, UTC: after 20 hours they may be pruned at the provider and are not used to create
    /// again.
    /// </summary>
    public required DateTimeOffset KeyAt { get; init; }

    /// <summary>
    /// When the last step was saved, UTC: recovery leaves a fresh attempt to the worker that drives it.
    /// </summary>
    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>The approved release under which it is sent; null where none is asked for (I25).</summary>
    public ReleaseGrant? Grant { get; init; }

    public string? IntentId { get; init; }

    /// <exception cref="InvalidOperationException">No intent of it is known: the provider was not asked, or did not
    /// answer.</exception>
    [JsonIgnore]
    public string Intent =>
        IntentId ?? throw new InvalidOperationException($"Attempt {Number} of debit {Debit} has no intent.");

    /// <summary>The civil day on which the pre-charge check said yes; null before (R27).</summary>
    public DateOnly? LockedOn { get; init; }

    /// <summary>Money came in for the account since: what was never sent is decided anew then (R27).</summary>
    public bool PaymentSinceLocked { get; init; }

    /// <summary>The version of the controls that the pre-charge check saw (I2).</summary>
    public long? ControlsVersion { get; init; }

    /// <summary>The bank's or the provider's code of a "no".</summary>
    public string? Code { get; init; }

    public DateOnly? SubmittedOn { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    /// <exception cref="InvalidOperationException">It was never submitted.</exception>
    [JsonIgnore]
    public DateOnly SubmissionDay =>
        SubmittedOn ?? throw new InvalidOperationException($"Attempt {Number} of debit {Debit} was never submitted.");

    /// <summary>The banking day from which on the provider is asked for an answer that is missing.</summary>
    /// <exception cref="InvalidOperationException">It was never submitted.</exception>
    [JsonIgnore]
    public DateOnly AnswerBy => BankingCalendar.AddBankingDays(SubmissionDay, BankAnswersWithinDays);

    [JsonIgnore]
    public string CreateKey => IdempotencyKeys.Create(Debit, Number);

    [JsonIgnore]
    public string ConfirmKey => IdempotencyKeys.Confirm(Debit, Number);

    /// <summary>Whether customer, payment method and mandate are still those that it was made with.</summary>
    public bool IsMadeWith(Enrolment now) =>
        (now.Customer, now.PaymentMethod, now.Mandate) == (Customer, PaymentMethod, Mandate);

    public string CancelKeyAt(DateTimeOffset now) => IdempotencyKeys.Cancel(Debit, Number, now);
}

public sealed record AttemptLine(BillId Bill, Money Cents);
