namespace Autopay.Domain.Deciding.Bills;

/// <summary>
/// Rows that contradict what is known under their id: a person decides, and nothing is collected meanwhile (R29, R31).
/// </summary>
internal static class Correcting
{
    /// <summary>The same bill again (R31).</summary>
    /// <exception cref="RefusedException">Other content, and no file says so.</exception>
    public static void BillAgain(Draft draft, Bill known, Bill row)
    {
        if (draft.Source is null && draft.Ledger.HasMovedAway(known.Id))
        {
            ComeBack(draft, known, row);
            return;
        }

        if (Versions.Of(known) == Versions.Of(row))
        {
            return;
        }

        RefuseOutsideOfAFile(draft, Versions.Of(known), Versions.Of(row));
        if (Versions.AskTheSame(known, row))
        {
            Warn(draft, known, row);
            return;
        }

        Receive(
            draft,
            new Correction
            {
                Bill = row,
                Import = draft.Source,
                Since = draft.Today,
                Reason = Differs("Bill", known.Id, Versions.Of(known), Versions.Of(row)),
            }
        );
    }

    /// <summary>The same payment again (R13, R31).</summary>
    /// <exception cref="RefusedException">Other content, and no file says so.</exception>
    public static void PaymentAgain(Draft draft, Funds known, Funds row)
    {
        if (Versions.Of(known) == Versions.Of(row))
        {
            return;
        }

        RefuseOutsideOfAFile(draft, Versions.Of(known), Versions.Of(row));
        Receive(
            draft,
            new Correction
            {
                Payment = row,
                Import = draft.Source,
                Since = draft.Today,
                Reason = Differs("Payment", known.Id, Versions.Of(known), Versions.Of(row)),
            }
        );
    }

    /// <summary>
    /// R29. Where this account has the bill, its debit waits; where it wants the payment, all of its debits do.
    /// </summary>
    public static void NoteConflict(Draft draft, NoteConflict command)
    {
        var (what, verb) = command.Bill is { } bill
            ? ($"bill {bill.Id}", draft.Ledger.Holds(bill.Id) ? "came for" : "is of")
            : (
                $"payment {command.Payment!.Id}",
                draft.Ledger.Funds.All(funds => funds.Id != command.Payment.Id) ? "is of" : "came for"
            );
        var correction = new Correction
        {
            Bill = command.Bill,
            Payment = command.Payment,
            Other = command.Other,
            Import = draft.Source,
            Since = draft.Today,
            Reason = $"the same {what} {verb} account {command.Other}",
        };
        Receive(draft, correction with { Reason = $"{correction.Reason} ({Versions.Of(correction)})" });
    }

    public static void Keep(Draft draft, KeepStored command)
    {
        var correction = Pending(draft, command.Item, command.Id);
        draft.Emit(
            new CorrectionClosed(command.Item, command.Id, correction.Version, $"What is stored stays: {command.Why}")
        );
        EndReviews(draft, $"What is stored stays: {command.Why}");
    }

    public static void Take(Draft draft, TakeCorrection command)
    {
        var correction = Pending(draft, command.Item, command.Id);
        if (correction.Bill is { } corrected)
        {
            RefuseWithLines(draft.Ledger, corrected.Id);
        }

        var what = correction.Other is null
            ? "The new numbers are taken"
            : $"Moved to account {WhereTo(draft, correction)}";
        var why = $"{what}: {command.Why}";
        draft.Emit(new CorrectionClosed(command.Item, command.Id, Refused(draft, correction), why));
        CloseTheOthers(draft, correction, why);
        switch (correction)
        {
            case { Bill: { } bill, Other: null }:
                TakeBill(draft, bill, correction.Since, why);
                break;
            case { Bill: { } bill }:
                MoveBill(draft, bill, correction, why);
                break;
            case { Payment: { } payment } when correction.Other is null || IsKnown(draft, payment):
                TakePayment(draft, payment, why);
                break;
            case { Payment: { } payment }:
                CashApplication.Post(draft, payment with { PostedOn = draft.Today });
                break;
        }

        EndReviews(draft, why);
    }

    // They were told with it, and were about what was stored until now.
    private static void CloseTheOthers(Draft draft, Correction taken, string why)
    {
        while (draft.Ledger.FindCorrection(taken.Item, taken.Id) is { } other)
        {
            draft.Emit(new CorrectionClosed(other.Item, other.Id, other.Version, why));
        }
    }

    private static bool IsKnown(Draft draft, Funds payment) => draft.Ledger.Funds.Any(funds => funds.Id == payment.Id);

