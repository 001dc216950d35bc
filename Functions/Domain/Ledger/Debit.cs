using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

/// <summary>The states of rules.md; the terminal ones never change.</summary>
public enum DebitState
{
    Scheduled,
    Deferred,
    NeedsReview,
    Merged,
    Charging,
    Unknown,
    Submitted,
    RetryScheduled,
    Cancelled,
    Satisfied,
    Collected,
    Superseded,
    Uncollected,
    Declined,
}

/// <summary>Our intent to collect one or more bills from an account on a date. It has one line per bill.</summary>
public sealed record Debit
{
    public required DebitId Id { get; init; }

    public required DateOnly DueDate { get; init; }

    public required IReadOnlyList<DebitLine> Lines { get; init; }

    public DebitState State { get; init; }

    /// <summary>Why the debit is where it is, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>The parent that holds this debit's lines while it is <see cref="DebitState.Merged"/>.</summary>
    public DebitId? MergedInto { get; init; }

    /// <summary>Every hold that keeps the debit deferred (R7).</summary>
    public IReadOnlyList<DeferralId> HeldBy { get; init; } = [];

    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>
    /// The checks that sent the debit to a person, and those that a person waived for one amount (R25).
    /// </summary>
    public IReadOnlyList<ReviewCheck> Reviews { get; init; } = [];

    public IReadOnlyList<WaivedCheck> Waived { get; init; } = [];

    /// <summary>Scheduled in place of a refused retry (R18): neither folds nor is a target (R8).</summary>
    public bool BornOfRetry { get; init; }

    /// <summary>The debit of which it has a part, for a later cycle (R45): neither folds nor is a target.</summary>
    public DebitId? SplitFrom { get; init; }

    /// <summary>The banking day of the next retry; set from the first retryable "no" on (R17).</summary>
    public DateOnly? RetryOn { get; init; }

    /// <summary>The bank's retryable answers "no" so far.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>
    /// What contradicts the living attempt: on the stuck list until the provider's word resolves it (R25).
    /// </summary>
    public string? Discrepancy { get; init; }

    /// <summary>It waits for something that may never come: on finance's list since then (R32).</summary>
    public NotCollected? NotCollected { get; init; }

    /// <summary>
    /// Why the provider refused the last confirm, for a reason that is not the payment method's: a person must look
    /// (R27).
    /// </summary>
    public string? ConfirmRefused { get; init; }

    /// <summary>What an approved release lets go of it; null while it waits for one, or needs none (I25).</summary>
    public ReleaseGrant? Grant { get; init; }

    /// <summary>What the customer was told about the debit, or is to be told, oldest first (R44).</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>Nothing more is tried with the living attempt until a person has looked.</summary>
    public bool Stopped { get; init; }

    /// <summary>
    /// The W3C trace context of what scheduled the debit, such as an import: its charge and its settlement join that
    /// trace.
    /// </summary>
    public string? Trace { get; init; }

    public required DateOnly ScheduledOn { get; init; }

    public DateOnly? DeferredOn { get; init; }

    public DateOnly? ClosedOn { get; init; }

    /// <summary>
    /// What was returned after <see cref="DebitState.Collected"/> (R20); the debit keeps its state and amount.
    /// </summary>
    public Money ReturnedCents { get; init; }

    /// <summary>
    /// What was returned although it had been given back before: no bill shows it, and a person is told.
    /// </summary>
    public Money Lost { get; init; }

    /// <summary>Why and when it last came back; null when it never did.</summary>
    public BankReturn? BankReturn { get; init; }

    /// <summary>What of it was given back, or is on its way.</summary>
    public IReadOnlyList<Refund> Refunds { get; init; } = [];

    /// <summary>No attempt alive: <c>Scheduled</c>, <c>Deferred</c> or <c>RetryScheduled</c>.</summary>
    [JsonIgnore]
    public bool IsUnsent => State is DebitState.Scheduled or DebitState.Deferred or DebitState.RetryScheduled;

    [JsonIgnore]
    public bool IsTerminal =>
        State
            is DebitState.Cancelled
                or DebitState.Satisfied
                or DebitState.Collected
                or DebitState.Superseded
                or DebitState.Uncollected
                or DebitState.Declined;

    /// <summary>An attempt is alive at the provider, or may be.</summary>
    [JsonIgnore]
    public bool IsCharging => State is DebitState.Charging or DebitState.Unknown or DebitState.Submitted;

    /// <summary>
    /// Whether the debit waits to repeat an attempt that the bank refused: same debit, same amount (R17).
    /// </summary>
    [JsonIgnore]
    public bool IsRetry => IsUnsent && RetryOn is not null;

    /// <exception cref="InvalidOperationException">It was never refused for a reason that may be retried.</exception>
    [JsonIgnore]
    internal DateOnly RetryDay =>
        RetryOn ?? throw new InvalidOperationException($"Debit {Id} is {State} and waits for no retry.");

    [JsonIgnore]
    public Attempt? LastAttempt => Attempts.Count == 0 ? null : Attempts[^1];

    /// <exception cref="InvalidOperationException">Nothing of the debit was ever attempted.</exception>
    [JsonIgnore]
    public Attempt Attempted =>
        LastAttempt ?? throw new InvalidOperationException($"Debit {Id} is {State} and was never attempted.");

    [JsonIgnore]
    public Attempt? LivingAttempt => IsCharging ? LastAttempt : null;

