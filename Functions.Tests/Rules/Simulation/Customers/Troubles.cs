using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>What the world does to a city. Each counts when the books meet it, not when an act tries it.</summary>
internal enum Trouble
{
    PayerChanged,
    MethodReplaced,
    MandateReplaced,
    CycleMoved,
    CycleMovedWithOpenBills,
    MethodLiftsSuspension,
    AutopayOffByFile,
    AutopayOnByFile,
    AutopayOffByPhone,
    AutopayOnByPhone,
    OffUndone,
    BillOfAnotherAccount,
    PaymentOfAnotherAccount,
    BillAgainOtherNumbers,
    BillAgainOtherBalance,
    PaymentAgainOtherNumbers,
    BalanceDiffers,
    UnknownCreditPrinted,
    OddDueDate,
    CreditBill,
    BillUnderAnotherNumber,
    CreditUnderAnotherNumber,
    BillToldApart,
    OpenedAgainAfterDueDate,
    OverCollected,
    PaidTwice,
    BillOpenedWithItsAccount,
    PaymentOpenedWithItsAccount,
    EarlyReversalWaits,
    EarlyAdjustmentWaits,
    EarlyRowAppliesItself,
    LookAlike,
    ClearWaitsForFiles,
    ClearTakesEffectLater,
    ClearTakenBack,
    ImportSetAside,
    ImportAppliedAgain,
    ConfirmRefusedOfMethod,
    ConfirmRefusedOtherwise,
    NeverSentCancelled,
    NeverSentConfirmed,
    ReturnedTooOften,
    FrozenByCode,
    SuspendedByCode,
    NotCollectedListed,
    FormerPayerReviewed,
    CorrectionTaken,
    CorrectionKept,
    BillMoved,
    RowAppliedByPerson,
    RowDiscarded,
    PaymentAssigned,
    PaymentDiscarded,
    Exempted,
    ExemptionTakenBack,
    BillRearmed,
    ImportRearmed,
    LookAlikesSkipped,
    CreditKept,
    WarningDismissed,
    SentUnderARelease,
    SentForLessThanApproved,
    Drifted,
    ReleaseStopped,
    ReleaseStoppedByDrift,
    ReleaseStoppedByReopen,
    ReleaseGone,
    ReleaseRejected,
    ReleaseExpired,
    ReleaseAskedAgain,
    PreviousBalanceAccepted,
    BillInParts,
    PartTakenBack,
}

/// <summary>How often each trouble was met.</summary>
internal sealed class Troubles
{
    private readonly Dictionary<Trouble, int> counts = [];

    public IReadOnlyDictionary<Trouble, int> Counts => counts;

    public void Met(Trouble trouble) => counts[trouble] = counts.GetValueOrDefault(trouble) + 1;

    /// <summary>A person's act was taken.</summary>
    public void Met(ActKind act)
    {
        Trouble? met = act switch
        {
            ActKind.ApplyRow => Trouble.RowAppliedByPerson,
            ActKind.DiscardRow => Trouble.RowDiscarded,
            ActKind.AssignPayment => Trouble.PaymentAssigned,
            ActKind.DiscardPayment => Trouble.PaymentDiscarded,
            ActKind.SetAside => Trouble.ImportSetAside,
            ActKind.ApplyAgain => Trouble.ImportAppliedAgain,
            ActKind.RearmImport => Trouble.ImportRearmed,
            ActKind.SkipAlike => Trouble.LookAlikesSkipped,
            _ => null,
        };
        if (met is { } trouble)
        {
            Met(trouble);
        }
    }

    public void AfterSave(LedgerSave save)
    {
        foreach (var trouble in save.Events.SelectMany(happened => Of(save, happened)))
        {
            Met(trouble);
        }
    }