    private static void TakeBill(Draft draft, Bill row, DateOnly arrived, string why)
    {
        var (known, home) = (draft.Ledger.BillOf(row.Id), draft.Ledger.LiveDebitOf(row.Id));
        var more = row.CurrentCharges - known.CurrentCharges;
        draft.Emit(new BillCorrected(row, why));
        RefuseToLetGo(draft, known, home);
        if (FarDueDates.WhyFarFromArrival(draft, draft.Ledger.BillOf(row.Id), arrived) is { } odd)
        {
            Reviewing.Flag(draft, row.Id, ReviewCheck.DueDate, odd);
        }

        CashApplication.TakeBackBilledCredit(draft, row.Id, more);
        CashApplication.TurnExcessIntoCredit(draft, row.Id);
        CashApplication.ApplyCredit(draft);
        if (
            known.DueDate != row.DueDate
            && home is { IsRetry: false }
            && (home.IsUnsent || home.State == DebitState.NeedsReview)
        )
        {
            draft.Emit(new LineRemoved(home.Id, row.Id, $"due {row.DueDate:yyyy-MM-dd} now"));
            Billing.ScheduleAgain(draft, row.Id, why);
        }
        else if (more.IsPositive)
        {
            Billing.Reopen(draft, row.Id, why);
        }
    }

    // Another due date would take it out of its hold and send it at once: one person alone lets nothing go (I25).
    private static void RefuseToLetGo(Draft draft, Bill known, Debit? home)
    {
        var row = draft.Ledger.BillOf(known.Id);
        if (
            draft.Policies.ReleaseApproval
            && home is { IsRetry: false }
            && draft.Controls.WasHeld(known)
            && !draft.Controls.WasHeld(row)
            && DueDebits.RunIsPast(row.DueDate, draft.Now, draft.Policies)
        )
        {
            throw new RefusedException(
                $"Bill {known.Id} was held, and its new due date {row.DueDate:yyyy-MM-dd} is past and in no hold: it "
                    + "would go to the bank at once. Declare a hold over that day, or have the bill exempted (R38)."
            );
        }
    }

    // The account that has the bill gives it away; the one that wants it takes it in. What a credit bill has paid here
    // is owed here again (R5).
    private static void MoveBill(Draft draft, Bill row, Correction correction, string why)
    {
        if (draft.Ledger.FindBill(row.Id) is not { } bill || draft.Ledger.HasMovedAway(row.Id))
        {
            Billing.Import(draft, row with { MovedFrom = correction.Other });
        }
        else if (!bill.Charges.IsZero)
        {
            var less = -bill.Charges;
            draft.Emit(new BillAdjusted(Correction.MoveOf(bill.Id), bill.Id, less, why));
            CashApplication.TakeBackBilledCredit(draft, bill.Id, less);
            CashApplication.TurnExcessIntoCredit(draft, bill.Id);
            CashApplication.ApplyCredit(draft);
            Billing.Reopen(draft, bill.Id, why);
        }
    }

    // A person moves it back to the account that gave it away: what was taken off is asked for again, with the numbers
    // of the row.
    private static void ComeBack(Draft draft, Bill known, Bill row)
    {
        var why = $"Moved back to account {draft.Ledger.Id}";
        draft.Emit(new BillAdjusted(Correction.MoveOf(known.Id), known.Id, -known.Adjustments, why));
        draft.Emit(new BillCorrected(row, why));
        CashApplication.TurnExcessIntoCredit(draft, known.Id);
        CashApplication.ApplyCredit(draft);
        Billing.Reopen(draft, known.Id, why);
    }

    // Its cents stand on other lines too, which no row tells of: a person moves them by adjustments.
    private static void RefuseWithLines(AccountLedger ledger, BillId bill)
    {
        if (ledger.WithParts(bill).Any(part => part.Id.IsPart && !part.Charges.IsZero))
        {
            throw new RefusedException(
                $"Bill {bill} is being collected in parts: keep what is stored, and correct it with an "
                    + "adjustment (R45)."
            );
        }

        if (ledger.FindBill(bill.ToPrevious()) is { Charges.IsZero: false } accepted)
        {
            throw new RefusedException(
                $"{accepted.Charges} of its previous balance was accepted as {accepted.Id}: take that off with an "
                    + "adjustment first (R46)."
            );
        }

        if (ledger.AdjustmentIds.Contains(TwinBills.CreditOf(bill)))
        {
            throw new RefusedException(
                $"Bill {bill} looks like another one, and its credit was taken off: keep what is stored, and give what "
                    + "it is to give with an adjustment (R41)."
            );
        }
    }

    // Reversed and posted in one step, under the one id that the city knows it by.
    private static void TakePayment(Draft draft, Funds row, string why)
    {
        var known = draft.Ledger.Funds.First(funds => funds.Id == row.Id);
        CashApplication.RefuseGivenBack(known);
        var reopened = CashApplication.TakeBack(draft, known, known.Amount - known.Reversed, why);
        draft.Emit(new PaymentCorrected(CashApplication.Complete(draft, row with { PostedOn = draft.Today }), why));
        CashApplication.Spend(draft, row.Id);
        foreach (var bill in reopened)
        {
            Billing.Reopen(draft, bill, why);
        }
    }

