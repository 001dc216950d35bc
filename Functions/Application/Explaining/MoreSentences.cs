using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>What a customer asks next.</summary>
internal static class MoreSentences
{
    public static IEnumerable<Sentence> Of(Explanation explanation, Words words) =>
        [
            .. Paid(explanation, words),
            .. InParts(explanation, words),
            .. Told(explanation, words),
            .. Earlier(explanation, words),
            .. TakenOut(explanation, words),
            .. GivenBack(explanation, words),
            .. PaidTwiceSentences.ToTheCustomer(explanation, words),
        ];

    // Where the first sentence has not told it already.
    private static IEnumerable<Sentence> Paid(Explanation explanation, Words words)
    {
        var payments = FirstSentence.PaymentsOf(explanation);
        if (payments.Count > 0 && explanation.Story is not (DebitStory.Collected or DebitStory.Returned))
        {
            yield return words.Say(
                explanation.Amount.IsPositive ? Phrase.LeftAfterPayments : Phrase.YouPaid,
                ("paid", Words.Amount(payments.Sum(payment => payment.Cents))),
                ("date", words.Days(payments.Select(payment => payment.ReceivedOn)))
            );
        }

        var credit = explanation
            .Bills.SelectMany(sum => sum.Payments)
            .Where(payment => payment.IsCredit)
            .Sum(payment => payment.Cents);
        if (credit.IsPositive)
        {
            yield return words.Say(Phrase.CreditUsed, ("credit", Words.Amount(credit)));
        }
    }

    private static IEnumerable<Sentence> InParts(Explanation explanation, Words words)
    {
        if (explanation.Parts.Count > 0)
        {
            var parts = explanation.Parts.Select(part =>
                words.Of(Phrase.PartOn, ("amount", Words.Amount(part.Amount)), ("day", words.Day(part.Day)))
            );
            yield return words.Say(
                Phrase.InParts,
                ("amount", Words.Amount(explanation.Parts.Sum(part => part.Amount))),
                ("parts", words.List([.. parts]))
            );
        }
    }

    private static IEnumerable<Sentence> Told(Explanation explanation, Words words) =>
        [
            .. ToldByNotice(explanation, words),
            .. explanation.ToldPublicly.SelectMany(notice => ToldPublicly(notice, words)),
        ];

    private static IEnumerable<Sentence> ToldPublicly(PublicNotice notice, Words words) =>
        [
            words.Say(
                Phrase.ToldPublicly,
                ("date", words.Day(notice.PublishedOn)),
                ("audience", notice.Audience),
                ("what", notice.What.TrimEnd('.'))
            ),
            .. notice.Evidence.Length == 0
                ? (Sentence[])[]
                : [words.Say(Phrase.ToldPubliclyEvidence, ("evidence", notice.Evidence))],
        ];

    // The last one counts: it told the amount and the day as they were to be.
    private static IEnumerable<Sentence> ToldByNotice(Explanation explanation, Words words) =>
        explanation.Told is [.., { SentOn: { } on, Amount: { } amount, Day: { } day }]
            ?
            [
                words.Say(
                    Phrase.ToldInTime,
                    ("date", words.Day(on)),
                    ("amount", Words.Amount(amount)),
                    ("day", words.Day(day))
                ),
            ]
            : [];

    private static IEnumerable<Sentence> Earlier(Explanation explanation, Words words)
    {
        var collected = explanation.Bills.Sum(sum => sum.CollectedBefore);
        if (collected.IsPositive)
        {
            yield return words.Say(Phrase.CollectedBefore, ("amount", Words.Amount(collected)));
        }

        if (explanation.Bills.Any(sum => sum.PreviousBalance.IsPositive))
        {
            yield return words.Say(Phrase.PreviousBalanceNotAdded);
        }

        var difference = explanation.Bills.Sum(sum => -sum.Difference);
        if (!difference.IsZero)
        {
            yield return words.Say(Phrase.RestoredBooks, ("amount", Words.Amount(difference)));
        }
    }

    private static IEnumerable<Sentence> TakenOut(Explanation explanation, Words words)
    {
        if (explanation.TakenOut.Count > 0)
        {
            var bills = explanation.TakenOut.Select(it => FirstSentence.BillDue(it.DueDate, words));
            yield return words.Say(Phrase.TakenOut, ("bill", words.List([.. bills])));
        }
    }

    private static IEnumerable<Sentence> GivenBack(Explanation explanation, Words words)
    {
        if (explanation is { Returned.IsPositive: true, ReturnedOn: { } on })
        {
            yield return words.Say(
                Phrase.BankTookBack,
                ("amount", Words.Amount(explanation.Returned)),
                ("date", words.Day(on))
            );
        }

        foreach (var refund in explanation.Refunds)
        {
            var isPaid = refund.State == RefundState.Paid;
            yield return words.Say(
                isPaid ? Phrase.GivenBack : Phrase.BeingGivenBack,
                ("amount", Words.Amount(refund.Amount)),
                ("date", words.Day(isPaid ? refund.AnsweredOn ?? refund.RequestedOn : refund.RequestedOn))
            );
        }
    }
}