    /// <exception cref="InvalidOperationException">No attempt of the debit is alive.</exception>
    [JsonIgnore]
    public Attempt Living =>
        LivingAttempt ?? throw new InvalidOperationException($"Debit {Id} is {State}: no attempt of it is alive.");

    /// <summary>Where it goes when nothing holds it and nothing of it is sent.</summary>
    [JsonIgnore]
    internal DebitState StateUnsent => RetryOn is null ? DebitState.Scheduled : DebitState.RetryScheduled;

    /// <summary>A bill that joins a deferred debit is deferred with it.</summary>
    [JsonIgnore]
    internal BillMarks MarkInside => State == DebitState.Deferred ? BillMarks.Deferred : BillMarks.None;

    /// <summary>The last attempt that was submitted: what the bank was asked for.</summary>
    [JsonIgnore]
    public Attempt? LastSubmitted => Attempts.LastOrDefault(attempt => attempt.SubmittedOn is not null);

    /// <summary>The submission that the retry repeats.</summary>
    /// <exception cref="InvalidOperationException">Nothing of the debit was ever submitted.</exception>
    [JsonIgnore]
    internal Attempt Submission =>
        LastSubmitted ?? throw new InvalidOperationException($"Debit {Id} is {State} and was never submitted.");

    [JsonIgnore]
    public DateOnly? FirstSubmittedOn =>
        Attempts.FirstOrDefault(attempt => attempt.SubmittedOn is not null)?.SubmittedOn;

    /// <summary>Given back, or set aside to be (cents).</summary>
    [JsonIgnore]
    public Money Refunded => Refunds.Where(refund => refund.Counts).Sum(refund => refund.Amount);

    /// <summary>What of a collected debit is still with the utility, cents.</summary>
    [JsonIgnore]
    public Money Kept =>
        State == DebitState.Collected
            ? Money.Max(Money.Zero, Attempted.Amount - ReturnedCents - Lost - Refunded)
            : Money.Zero;

    public bool Names(BillId bill) => Lines.Any(line => line.Bill == bill);

    /// <exception cref="InvalidOperationException">It has no refund of that number.</exception>
    public Refund RefundOf(int number) =>
        Refunds.FirstOrDefault(refund => refund.Number == number)
        ?? throw new InvalidOperationException($"Debit {Id} has no refund {number}.");

    internal Debit WithRefund(int number, Func<Refund, Refund> change) =>
        this with
        {
            Refunds = [.. Refunds.Select(refund => refund.Number == number ? change(refund) : refund)],
        };

    /// <exception cref="InvalidOperationException">It has no notice of that number.</exception>
    internal Debit WithNotice(int number, Func<Notice, Notice> change) =>
        Notices.Any(notice => notice.Number == number)
            ? this with
            {
                Notices = [.. Notices.Select(notice => notice.Number == number ? change(notice) : notice)],
            }
            : throw new InvalidOperationException($"Debit {Id} has no notice {number}.");

    internal Debit WithLastAttempt(Func<Attempt, Attempt> change) =>
        this with
        {
            Attempts = [.. Attempts.SkipLast(1), change(Attempts[^1])],
        };

    internal Debit WithPaymentSinceLocked() =>
        LivingAttempt is { Phase: AttemptPhase.Locked }
            ? WithLastAttempt(attempt => attempt with { PaymentSinceLocked = true })
            : this;
}

/// <summary>Why a debit collects nothing, and since when.</summary>
public sealed record NotCollected(string Reason, DateOnly Since);

/// <summary>The last dispute or return of a collected debit (R20).</summary>
/// <param name="Code">The bank's return code, or what the provider calls the dispute.</param>
public sealed record BankReturn(string Code, DateOnly On);

/// <summary>One bill inside a debit.</summary>
public sealed record DebitLine
{
    public required BillId Bill { get; init; }

    /// <summary>
    /// The debits that this line was moved out of, oldest first: what an un-merge goes back along (R8).
    /// </summary>
    public IReadOnlyList<Hop> Trail { get; init; } = [];

    /// <summary>It was too little for a charge and joined another debit (R11).</summary>
    [JsonIgnore]
    public bool WasCarried => Trail.Any(hop => hop.Deferral is null);

    public bool WasFoldedBy(DeferralId deferral) => Trail.Any(hop => hop.Deferral == deferral);
}

/// <summary>One move of a line into another debit: by a merge deferral, or carried (null, R11).</summary>
public sealed record Hop(DebitId From, DeferralId? Deferral);

public enum ReviewCheck
{
    /// <summary>Strictly over the customer's cap (R12).</summary>
    OverCap,

    /// <summary>The billing system knows of money that we do not (R4, R16).</summary>
    Balance,

    /// <summary>The provider does not take the confirm, and not because of the payment method (R27).</summary>
    Provider,

    /// <summary>The bill is of a former payer (R34).</summary>
    Payer,

    /// <summary>The bill arrived long after, or long before, its due date (R35).</summary>
    DueDate,

    /// <summary>
    /// A file says something else of the bill, or of a payment of the account, than what is stored (R29, R31).
    /// </summary>
    Correction,

    /// <summary>More than the approved release has, or another payment method (I25).</summary>
    Drift,

    /// <summary>Several bills at once, many times what the account is used to: the customer is asked (R45).</summary>
    BillShock,

    /// <summary>The bill looks like another one under another number (R41).</summary>
    Twin,
}

/// <summary>A check that a person waived once, for this amount only (R25).</summary>
public sealed record WaivedCheck(ReviewCheck Check, Money Amount);
