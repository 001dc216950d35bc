namespace Autopay.Domain.Deciding.Charges;

/// <summary>
/// A debit of several merged bills that is over the cap, or many times what the account is used to, goes in parts, one
/// a cycle, or waits for the customer's consent (R45). A part is a bill of its own with cents of the whole one, its
/// cycle, dates and payer: held, waived and told as that is.
/// </summary>
internal static class Splitting
{
    private const int MostParts = 12;

    /// <summary>Why a person has to ask the customer first; null where nobody has to.</summary>
    public static string? WhyAsked(AccountLedger ledger, Debit debit, Policies policies) =>
        AsksFor(ledger, debit, policies)
        && UsualLimit(ledger, debit, policies) is { } limit
        && ledger.OpenOn(debit) > limit
            ? $"bill shock: {ledger.OpenOn(debit)} is more than {policies.BillShockTimes} times the usual bill; ask "
                + "the customer for consent"
            : null;

    // Where it wants more parts than there may be, a person speaks too.
    private static bool AsksFor(AccountLedger ledger, Debit debit, Policies policies) =>
        policies.BillShock == BillShockMode.Consent
        || (policies.BillShock == BillShockMode.Split && PartsOf(ledger, debit, policies) is null);

    /// <summary>The cents of each part, the first one first; null of a debit that is not split.</summary>
    public static IReadOnlyList<Money>? PartsOf(AccountLedger ledger, Debit debit, Policies policies)
    {
        var open = ledger.OpenOn(debit);
        if (
            policies.BillShock != BillShockMode.Split
            || IsAgreed(debit, open)
            || LimitOf(ledger, debit, policies) is not { } limit
            || open <= limit
        )
        {
            return null;
        }

        var needed = limit.IsPositive ? (open.Cents + limit.Cents - 1) / limit.Cents : long.MaxValue;
        var parts = Math.Max(policies.BillShockParts, needed);
        return parts > MostParts || open.Cents / parts < policies.MinimumChargeCents
            ? null
            : [.. Enumerable.Range(0, (int)parts).Select(part => Share(open.Cents, parts, part))];
    }

    /// <summary>What leaves when, if the debit leaves on that day; empty of a debit that is not split.</summary>
    /// <param name="on">The banking day of the first part.</param>
    public static IReadOnlyList<DebitPart> PlanOf(AccountLedger ledger, Debit debit, Policies policies, DateOnly on) =>
        PartsOf(ledger, debit, policies) is not { } parts
            ? []
            :
            [
                .. parts.Select(
                    (cents, index) =>
                        new DebitPart(
                            cents,
                            index == 0 ? on : BankingCalendar.RollForward(DueOf(debit, on, index + 1, policies))
                        )
                ),
            ];

    // A cycle apart, from the day on which the first one leaves.
    private static DateOnly DueOf(Debit debit, DateOnly on, int number, Policies policies) =>
        (debit.DueDate > on ? debit.DueDate : on).AddDays(policies.NoNextBillDays * (number - 1));

    // The customer has said yes to all of it at once (R25).
    private static bool IsAgreed(Debit debit, Money open) =>
        debit.Waived.Any(it => it.Amount == open && it.Check is ReviewCheck.OverCap or ReviewCheck.BillShock);

    /// <summary>Moves all but the first part into debits of their own, a cycle apart, under the same release and the
    /// same approval.</summary>
    /// <param name="on">The civil day on which the first part leaves, or has left.</param>
    public static void Split(Draft draft, Debit debit, DateOnly on)
    {
        if (PartsOf(draft.Ledger, debit, draft.Policies) is not { } parts)
        {
            return;
        }

        debit = ShareApproval(draft, debit, parts[0]);
        if (debit.Grant is { } grant)
        {
            var why = $"Of release {grant.Release} the first part";
            draft.Emit(new ReleaseGranted(debit.Id, grant with { Amount = parts[0] }, why));
        }

        for (var number = 2; number <= parts.Count; number++)
        {
            MovePart(
                draft,
                debit,
                SharesOf(draft.Ledger, debit, keep: parts[0], move: parts[number - 1]),
                DueOf(debit, on, number, draft.Policies),
                $"Part {number} of {parts.Count} of debit #{debit.Id.Sequence}: more than the account is used to"
            );
        }
    }

    // What was approved is the whole amount: its parts are no other one.
    private static Debit ShareApproval(Draft draft, Debit debit, Money first)
    {
        var open = draft.Ledger.OpenOn(debit);
        var ofTheWhole = debit with { Waived = [.. debit.Waived.Where(it => it.Amount == open)] };
        if (ofTheWhole.Waived.Count > 0)
        {
            const string Why = "What was approved of the whole holds for its parts";
            draft.Emit(new ApprovalShared(debit.Id, For(ofTheWhole.Waived, first), Why));
        }

        return ofTheWhole;
    }

    private static WaivedCheck[] For(IReadOnlyList<WaivedCheck> waived, Money part) =>
        [.. waived.Select(it => it with { Amount = part })];

