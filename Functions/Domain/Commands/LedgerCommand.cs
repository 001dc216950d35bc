using System.Collections.Immutable;

namespace Autopay.Domain.Commands;

/// <summary>Something asked of one account's ledger. Time is a field: the domain reads no clock.</summary>
public abstract record LedgerCommand(Moment Now)
{
    /// <summary>The import whose row asks it; null outside of one.</summary>
    public string? Source { get; init; }

    /// <summary>May this happen now, and what follows? The events are emitted.</summary>
    /// <exception cref="RefusedException">The rules refuse what was asked; nothing changes.</exception>
    internal abstract void Decide(Draft draft);
}

/// <summary>A row of the accounts file; a later one updates.</summary>
public sealed record Enrol(Enrolment Enrolment, Moment Now) : LedgerCommand(Now)
{
    /// <summary>
    /// When its file was received, or was asked for once more: it may be applied later, and in two parts. Null is now.
    /// </summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>What the file has no column for: of that it says nothing, and what is known stays (D100).</summary>
    public EnrolmentParts Unsaid { get; init; }

    internal override void Decide(Draft draft) => Enrolling.Enrol(draft, this);
}

/// <summary>A row of a bills file (R3).</summary>
public sealed record ImportBill(Bill Bill, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Billing.Import(draft, Bill);
}

/// <summary>A back payment, by its id once (R13).</summary>
public sealed record PostBackPayment(Funds Payment, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => CashApplication.Post(draft, Payment);
}

/// <summary>A back payment that was taken back: a bounced check, or keyed to the wrong account (R5).</summary>
public sealed record ReversePayment(PaymentId Payment, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => CashApplication.Reverse(draft, Payment, Why);
}

/// <summary>A bill adjustment, signed cents, by its id once (R5).</summary>
public sealed record AdjustBill(string AdjustmentId, BillId Bill, Money Amount, string Why, Moment Now)
    : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Billing.Adjust(draft, this);
}

/// <summary>The billing system's word on what is open on a bill; compares only (R16).</summary>
public sealed record CompareBalance(BillId Bill, Money Open, DateOnly AsOf, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => BalanceCheck.Compare(draft, this);
}

/// <summary>A penalty that the billing system has charged, by its id once; compares only (R42).</summary>
public sealed record RecordPenalty(ChargedPenalty Penalty, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Penalising.Record(draft, Penalty);
}

/// <summary>"Given this account, the city's controls and today, what should happen?"</summary>
public sealed record Evaluate(Moment Now) : LedgerCommand(Now)
{
    /// <summary>What approved releases let go of this account's debits.</summary>
    public IReadOnlyDictionary<DebitId, ReleaseGrant> Grants { get; init; } =
        ImmutableDictionary<DebitId, ReleaseGrant>.Empty;

    // Holding, merging and releasing follow every command; charging follows this one.
    internal override void Decide(Draft draft) { }
}

/// <summary>
/// P2: the pre-charge check, and if it says yes, the lock. The intent is what the provider really holds.
/// </summary>
public sealed record LockAttempt(DebitId Debit, int Number, IntentReading Intent, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Attempting.Lock(draft, this);
}

/// <summary>The attempt's intent is proven cancelled, or there is none.</summary>
public sealed record AbandonAttempt(DebitId Debit, int Number, string Why, Moment Now) : LedgerCommand(Now)
{
    /// <summary>
    /// The intent that is proven cancelled; null when none was found, which says nothing of an attempt that has one by
    /// now.
    /// </summary>
    public string? IntentId { get; init; }

    /// <summary>The provider refused the confirm and left the intent untouched (R27).</summary>
    public ConfirmRefusal? Refusal { get; init; }

    internal override void Decide(Draft draft) => Attempting.Abandon(draft, this);
}

/// <summary>Why the provider does not take a confirm.</summary>
/// <param name="OfTheMethod">Because of the payment method or its mandate: no confirm is of use until the customer has
/// another one.</param>
public sealed record ConfirmRefusal(string Why, bool OfTheMethod);

/// <summary>An attempt that recovery finds locked and never sent: the whole pre-charge check again (R27).</summary>
public sealed record LockAttemptAgain(DebitId Debit, int Number, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Attempting.LockAgain(draft, this);
}

/// <summary>A confirm was sent and its outcome is not known.</summary>
public sealed record DoubtAttempt(DebitId Debit, int Number, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Attempting.Doubt(draft, this);
}

/// <summary>P4 and after: what the intent itself says, and what of it came back (R20).</summary>
/// <param name="Archived">The debit, when it has left the ledger row for a row of its own.</param>
public sealed record RecordIntent(DebitId Debit, int Number, IntentReading Intent, Debit? Archived, Moment Now)
    : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => BankAnswers.Record(draft, this);
}

