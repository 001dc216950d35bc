namespace Autopay.Domain.Deciding.Bills;

/// <summary>
/// One bill taken out of one hold or merge, such as a final bill in a merge window, while the deferral goes on for
/// everybody else (R38).
/// </summary>
internal static class Exempting
{
    public static void Exempt(Draft draft, ExemptBill command)
    {
        var bill =
            draft.Ledger.FindBill(command.Bill)
            ?? throw new NotYetKnownException($"Account {draft.Ledger.Id} has no bill {command.Bill}.");
        var deferral =
            draft.Controls.Find(command.Deferral)
            ?? throw new RefusedException($"There is no deferral '{command.Deferral}'.");
        if (bill.Exemptions.Contains(deferral.Id) == command.On)
        {
            return;
        }

        if (command.On)
        {
            TakeOut(draft, bill, deferral, command.Why);
        }
        else
        {
            TakeBack(draft, bill, deferral, command.Why);
        }
    }

    private static void TakeOut(Draft draft, Bill bill, Deferral deferral, string why)
    {
        if (!deferral.Covers(bill))
        {
            throw new RefusedException($"Deferral '{deferral.Id}' does not cover bill {bill.Id}.");
        }

        draft.Emit(new BillExempted(bill.Id, deferral.Id, On: true, $"Exempted from '{deferral.Id}': {why}"));
        if (
            draft.Ledger.LiveDebitOf(bill.Id) is { } home
            && bill.InFlight.IsZero
            && WouldStay(draft.Ledger, home, bill.Id, deferral)
        )
        {
            draft.Emit(new LineRemoved(home.Id, bill.Id, $"exempted from '{deferral.Id}'"));
            var day = home.RetryOn ?? (home.SplitFrom is null ? bill.DueDate : home.DueDate);
            var debit = Billing.Debiting(draft, day, [bill.Id], $"Exempted from '{deferral.Id}': due {day:yyyy-MM-dd}");
            Billing.Schedule(draft, debit with { BornOfRetry = home.RetryOn is not null, SplitFrom = home.SplitFrom });
        }
    }

    // In a debit that it was folded into, or beside a bill that stays deferred, it would go on waiting: it gets a debit
    // of its own.
    private static bool WouldStay(AccountLedger ledger, Debit home, BillId bill, Deferral deferral) =>
        home.Lines.First(line => line.Bill == bill).WasFoldedBy(deferral.Id)
        || home.Lines.Any(line =>
            line.Bill != bill
            && !line.WasFoldedBy(deferral.Id)
            && (
                deferral.Action == DeferralAction.Hold
                    ? deferral.Holds(ledger.BillOf(line.Bill))
                    : deferral.Covers(ledger.BillOf(line.Bill))
            )
        );

    private static void TakeBack(Draft draft, Bill bill, Deferral deferral, string why)
    {
        if (
            draft
                .Ledger.Debits.SelectMany(debit => debit.Attempts)
                .Any(attempt =>
                    attempt.Phase is not (AttemptPhase.Planned or AttemptPhase.Abandoned)
                    && attempt.Lines.Any(line => line.Bill == bill.Id)
                )
        )
        {
            throw new RefusedException(
                $"Bill {bill.Id} was sent to the bank under its exemption from '{deferral.Id}': "
                    + "that cannot be taken back."
            );
        }

        draft.Emit(
            new BillExempted(bill.Id, deferral.Id, On: false, $"No longer exempted from '{deferral.Id}': {why}")
        );
    }
}