    // The oldest cents stay, the next ones are moved.
    private static List<AttemptLine> SharesOf(AccountLedger ledger, Debit debit, Money keep, Money move)
    {
        List<AttemptLine> shares = [];
        foreach (var bill in ledger.BillsOf(debit).Where(bill => bill.Open.IsPositive))
        {
            var kept = Money.Min(keep, bill.Open);
            var moved = Money.Min(move, bill.Open - kept);
            (keep, move) = (keep - kept, move - moved);
            if (moved.IsPositive)
            {
                shares.Add(new AttemptLine(bill.Id, moved));
            }
        }

        return shares;
    }

    /// <summary>
    /// A bill that is held again gets its parts back: what is decided after the next clear is decided anew (R45).
    /// </summary>
    public static void TakeBack(Draft draft)
    {
        foreach (var part in draft.Ledger.Bills.Where(bill => bill.Id.IsPart && bill.Payable.IsPositive).ToList())
        {
            if (
                draft.Ledger.LiveDebitOf(part.Id) is { RetryOn: null, SplitFrom: not null } home
                && home.IsUnsent
                && draft.Ledger.FindBill(part.Id.Whole) is { InFlight.IsZero: true }
                && draft.Ledger.LiveDebitOf(part.Id.Whole) is null or { RetryOn: null, IsCharging: false }
                && draft.Controls.HoldsOn(part).Any()
            )
            {
                TakeBack(draft, part, home);
            }
        }
    }

    private static void TakeBack(Draft draft, Bill part, Debit home)
    {
        const string Why = "Held again: the parts are one bill again";
        foreach (var flag in part.Flags)
        {
            Reviewing.Flag(draft, part.Id.Whole, flag.Check, flag.Reason);
        }

        draft.Emit(new PartTakenBack(part.Id, part.Payable, Why));
        draft.Emit(new LineRemoved(home.Id, part.Id, Why));
        if (draft.Ledger.DebitOf(home.Id).Lines.Count == 0)
        {
            draft.Emit(new DebitCancelled(home.Id, draft.Today, Why));
        }

        Billing.ScheduleAgain(draft, part.Id.Whole, Why);
    }

    private static void MovePart(Draft draft, Debit debit, IReadOnlyList<AttemptLine> shares, DateOnly due, string why)
    {
        var moved = shares.Select(share => MoveCents(draft, share, new BillPart(debit.Id, due), why)).ToList();
        var cents = shares.Sum(share => share.Cents);
        Billing.Schedule(
            draft,
            Billing.Debiting(draft, due, moved, why) with
            {
                SplitFrom = debit.Id,
                Waived = For(debit.Waived, cents),
                Grant = debit.Grant is { } grant ? grant with { Amount = cents } : null,
            }
        );
    }

    private static BillId MoveCents(Draft draft, AttemptLine share, BillPart terms, string why)
    {
        var bill = draft.Ledger.BillOf(share.Bill);
        var number = draft.Ledger.WithParts(bill.Id).Max(it => it.Id.PartNumber) is > 1 and var used ? used + 1 : 2;
        var part = bill with
        {
            Id = bill.Id.ToPart(number),
            CurrentCharges = Money.Zero,
            PreviousBalance = Money.Zero,
            TotalDue = Money.Zero,
            Adjustments = Money.Zero,
            PaidElsewhere = Money.Zero,
            Collected = Money.Zero,
            InFlight = Money.Zero,
            ReopenedBy = null,
            Part = terms,
        };
        draft.Emit(new BillOpened(part, why));
        draft.Emit(new BillSplit(bill.Id, part.Id, share.Cents, why));
        return part.Id;
    }

    // Only what finance's merge made large: a single bill is what it is, a retry keeps its amount.
    private static Money? LimitOf(AccountLedger ledger, Debit debit, Policies policies) =>
        (IsMerged(ledger, debit) ? ledger.Enrolled.MaxDebit : null, UsualLimit(ledger, debit, policies)) switch
        {
            ({ } cap, { } usual) => Money.Min(cap, usual),
            var (cap, usual) => cap ?? usual,
        };

    private static Money? UsualLimit(AccountLedger ledger, Debit debit, Policies policies)
    {
        var bills = ledger.Bills.Where(bill => !bill.Id.IsPrevious && bill.CurrentCharges.IsPositive).ToList();
        return IsMerged(ledger, debit) && policies.BillShockTimes > 0 && bills.Count > 0
            ? new Money(checked(bills.Sum(bill => bill.CurrentCharges).Cents * policies.BillShockTimes) / bills.Count)
            : null;
    }

    /// <summary>Whether finance's merge made it large, or it was in parts before and came back together.</summary>
    public static bool IsMerged(AccountLedger ledger, Debit debit) =>
        HoldMergeRelease.IsOfAMerge(debit)
        && debit.Lines.Any(line =>
            line.Trail.Any(hop => hop.Deferral is not null)
            || ledger.Bills.Any(bill => bill.Id.IsPart && bill.Id.Whole == line.Bill)
        );

    // Equal parts; the cents that do not divide go one each into the first ones.
    private static Money Share(long cents, long parts, int part) => new(cents / parts + (part < cents % parts ? 1 : 0));
}
