namespace Autopay.Domain.Deciding;

/// <summary>What people ask for (R19, R22, R25).</summary>
internal static class AccountActions
{
    /// <summary>After a restore (R1).</summary>
    public static void RaiseGeneration(Draft draft, RaiseGeneration command)
    {
        if (draft.Ledger.Generation < command.To)
        {
            draft.Emit(new GenerationRaised(command.To, command.Why));
        }
    }

    /// <summary>
    /// The line leaves its debit, even inside a parent or a scheduled retry; refused in flight (R22).
    /// </summary>
    public static void Skip(Draft draft, BillId id, string why)
    {
        var bill = BillToChange(draft, id);
        if (bill.InFlight.IsPositive)
        {
            throw new RefusedException(
                $"Bill {id} is in flight: its debit was already sent to the bank and cannot be skipped."
            );
        }

        foreach (var part in Named(draft.Ledger, id).Where(part => !part.Skipped && part.InFlight.IsZero))
        {
            var home = draft.Ledger.LiveDebitOf(part.Id);
            draft.Emit(new BillSkipped(part.Id, why));
            if (home is not null)
            {
                draft.Emit(new LineRemoved(home.Id, part.Id, $"skipped: {why}"));
            }
        }
    }

    // Who names a bill means its parts too; one part can be named alone (R45).
    private static List<Bill> Named(AccountLedger ledger, BillId id) =>
        id.IsPart ? [ledger.BillOf(id)] : [.. ledger.WithParts(id)];

    /// <summary>The file came again with other ids: none of its bills that a person has not told apart (R41).</summary>
    public static void SkipLookAlikes(Draft draft, string import, string why)
    {
        foreach (
            var bill in draft
                .Ledger.BillsOldestFirst()
                .Where(bill => bill is { LooksLikeAnother: true, Open.IsPositive: true })
                .Where(bill => bill.InFlight.IsZero && bill.Flags.Any(flag => flag.Import == import))
                .ToList()
        )
        {
            Skip(draft, bill.Id, why);
        }
    }

    public static void Rearm(Draft draft, BillId id, string why)
    {
        BillToChange(draft, id);
        foreach (var bill in Named(draft.Ledger, id))
        {
            if (
                bill.Skipped
                || bill.Blocked is not null
                || (bill.LooksLikeAnother && draft.Ledger.LiveDebitOf(bill.Id) is null)
                || draft.Ledger.OpenBillsWithoutDebit().Any(open => open.Id == bill.Id)
            )
            {
                draft.Emit(new BillRearmed(bill.Id, why) { On = draft.Today });
                CashApplication.ApplyCredit(draft);
                Billing.ScheduleAgain(draft, bill.Id, $"Re-armed: {why}");
            }
        }
    }

    public static void RearmImport(Draft draft, string import, string why)
    {
        foreach (
            var bill in draft
                .Ledger.BillsOldestFirst()
                .Where(bill => bill.Blocked is { } block && block.Import == import)
                .ToList()
        )
        {
            Rearm(draft, bill.Id, why);
        }
    }

    /// <summary>A later file that differs again is listed again.</summary>
    public static void DismissWarnings(Draft draft, BillId id, string why)
    {
        if (BillToChange(draft, id) is var bill && draft.Ledger.Warnings.Any(warning => warning.Bill == bill.Id))
        {
            draft.Emit(new WarningsDismissed(id, why));
        }
    }

    public static void Suspend(Draft draft, string why) => EndUncollected.Suspend(draft, SuspensionKind.Person, why);

    public static void LiftSuspension(Draft draft, string why)
    {
        if (draft.Ledger.Suspension is not null)
        {
            draft.Emit(new SuspensionLifted(why));
        }
    }

    /// <summary>
    /// Back to Scheduled; the checks that asked are waived once, for this amount (R25). What looked like another bill
    /// is one of its own from now on, whatever its amount, and takes credit (R41).
    /// </summary>
    public static void Approve(Draft draft, DebitId id, string why)
    {
        var debit = InReview(draft, id);
        TwinBills.TellApart(draft, debit.Lines.Select(line => line.Bill), why);
        CashApplication.ApplyCredit(draft);
        var open = draft.Ledger.OpenOn(debit);
        draft.Emit(
            new DebitApproved(id, [.. debit.Reviews.Select(check => new WaivedCheck(check, open))], $"Approved: {why}")
        );
    }

    /// <summary>
    /// Its bills stay open and are not collected by themselves any more: a later adjustment of some cents must not
    /// bring back what a person refused (R25).
    /// </summary>
    public static void Cancel(Draft draft, DebitId id, string why)
    {
        draft.Emit(new DebitCancelled(InReview(draft, id).Id, draft.Today, $"Cancelled in review: {why}"));
        EndUncollected.BlockBills(draft, id, $"Cancelled in review: {why}");
    }

    /// <summary>
    /// Ends a debit that nothing is in flight of; its bills are not collected by themselves any more.
    /// </summary>
    public static void Discard(Draft draft, DebitId id, string why)
    {
        if (draft.Ledger.FindDebit(id) is not { IsUnsent: true })
        {
            throw new RefusedException(
                $"Debit {id} is not proven dead at the provider; only its word ends an attempt."
            );
        }

        draft.Emit(new DebitCancelled(id, draft.Today, $"Discarded: {why}"));
        EndUncollected.BlockBills(draft, id, $"Discarded: {why}");
    }

    public static void KeepCredit(Draft draft, PaymentId id, string why)
    {
        if (draft.Ledger.Funds.All(funds => funds.Id != id))
        {
            throw new NotYetKnownException($"Account {draft.Ledger.Id} has no payment {id}.");
        }

        if (draft.Ledger.WaitsForFinance(id))
        {
            draft.Emit(new CreditKept(id, $"Kept as credit: {why}"));
            CashApplication.ApplyCredit(draft);
        }
    }

    private static Bill BillToChange(Draft draft, BillId id) =>
        draft.Ledger.FindBill(id) ?? throw new NotYetKnownException($"Account {draft.Ledger.Id} has no bill {id}.");

    private static Debit InReview(Draft draft, DebitId id) =>
        draft.Ledger.FindDebit(id) switch
        {
            null when !draft.Ledger.EverHad(id) => throw new NotYetKnownException(
                $"Account {draft.Ledger.Id} has no debit {id}."
            ),
            null => throw new RefusedException($"Debit {id} of account {draft.Ledger.Id} was closed long ago."),
            { State: DebitState.NeedsReview } debit => debit,
            var debit => throw new RefusedException($"Debit {id} is not waiting for review: it is {debit.State}."),
        };
}