/// <summary>What became since of an intent whose money was taken in after a restore.</summary>
public sealed record RecordRecovered(IntentReading Intent, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Adopting.RecordRecovered(draft, Intent);
}

/// <summary>After a restore: an attempt that the provider knows and the books do not.</summary>
/// <param name="Money">What it collected, for when it cannot become an attempt; received on the day of the
/// intent.</param>
public sealed record AdoptIntent(DebitId Debit, int Number, IntentReading Intent, Funds Money, Moment Now)
    : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Adopting.Adopt(draft, this);
}

/// <summary>A person ends a debit whose attempt is proven dead; its bills are left to finance.</summary>
public sealed record DiscardDebit(DebitId Debit, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.Discard(draft, Debit, Why);
}

/// <summary>After a restore: no id of a debit that the books may have forgotten is used again (R1).</summary>
public sealed record RaiseGeneration(int To, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.RaiseGeneration(draft, this);
}

/// <summary>What contradicts a living attempt; its state stays (R25).</summary>
/// <param name="Stop">Nothing more may be tried: a bug of ours.</param>
public sealed record FlagAttempt(DebitId Debit, int Number, bool Stop, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Attempting.Flag(draft, Debit, Number, Why, Stop);
}

/// <summary>Finance takes one bill out of a deferral, or back into it (R38).</summary>
public sealed record ExemptBill(BillId Bill, DeferralId Deferral, bool On, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Exempting.Exempt(draft, this);
}

public sealed record SkipBill(BillId Bill, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.Skip(draft, Bill, Why);
}

public sealed record RearmBill(BillId Bill, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.Rearm(draft, Bill, Why);
}

/// <summary>Finance lets every bill be collected again that this import opened after its due date (R5).</summary>
public sealed record RearmBillsOfImport(string Import, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.RearmImport(draft, Import, Why);
}

/// <summary>Finance leaves out every bill of this import that looks like another one (R22, R41).</summary>
public sealed record SkipLookAlikesOfImport(string Import, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.SkipLookAlikes(draft, Import, Why);
}

/// <summary>Finance has looked at what the billing system says of the bill (R4, R16).</summary>
public sealed record DismissWarnings(BillId Bill, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.DismissWarnings(draft, Bill, Why);
}

/// <summary>A person takes over a previous balance that our books lack, once, as a line of its own (R46).</summary>
/// <param name="Amount">Cents: at most what they lack.</param>
public sealed record AcceptPreviousBalance(BillId Bill, Money Amount, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => PreviousBalances.Accept(draft, this);
}

public sealed record SwitchAutopay(bool On, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Enrolling.SwitchAutopay(draft, this);
}

public sealed record SuspendAccount(string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.Suspend(draft, Why);
}

public sealed record LiftSuspension(string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.LiftSuspension(draft, Why);
}

public sealed record ApproveDebit(DebitId Debit, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.Approve(draft, Debit, Why);
}

public sealed record CancelDebit(DebitId Debit, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.Cancel(draft, Debit, Why);
}

/// <summary>A person gives money of a collected debit back.</summary>
/// <param name="RequestId">The caller's own id: the same again changes nothing.</param>
/// <param name="Amount">Cents; null is all that is left of the debit.</param>
public sealed record RequestRefund(
    DebitId Debit,
    string RequestId,
    RefundKind Kind,
    Money? Amount,
    string Why,
    Moment Now
) : LedgerCommand(Now)
{
    /// <summary>What of the debit may be given back in all without a second person (cents); null: one has agreed, or
    /// none is wanted.</summary>
    public Money? MostAlone { get; init; }

    internal override void Decide(Draft draft) => Refunding.Request(draft, this);
}

/// <summary>The provider was asked for a refund and did not say what became of it.</summary>
public sealed record DelayRefund(DebitId Debit, int Number, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Refunding.Delay(draft, this);
}

/// <summary>The provider does not take the refund, and has none.</summary>
public sealed record FailRefund(DebitId Debit, int Number, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Refunding.Fail(draft, this);
}

/// <summary>What the provider says of an intent's refunds, those that were made there included.</summary>
public sealed record RecordRefunds(DebitId Debit, IReadOnlyList<RefundReading> Refunds, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => RefundAnswers.Record(draft, this);
}

/// <summary>Finance leaves money that came in twice as credit.</summary>
public sealed record KeepCredit(PaymentId Payment, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => AccountActions.KeepCredit(draft, Payment, Why);
}