    public void AfterChange(Controls before, ControlChange change, Authority authority)
    {
        Trouble? met = change switch
        {
            BacklogClearing => Trouble.ClearWaitsForFiles,
            BacklogCleared { AskedAt: not null } => Trouble.ClearTakesEffectLater,
            BacklogReopened e when e.Cycles.Any(cycle => before.BacklogOf(cycle).Clearing is not null) =>
                Trouble.ClearTakenBack,
            BacklogReopened e when before.Releases.Any(it => it.IsLive && e.Cycles.Contains(it.Terms.Cycle)) =>
                Trouble.ReleaseStoppedByReopen,
            ReleaseStopped => authority.By == "autopay" ? Trouble.ReleaseStoppedByDrift : Trouble.ReleaseStopped,
            ReleaseGone => Trouble.ReleaseGone,
            ApprovalRejected => Trouble.ReleaseRejected,
            ApprovalAsked { Act: CycleReleased asked }
                when before.Approvals.Any(it => IsExpired(it, asked, authority.At)) => Trouble.ReleaseAskedAgain,
            _ => null,
        };
        if (met is { } trouble)
        {
            Met(trouble);
        }
    }

    public void RowWaits(WaitingRow row) =>
        Met(
            row switch
            {
                { For: WaitingFor.Payment } => Trouble.EarlyReversalWaits,
                { For: WaitingFor.Bill } => Trouble.EarlyAdjustmentWaits,
                { Content.Enrolment: not null } => Trouble.LookAlike,
                { Content.Bill: not null } => Trouble.BillOfAnotherAccount,
                _ => Trouble.PaymentOfAnotherAccount,
            }
        );

    private static bool IsExpired(Approval approval, CycleReleased asked, DateTimeOffset now) =>
        approval is { Decided: null, Act: CycleReleased before }
        && before.Terms.Cycle == asked.Terms.Cycle
        && approval.IsExpired(now);

    private static IEnumerable<Trouble> Of(LedgerSave save, LedgerEvent happened) =>
        happened switch
        {
            AccountEnrolled e => OfEnrolment(save.Before.Ledger, e.Enrolment),
            PayerChanged => [Trouble.PayerChanged],
            AutopaySwitched e => OfSwitch(save, e),
            SuspensionLifted { Reason: "A new payment method" or "A new mandate" } => [Trouble.MethodLiftsSuspension],
            AccountSuspended e => OfSuspension(e.Suspension),
            CorrectionReceived e => OfCorrection(e.Correction),
            CorrectionClosed e => [Says(e, "What is stored stays") ? Trouble.CorrectionKept : Trouble.CorrectionTaken],
            _ => OfMoney(save, happened),
        };

    private static IEnumerable<Trouble> OfMoney(LedgerSave save, LedgerEvent happened) =>
        happened switch
        {
            BalanceDiffered e => [Says(e, "came again") ? Trouble.BillAgainOtherBalance : Trouble.BalanceDiffers],
            BillFlagged { Check: ReviewCheck.Balance } e when Opens(save, e.Bill) => [Trouble.UnknownCreditPrinted],
            BillFlagged { Check: ReviewCheck.DueDate } => [Trouble.OddDueDate],
            BillFlagged { Check: ReviewCheck.Twin } => [Trouble.BillUnderAnotherNumber],
            BillToldApart => [Trouble.BillToldApart],
            BillCredited => [Trouble.CreditBill],
            BillBlocked e when Says(e, "opened again") => [Trouble.OpenedAgainAfterDueDate],
            OverCollected => [Trouble.OverCollected],
            PaymentFoundTwice => [Trouble.PaidTwice],
            BillOpened { Bill.Id.IsPrevious: true } => [Trouble.PreviousBalanceAccepted],
            BillSplit => [Trouble.BillInParts],
            PartTakenBack => [Trouble.PartTakenBack],
            BillOpened when save.Before.Ledger.Enrolment is null => [Trouble.BillOpenedWithItsAccount],
            FundsReceived when save.Before.Ledger.Enrolment is null => [Trouble.PaymentOpenedWithItsAccount],
            BillAdjusted e when e.AdjustmentId.StartsWith("moved-", StringComparison.Ordinal) => [Trouble.BillMoved],
            BillAdjusted e when e.AdjustmentId.StartsWith("alike-", StringComparison.Ordinal) =>
            [
                Trouble.CreditUnderAnotherNumber,
            ],
            BillExempted e => [e.On ? Trouble.Exempted : Trouble.ExemptionTakenBack],
            BillRearmed => [Trouble.BillRearmed],
            CreditKept => [Trouble.CreditKept],
            WarningsDismissed => [Trouble.WarningDismissed],
            DebitNotCollected => [Trouble.NotCollectedListed],
            DebitSentToReview e when e.Checks.Contains(ReviewCheck.Payer) => [Trouble.FormerPayerReviewed],
            DebitSentToReview e when e.Checks.Contains(ReviewCheck.Drift) => [Trouble.Drifted],
            AttemptSubmitted e
                when save.After.DebitOf(e.Debit).Living is { Grant: { } grant } sent
                    && grant.Release != ReleaseGrant.NotAsked => sent.Amount < grant.Amount
                ? [Trouble.SentUnderARelease, Trouble.SentForLessThanApproved]
                : [Trouble.SentUnderARelease],
            AttemptLockedAgain => [Trouble.NeverSentConfirmed],
            AttemptAbandoned e => OfAbandoned(e),
            _ => [],
        };