    private static void Receive(Draft draft, Correction correction)
    {
        var version = correction.Version;
        if (
            draft.Ledger.RefusedVersions.Contains(version)
            || draft.Ledger.Corrections.Any(known => known.Version == version)
        )
        {
            return;
        }

        draft.Emit(new CorrectionReceived(correction, correction.Reason));
        foreach (
            var debit in Waiting(draft.Ledger)
                .Where(debit => draft.Ledger.CorrectionsOn(debit).Contains(correction))
                .ToList()
        )
        {
            Reviewing.SendToReview(draft, debit.Id, ReviewCheck.Correction, correction.Reason);
        }
    }

    private static void Warn(Draft draft, Bill known, Bill row)
    {
        var message =
            $"Bill {row.Id} came again with previous balance {row.PreviousBalance} and total due {row.TotalDue}; "
            + $"stored are {known.PreviousBalance} and {known.TotalDue}";
        if (draft.Ledger.Warnings.All(warning => warning.Message != message))
        {
            draft.Emit(new BalanceDiffered(row.Id, draft.Today, message));
        }

        // What was accepted of the old previous balance may be gone from it (R46).
        if (
            draft.Ledger.FindBill(row.Id.ToPrevious()) is { Open.IsPositive: true } accepted
            && accepted.Charges > row.PreviousBalance
        )
        {
            Reviewing.Flag(draft, accepted.Id, ReviewCheck.Balance, message);
            if (draft.Ledger.LiveDebitOf(accepted.Id) is { IsUnsent: true } home)
            {
                Reviewing.SendToReview(draft, home.Id, ReviewCheck.Balance, message);
            }
        }
    }

    // What no correction keeps any more goes back; what another check keeps waits on.
    private static void EndReviews(Draft draft, string why)
    {
        foreach (
            var debit in draft
                .Ledger.Debits.Where(debit =>
                    debit.State == DebitState.NeedsReview && debit.Reviews.Contains(ReviewCheck.Correction)
                )
                .ToList()
        )
        {
            if (draft.Ledger.CorrectionsOn(debit).FirstOrDefault() is { } next)
            {
                // Of several the debit has told the first one only, which may be decided by now.
                if (!debit.Reason.Contains(next.Reason, StringComparison.Ordinal))
                {
                    draft.Emit(StillInReview(draft, debit, debit.Reviews));
                }

                continue;
            }

            var rest = debit.Reviews.Where(check => check != ReviewCheck.Correction).ToList();
            draft.Emit(
                rest.Count == 0 ? new DebitApproved(debit.Id, debit.Waived, why) : StillInReview(draft, debit, rest)
            );
        }
    }

    private static DebitSentToReview StillInReview(Draft draft, Debit debit, IReadOnlyList<ReviewCheck> checks) =>
        new(
            debit.Id,
            checks,
            string.Join(
                "; ",
                Reviewing
                    .FindingsOn(draft.Ledger, debit, draft.Policies)
                    .Select(finding => finding.Reason)
                    .DefaultIfEmpty(debit.Reason)
            )
        );

    private static IEnumerable<Debit> Waiting(AccountLedger ledger) =>
        ledger.Debits.Where(debit => debit.IsUnsent || debit.State == DebitState.NeedsReview);

    private static Correction Pending(Draft draft, CorrectedItem item, string id) =>
        draft.Ledger.FindCorrection(item, id)
        ?? throw new RefusedException(
            $"Account {draft.Ledger.Id} has no correction of {item.ToString().ToLowerInvariant()} {id} that waits "
                + "for a decision."
        );

    // Taken once, the stored version is what must not be asked about again; of a conflict nothing of this account is
    // refused.
    private static string? Refused(Draft draft, Correction correction) =>
        correction switch
        {
            { Other: not null } => null,
            { Bill: { } bill } => Versions.Of(draft.Ledger.BillOf(bill.Id)),
            _ => Versions.Of(draft.Ledger.Funds.First(funds => funds.Id == correction.Payment!.Id)),
        };

    private static AccountId WhereTo(Draft draft, Correction correction) =>
        correction.Bill is { } bill && draft.Ledger.Holds(bill.Id) ? correction.Other!.Value : draft.Ledger.Id;

    private static string Differs(string item, object id, string stored, string came) =>
        $"{item} {id} came again with other content. Stored: {stored}. The file: {came}";

    // Who assigns money or opens a bill by hand is told at once; only a file's word is kept for a person.
    private static void RefuseOutsideOfAFile(Draft draft, string stored, string asked)
    {
        if (draft.Source is null)
        {
            throw new RefusedException(
                $"It is known with other content. Stored: {stored}. Asked: {asked}. What is stored stays as it is."
            );
        }
    }
}
