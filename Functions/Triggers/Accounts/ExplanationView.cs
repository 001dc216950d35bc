using Autopay.Application.Explaining;
using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Triggers.Accounts;

/// <summary>An explanation as the HTTP interface shows it: codes and cents, and the ready sentences.</summary>
internal static class ExplanationView
{
    public static object Of(Explanation explanation, ExplanationText text, Language language) =>
        new
        {
            account = explanation.Debit.Account,
            explanation.Debit,
            partOf = explanation.Whole == explanation.Debit ? (DebitId?)null : explanation.Whole,
            explanation.AsOf,
            explanation.Story,
            explanation.Outcome,
            explanation.Code,
            amountCents = explanation.Amount,
            bills = explanation.Bills.Select(ToView),
            explanation.Days,
            whyThisDay = explanation.WhyThisDay.Select(reason => new
            {
                code = reason.Kind,
                reason.On,
                reason.To,
                reason.Bills,
            }),
            explanation.Release,
            explanation.HeldBy,
            explanation.Reviews,
            explanation.TakenOut,
            parts = explanation.Parts.Select(part => new
            {
                part.Debit,
                amountCents = part.Amount,
                part.Day,
            }),
            notices = explanation.Told.Select(notice => new
            {
                notice.Channel,
                notice.SentOn,
                amountCents = notice.Amount,
                notice.Day,
                notice.Proof,
            }),
            publicNotices = explanation.ToldPublicly.Select(notice => new
            {
                notice.Id,
                notice.What,
                notice.PublishedOn,
                notice.Audience,
                notice.Evidence,
            }),
            returnedCents = explanation.Returned,
            refunds = explanation.Refunds.Select(refund => new
            {
                id = refund.RequestId,
                amountCents = refund.Amount,
                refund.State,
                refund.RequestedOn,
                refund.AnsweredOn,
            }),
            paidTwice = explanation.PaidTwice.Select(twice => new
            {
                payment = twice.Payment.Id,
                cents = twice.Cents,
                twice.Payment.ReceivedOn,
            }),
            language = language.Code,
            text,
        };

    private static object ToView(BillSum sum) =>
        new
        {
            sum.Bill,
            sum.DueDate,
            chargesCents = sum.Charges,
            adjustmentsCents = sum.Adjustments,
            movedCents = sum.Moved,
            creditGivenCents = sum.CreditGiven,
            payments = sum.Payments.Select(payment => new
            {
                payment.Payment,
                payment.Source,
                payment.Channel,
                payment.ReceivedOn,
                payment.PostedOn,
                amountCents = payment.Amount,
                payment.Cents,
                payment.IsCredit,
            }),
            collectedBeforeCents = sum.CollectedBefore,
            takesCents = sum.Takes,
            differenceCents = sum.Difference,
            previousBalanceCents = sum.PreviousBalance,
        };
}
