namespace Autopay.Domain.Deciding.Holds;

/// <summary>What sends a debit to a person (R4, R12, R16, R25).</summary>
internal static class Reviewing
{
    /// <summary>
    /// The checks that would send the debit to a person now; a retry is asked again only for what the provider says,
    /// and for its payer (R12, R25, R27, R34).
    /// </summary>
    public static IReadOnlyList<ReviewCheck> ChecksOn(AccountLedger ledger, Debit debit, Policies policies) =>
        [.. FindingsOn(ledger, debit, policies).Select(finding => finding.Check)];

    /// <summary>The same checks, each with its reason.</summary>
    public static IReadOnlyList<BillFlag> FindingsOn(AccountLedger ledger, Debit debit, Policies policies)
    {
        var open = ledger.OpenOn(debit);
        return
        [
            .. All(ledger, debit, open, policies)
                .DistinctBy(finding => finding.Check)
                .Where(finding => !debit.Waived.Contains(new WaivedCheck(finding.Check, open))),
        ];
    }

    /// <summary>
    /// The bill's debit, whichever it is, will wait for a person; the first reason of a check is enough.
    /// </summary>
    public static void Flag(Draft draft, BillId bill, ReviewCheck check, string reason)
    {
        if (draft.Ledger.BillOf(bill).Flags.All(flag => flag.Check != check))
        {
            draft.Emit(new BillFlagged(bill, check, reason));
        }
    }

    /// <summary>
    /// At once, beside what it waits for already. While halted nothing is reviewed (R24): the flag stays, and evaluate
    /// finds it after the resume.
    /// </summary>
    public static void SendToReview(Draft draft, DebitId id, ReviewCheck check, string reason)
    {
        var debit = draft.Ledger.DebitOf(id);
        if (draft.Controls.WhyNothingIsCharged is not null || debit.Reviews.Contains(check))
        {
            return;
        }

        var waitsAlready = debit.State == DebitState.NeedsReview;
        draft.Emit(
            new DebitSentToReview(
                id,
                [.. debit.Reviews.Append(check).Distinct()],
                waitsAlready ? $"{debit.Reason}; {reason}" : reason
            )
        );
    }

    /// <summary>Unsent debits of a former payer's bills, retries too (R34).</summary>
    public static void SendFormerPayersDebits(Draft draft)
    {
        foreach (
            var debit in draft
                .Ledger.Debits.Where(debit => debit.IsUnsent || debit.State == DebitState.NeedsReview)
                .ToList()
        )
        {
            if (
                draft
                    .Ledger.BillsOf(debit)
                    .FirstOrDefault(bill => bill.Open.IsPositive && draft.Ledger.IsOfFormerPayer(bill.Payer)) is
                { } bill
            )
            {
                SendToReview(draft, debit.Id, ReviewCheck.Payer, WhyPayer(draft.Ledger, bill));
            }
        }
    }

    private static string WhyPayer(AccountLedger ledger, Bill bill) =>
        $"the payer changed: bill {bill.Id} is of {bill.Payer}, the account's payer is {ledger.Payer}";

    private static IEnumerable<BillFlag> All(AccountLedger ledger, Debit debit, Money open, Policies policies)
    {
        if (debit.ConfirmRefused is { } refused)
        {
            yield return new BillFlag(ReviewCheck.Provider, $"the provider refuses the charge: {refused}");
        }

        if (
            ledger.BillsOf(debit).FirstOrDefault(bill => bill.Open.IsPositive && ledger.IsOfFormerPayer(bill.Payer)) is
            { } former
        )
        {
            yield return new BillFlag(ReviewCheck.Payer, WhyPayer(ledger, former));
        }

        if (ledger.CorrectionsOn(debit).FirstOrDefault() is { } correction)
        {
            yield return new BillFlag(ReviewCheck.Correction, correction.Reason);
        }

        if (debit.RetryOn is not null)
        {
            yield break;
        }

        if (Splitting.WhyAsked(ledger, debit, policies) is { } shock)
        {
            yield return new BillFlag(ReviewCheck.BillShock, shock);
        }

        if (ledger.Enrolled.MaxDebit is { } cap && open > cap && Splitting.PartsOf(ledger, debit, policies) is null)
        {
            yield return new BillFlag(
                ReviewCheck.OverCap,
                $"over cap: {open} is more than the customer's cap of {cap}"
            );
        }

        foreach (var flag in ledger.BillsOf(debit).SelectMany(bill => bill.Flags))
        {
            yield return flag;
        }
    }
}
