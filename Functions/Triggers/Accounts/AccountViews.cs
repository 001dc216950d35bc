using System.Globalization;
using Autopay.Application.Ledgers;

namespace Autopay.Triggers.Accounts;

/// <summary>An account as the HTTP interface shows it; amounts are cents.</summary>
internal static class AccountViews
{
    public static object ToView(AccountView view) =>
        new
        {
            account = view.Ledger.Id,
            version = view.Ledger.Operations,
            view.Ledger.Enrolment,
            view.Ledger.Suspension,
            view.Ledger.FormerPayers,
            view.Ledger.ReturnedDebits,
            creditCents = view.Credit,
            bills = view.Ledger.BillsOldestFirst().Select(ToView),
            debits = view.Debits.Select(ToView),
            payments = view.Ledger.Funds.Select(funds => new
            {
                funds.Id,
                funds.Source,
                funds.NamedBill,
                funds.Payer,
                amountCents = funds.Amount,
                leftCents = funds.Left,
                reversedCents = funds.Reversed,
                refundedCents = funds.Refunded,
                funds.WhileInFlight,
                funds.AlsoTakenBy,
                funds.Kept,
                funds.ReceivedOn,
                funds.PostedOn,
                funds.Applied,
            }),
            paidTwice = view
                .Ledger.PaidTwice()
                .Select(twice => new
                {
                    payment = twice.Payment.Id,
                    cents = twice.Cents,
                    twice.Debit,
                }),
            view.Ledger.Warnings,
            view.Ledger.DeclinedNotices,
            story = view.Story.Select(ToView),
            storyMonths = view.Months.Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        };

    private static object ToView(StoryLine line) =>
        new
        {
            line.At,
            line.Civil,
            line.Facts.Kind,
            line.Facts.Cents,
            line.Facts.Bill,
            line.Facts.Debit,
            line.Facts.Payment,
            line.Facts.Code,
            line.Facts.Deferral,
            line.By,
            line.Name,
            line.Role,
            line.Why,
            line.What,
            line.Reason,
            line.IsForTheCustomer,
        };

    public static object ToView(Debit debit, Money open) =>
        new
        {
            debit = debit.Id,
            debit.DueDate,
            debit.State,
            openCents = open,
            debit.Reason,
        };

    private static object ToView(Bill bill) =>
        new
        {
            bill = bill.Id,
            bill.Cycle,
            bill.DueDate,
            chargesCents = bill.Charges,
            paidElsewhereCents = bill.PaidElsewhere,
            collectedCents = bill.Collected,
            inFlightCents = bill.InFlight,
            openCents = bill.Open,
            bill.Skipped,
            bill.Blocked?.Reason,
            bill.Blocked?.Since,
            bill.Blocked?.Import,
            bill.Flags,
            bill.Payer,
            bill.Exemptions,
        };

    private static object ToView(DebitView view) =>
        new
        {
            debit = view.Debit.Id,
            view.Debit.DueDate,
            view.Debit.State,
            view.Why,
            view.Debit.HeldBy,
            view.Debit.MergedInto,
            lines = view.Debit.Lines.Select(line => line.Bill),
            view.NextEvaluation,
            view.EarliestDay,
            view.WaitsForNotice,
            notices = view.Debit.Notices.Select(notice => new
            {
                notice.Number,
                notice.Kind,
                notice.State,
                notice.AskedOn,
                notice.Channel,
                notice.SentOn,
                amountCents = notice.Amount,
                notice.Day,
                notice.Proof,
                notice.Failure,
            }),
            attempts = view.Debit.Attempts.Select(attempt => new
            {
                attempt.Number,
                attempt.Phase,
                amountCents = attempt.Amount,
                attempt.IntentId,
                attempt.SubmittedOn,
                attempt.Code,
            }),
            returnedCents = view.Debit.ReturnedCents,
            refunds = view.Debit.Refunds.Select(refund => new
            {
                id = refund.RequestId,
                refund.Number,
                refund.Kind,
                amountCents = refund.Amount,
                refund.State,
                refund.RefundId,
                refund.Why,
                refund.RequestedOn,
                refund.AnsweredOn,
            }),
        };
}