    private static IEnumerable<Trouble> OfEnrolment(AccountLedger before, Enrolment now)
    {
        if (before.Enrolment is not { } known)
        {
            yield break;
        }

        if (known.Cycle != now.Cycle)
        {
            yield return Trouble.CycleMoved;
            if (before.Bills.Any(bill => bill.Open.IsPositive))
            {
                yield return Trouble.CycleMovedWithOpenBills;
            }
        }

        if (known.Customer == now.Customer && known.PaymentMethod != now.PaymentMethod)
        {
            yield return Trouble.MethodReplaced;
        }

        if (known.Customer == now.Customer && known.Mandate != now.Mandate)
        {
            yield return Trouble.MandateReplaced;
        }
    }

    private static IEnumerable<Trouble> OfSwitch(LedgerSave save, AutopaySwitched e)
    {
        yield return (e.On, e.ByPersonAt) switch
        {
            (true, null) => Trouble.AutopayOnByFile,
            (false, null) => Trouble.AutopayOffByFile,
            (true, _) => Trouble.AutopayOnByPhone,
            _ => Trouble.AutopayOffByPhone,
        };
        if (e.On && save.Events.Any(it => it is DebitScheduled))
        {
            yield return Trouble.OffUndone;
        }
    }

    private static IEnumerable<Trouble> OfSuspension(Suspension suspension) =>
        suspension.Kind switch
        {
            SuspensionKind.Returns => [Trouble.ReturnedTooOften],
            SuspensionKind.Frozen => [Trouble.FrozenByCode],
            SuspensionKind.PaymentMethod
                when suspension.Reason.Contains(SimProvider.Refused, StringComparison.Ordinal) =>
            [
                Trouble.ConfirmRefusedOfMethod,
            ],
            SuspensionKind.PaymentMethod => [Trouble.SuspendedByCode],
            _ => [],
        };

    private static IEnumerable<Trouble> OfCorrection(Correction correction) =>
        correction switch
        {
            { Other: not null, Bill: not null } => [Trouble.BillOfAnotherAccount],
            { Other: not null } => [Trouble.PaymentOfAnotherAccount],
            { Bill: not null } => [Trouble.BillAgainOtherNumbers],
            _ => [Trouble.PaymentAgainOtherNumbers],
        };

    private static IEnumerable<Trouble> OfAbandoned(AttemptAbandoned abandoned)
    {
        if (abandoned.ConfirmRefused is not null)
        {
            yield return Trouble.ConfirmRefusedOtherwise;
        }
        else if (Says(abandoned, "never confirmed") && !Says(abandoned, SimProvider.Refused))
        {
            yield return Trouble.NeverSentCancelled;
        }
    }

    private static bool Says(LedgerEvent happened, string words) =>
        happened.Reason.Contains(words, StringComparison.Ordinal);

    private static bool Opens(LedgerSave save, BillId bill) =>
        save.Events.Any(it => it is BillOpened opened && opened.Bill.Id == bill);
}
