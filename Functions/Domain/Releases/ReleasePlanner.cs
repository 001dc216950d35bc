namespace Autopay.Domain.Releases;

/// <summary>Makes the plan of a release: an evaluate of each account that is not saved.</summary>
public static class ReleasePlanner
{
    /// <summary>The debits of the account that holds held and that are cleared in this cycle.</summary>
    /// <param name="unusualTimes">A debit of more than so many average bills of the account is unusual; 0 is
    /// never.</param>
    /// <param name="clearedOn">The civil day of the clear: what was paid in full by then is history.</param>
    public static IEnumerable<PlanLine> LinesOf(
        AccountLedger ledger,
        Controls controls,
        CycleNumber cycle,
        Moment now,
        DateOnly clearedOn,
        int unusualTimes
    )
    {
        var waiting = controls with { Policies = controls.Policies with { ReleaseApproval = true } };
        var after = ledger.Enrolment is null
            ? ledger
            : LedgerDecider
                .Decide(new Evaluate(now), ledger, waiting)
                .Aggregate(ledger, (state, happened) => state.Apply(happened));
        foreach (var debit in after.Debits.OrderBy(debit => debit.Id))
        {
            if (
                IsOf(after, debit, cycle, controls)
                && OutcomeOf(after, debit, clearedOn, waiting.Policies) is { } outcome
            )
            {
                var line = LineOf(after, debit, outcome, waiting.Policies, unusualTimes);
                yield return outcome == PlanOutcome.ToBank
                    ? line with
                    {
                        Why = Noticing.WhyLater(after, debit, controls, now.Today),
                        NoticeDay = NoticeClock.EarliestDay(after, debit, controls, now.Today),
                        Later = LaterOf(after, debit, waiting.Policies),
                    }
                    : line;
            }
        }
    }

    /// <summary>How far a planned debit is, by its account's ledger.</summary>
    public static PlanLine Follow(PlanLine line, AccountLedger ledger, string release)
    {
        if (ledger.FindDebit(line.Debit) is not { } debit)
        {
            return line;
        }

        if (debit.Attempts.LastOrDefault(it => it.Grant?.Release == release && it.SubmittedOn is not null) is { } sent)
        {
            return line with { State = LineState.Sent, Sent = sent.Amount };
        }

        return line with
        {
            State = debit.State switch
            {
                DebitState.Satisfied or DebitState.Cancelled or DebitState.Merged => LineState.Dropped,
                _ when IsSent(debit) => LineState.Dropped,
                DebitState.NeedsReview or DebitState.Declined or DebitState.Uncollected or DebitState.Superseded =>
                    LineState.Stopped,
                _ when line.State == LineState.Stopped => LineState.Stopped,
                _ => debit.Grant?.Release == release ? LineState.Granted : LineState.Planned,
            },
        };
    }

    // Under another release, or none: this one sends it no more, and a retry asks nobody.
    private static bool IsSent(Debit debit) =>
        debit.State is DebitState.Submitted or DebitState.Collected or DebitState.RetryScheduled
        || (
            debit.State is DebitState.Declined or DebitState.Uncollected or DebitState.Superseded
            && debit.LastSubmitted is not null
        );

    private static Money LaterOf(AccountLedger ledger, Debit debit, Policies policies) =>
        (Splitting.PartsOf(ledger, debit, policies) ?? []).Skip(1).Sum(part => part);

    // Of a closed debit the bills may have left the row.
    private static bool IsOf(AccountLedger ledger, Debit debit, CycleNumber cycle, Controls controls) =>
        debit.Lines.All(line => ledger.FindBill(line.Bill) is not null)
        && Releasing.HeldFor(ledger, debit, controls).Any(bill => bill.Cycle == cycle)
        && !IsLetGo(debit, controls);

    // Two people have said yes to it already, and it waits for its day: a part of a larger debit mostly (R45).
    private static bool IsLetGo(Debit debit, Controls controls) =>
        debit is { State: DebitState.Scheduled, Grant: { } grant } && controls.IsLive(grant.Release);

