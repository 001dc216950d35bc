namespace Autopay.Domain.Work;

/// <summary>Everything of an account that waits for finance, as one list.</summary>
public static class WorkOfAccount
{
    extension(AccountLedger ledger)
    {
        /// <summary>Whether anything of it waits for finance.</summary>
        public bool IsListed => ledger.Work().Count > 0;

        /// <summary>
        /// Whether something of the account waits for a person, or may come to: a review, an unknown outcome, a bank's
        /// answer, a next bill.
        /// </summary>
        public bool IsWatched =>
            ledger.Debits.Any(debit =>
                debit.State
                    is DebitState.NeedsReview
                        or DebitState.Unknown
                        or DebitState.Submitted
                        or DebitState.Charging
                || debit.Discrepancy is not null
                || debit is { State: DebitState.Deferred, HeldBy.Count: 0 }
                || debit.Refunds.Any(refund => refund.IsOpen)
            )
            || ledger.PaidTwice().Any()
            || ledger.RefundList().Any();

        /// <summary>
        /// Everything of the account that waits for finance: bills, debits in review, money that came in twice, money
        /// to give back. It follows from the ledger alone. What only the passing of time brings is listed by an event
        /// (R32).
        /// </summary>
        public IReadOnlyList<WorkItem> Work() =>
            [
                .. ledger.Worklist().Select(ledger.ToWork),
                .. ledger.Debits.Where(ledger.IsInReview).Select(ledger.ToWork),
                .. ledger.PaidTwice().Select(ledger.ToWork),
                .. ledger.RefundList().Select(ledger.ToWork),
                .. ledger.Funds.Where(funds => funds.Late is not null && !IsTakenBack(funds)).Select(ledger.ToLate),
                .. ledger
                    .Corrections.GroupBy(correction => (correction.Item, correction.Id))
                    .Select(group => ledger.ToWork([.. group])),
                .. ledger.UndeliveredNotices().Select(it => ledger.ToWork(it.Debit, it.Notice)),
            ];

        private WorkItem ToWork(Debit debit, Notice notice) =>
            new(
                WorkKind.NoticeFailed,
                $"{debit.Id}:{notice.Number}",
                notice.Amount,
                $"The {notice.Kind.ToString().ToLowerInvariant()} notice did not arrive: {notice.Failure}",
                notice.SentOn ?? notice.AskedOn
            )
            {
                Account = ledger.Id,
                Debit = debit.Id,
                Cycles = ledger.CyclesOfAccount(),
            };

        private WorkItem ToWork(ListedBill listed) =>
            new(ledger.KindOf(listed), listed.Bill.Id.Value, listed.Bill.Open, listed.Reason, listed.Since)
            {
                Account = ledger.Id,
                Bill = listed.Bill.Id,
                Debit = listed.Debit,
                Import = listed.Import,
                Lacking = listed.Lacking,
                DueDate = listed.Bill.DueDate,
                Cycles = [listed.Bill.Cycle],
                IsSuspended = ledger.Suspension is not null,
            };

        private WorkItem ToWork(Debit debit)
        {
            var bills = ledger.BillsOf(debit).ToList();
            return new WorkItem(WorkKind.Review, debit.Id.Value, ledger.OpenOn(debit), debit.Reason, debit.ScheduledOn)
            {
                Account = ledger.Id,
                Debit = debit.Id,
                Bill = bills is [var only] ? only.Id : null,
                Import = bills.Find(bill => bill.LooksLikeAnother)?.Flags.First(IsOfTwin).Import,
                DueDate = debit.DueDate,
                Cycles = [.. bills.Select(bill => bill.Cycle).Distinct().Order()],
            };
        }

        private WorkItem ToWork(PaidTwice twice) =>
            ledger.OfMoney(
                WorkKind.PaidTwice,
                twice.Payment,
                twice.Cents,
                twice.Debit,
                $"{twice.Cents} of payment {twice.Payment.Id} came in for what {TakenBy(twice.Debit)} took: refund or "
                    + "keep as credit?"
            );

        private WorkItem ToWork(Funds funds) =>
            ledger.OfMoney(
                WorkKind.Refund,
                funds,
                funds.Left,
                funds.CollectedBy,
                funds.Source == FundsSource.OverCollected
                    ? $"{funds.Left} was collected and is no longer owed: refund or keep as credit?"
                    : $"{funds.Left} is credit of the former payer {funds.Payer}: give it back, or keep it as "
                        + "credit of the account?"
            );

        private WorkItem ToLate(Funds funds)
        {
            var late = funds.Late!;
            var entered = new TotalKey(funds.ReceivedOn, funds.Channel, funds.Drawer, null);
            var reason =
                $"Payment {funds.Id} of {funds.Amount}, {entered}, came in after cycle {late.Cycle} was cleared "
                + $"through {late.Through:yyyy-MM-dd} for {funds.Channel}: are other receipts of that drawer "
                + "missing too?";
            return new WorkItem(WorkKind.LateReceipt, funds.Id.Value, funds.Amount, reason, funds.PostedOn)
            {
                Account = ledger.Id,
                Payment = funds.Id,
                Bill = funds.NamedBill,
                Cycles = [late.Cycle],
                Late = late,
            };
        }

        private WorkItem OfMoney(WorkKind kind, Funds funds, Money cents, DebitId? debit, string reason) =>
            new(kind, funds.Id.Value, cents, reason, funds.PostedOn)
            {
                Account = ledger.Id,
                Payment = funds.Id,
                Debit = debit,
                Bill = funds.NamedBill,
                Cycles =
                    funds.NamedBill is { } named && ledger.FindBill(named) is { } bill
                        ? [bill.Cycle]
                        : ledger.CyclesOfAccount(),
            };

        // A bill and a payment may have the same id: the word before it tells them apart.
        // What is decided next is listed; what waits behind it is said.
        private WorkItem ToWork(IReadOnlyList<Correction> ofOne)
        {
            var next = ofOne[0];
            return new(
                next.Other is null ? WorkKind.Correction : WorkKind.Conflict,
                $"{WordOf(next.Item)}:{next.Id}",
                next.Amount,
                string.Join(
                    "; when this is kept as it is stored, next: ",
                    ofOne.Select(correction => correction.Reason)
                ),
                next.Since
            )
            {
                Account = ledger.Id,
                Bill = next.Bill?.Id,
                Payment = next.Payment?.Id,
                Import = next.Import,
                DueDate = next.Bill?.DueDate,
                Cycles = next.Bill is { } bill ? [bill.Cycle] : ledger.CyclesOfAccount(),
            };
        }

        // All that one file brought again is left out at once (R41).
        private static bool IsOfTwin(BillFlag flag) => flag.Check == ReviewCheck.Twin;

        // Deciding about the correction is the way out of the review too: one thing is listed once.
        private bool IsInReview(Debit debit) =>
            debit.State == DebitState.NeedsReview
            && !(debit.Reviews is [ReviewCheck.Correction] && ledger.CorrectionsOn(debit).Any());

        private WorkKind KindOf(ListedBill listed) =>
            listed is { Kind: WorkKind.NotCollected, Debit: { } debit }
            && ledger.DebitOf(debit).State == DebitState.Deferred
                ? WorkKind.NoNextBill
                : listed.Kind;

        private CycleNumber[] CyclesOfAccount() => ledger.Enrolment is { } enrolment ? [enrolment.Cycle] : [];
    }

    private static bool IsTakenBack(Funds funds) => funds.Reversed >= funds.Amount;

    private static string WordOf(CorrectedItem item) => item == CorrectedItem.Bill ? "bill" : "payment";

    private static string TakenBy(DebitId? debit) => debit is { } known ? $"debit {known}" : "a debit";
}