    private static PlanOutcome? OutcomeOf(AccountLedger ledger, Debit debit, DateOnly clearedOn, Policies policies)
    {
        switch (debit.State)
        {
            case DebitState.Satisfied:
                return debit.ClosedOn >= clearedOn ? PlanOutcome.PaidElsewhere : null;
            case DebitState.Merged:
                return IsCarried(ledger, debit) ? PlanOutcome.UnderMinimum : null;
            case DebitState.NeedsReview:
                return PlanOutcome.Review;
            case DebitState.Deferred:
                return PlanOutcome.Waits;
            case DebitState.Scheduled when ledger.OpenOn(debit) is var open:
                return !open.IsPositive ? PlanOutcome.PaidElsewhere
                    : open < policies.MinimumCharge ? PlanOutcome.UnderMinimum
                    : Reviewing.ChecksOn(ledger, debit, policies).Count > 0 ? PlanOutcome.Review
                    : PlanOutcome.ToBank;
            default:
                return null;
        }
    }

    private static bool IsCarried(AccountLedger ledger, Debit debit) =>
        debit.Lines.Any(line =>
            ledger.LiveDebitOf(line.Bill) is { } parent
            && parent.Lines.Any(it => it.Bill == line.Bill && it.Trail.Contains(new Hop(debit.Id, null)))
            && ledger.BillOf(line.Bill).Open.IsPositive
        );

    private static PlanLine LineOf(
        AccountLedger ledger,
        Debit debit,
        PlanOutcome outcome,
        Policies policies,
        int unusualTimes
    )
    {
        var bills = ledger.BillsOf(debit).ToList();
        var line = new PlanLine
        {
            Debit = debit.Id,
            DueDate = debit.DueDate,
            Outcome = outcome,
            Billed = bills.Sum(bill => bill.Charges - bill.Collected),
            PaidElsewhere = bills.Sum(bill => bill.PaidElsewhere),
            Bills = [.. bills.Where(bill => bill.Open.IsPositive).Select(bill => new AttemptLine(bill.Id, bill.Open))],
            Customer = ledger.Enrolment?.Customer ?? "",
            PaymentMethod = ledger.Enrolment?.PaymentMethod ?? "",
            Mandate = ledger.Enrolment?.Mandate,
            Why = WhyOf(ledger, debit, outcome, policies),
        };
        var credit = bills.Sum(bill => CreditOn(ledger, bill));
        return line with
        {
            BackPayments = line.Billed - line.Open - credit,
            Credit = credit,
            Flags = [.. FlagsOf(ledger, debit, line, unusualTimes), .. InParts(ledger, debit, policies)],
        };
    }

    // As an explanation tells it: what is left of a back payment is a payment too.
    private static Money CreditOn(AccountLedger ledger, Bill bill) =>
        ledger
            .Funds.Where(funds => funds.Source is FundsSource.OverCollected or FundsSource.BilledCredit)
            .Sum(funds => funds.AppliedTo(bill.Id));

    private static string? WhyOf(AccountLedger ledger, Debit debit, PlanOutcome outcome, Policies policies) =>
        outcome switch
        {
            PlanOutcome.ToBank => null,
            PlanOutcome.Review when debit.State != DebitState.NeedsReview => string.Join(
                "; ",
                Reviewing.FindingsOn(ledger, debit, policies).Select(finding => finding.Reason)
            ),
            _ => debit.Reason,
        };

    private static IEnumerable<PlanFlag> InParts(AccountLedger ledger, Debit debit, Policies policies) =>
        Splitting.PartsOf(ledger, debit, policies) is null ? [] : [PlanFlag.InParts];

    private static IEnumerable<PlanFlag> FlagsOf(AccountLedger ledger, Debit debit, PlanLine line, int unusualTimes)
    {
        if (line.Open < line.Billed)
        {
            yield return PlanFlag.LowerThanBilled;
        }

        if (ledger.Enrolment?.MaxDebit is { } cap && line.Open > cap)
        {
            yield return PlanFlag.OverCap;
        }

        var others = ledger.Bills.Where(bill => bill.CurrentCharges.IsPositive && !debit.Names(bill.Id)).ToList();
        if (
            unusualTimes > 0
            && others.Count > 0
            && checked(line.Open.Cents * others.Count) > checked(others.Sum(it => it.Charges).Cents * unusualTimes)
        )
        {
            yield return PlanFlag.Unusual;
        }
    }
}
