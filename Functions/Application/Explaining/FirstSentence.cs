using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>The answer itself.</summary>
internal static class FirstSentence
{
    public static Sentence Of(Explanation explanation, Words words) =>
        words.Say(PhraseOf(explanation), ValuesOf(explanation, words));

    /// <summary>All bills that the sentence is about, in words.</summary>
    public static string BillsOf(Explanation explanation, Words words) =>
        words.List([.. TakenOf(explanation).Select(sum => sum.DueDate).Distinct().Select(due => BillDue(due, words))]);

    // Of which nothing is taken they are left to the sum.
    private static IEnumerable<BillSum> TakenOf(Explanation explanation) =>
        explanation.Bills.Any(sum => sum.Takes.IsPositive)
            ? explanation.Bills.Where(sum => sum.Takes.IsPositive)
            : explanation.Bills;

    public static string BillDue(DateOnly due, Words words) => words.Of(Phrase.BillDue, ("date", words.Day(due)));

    /// <summary>What the customer paid of these bills, but for credit.</summary>
    public static IReadOnlyList<PaymentPart> PaymentsOf(Explanation explanation) =>
        [.. explanation.Bills.SelectMany(sum => sum.Payments).Where(payment => !payment.IsCredit)];

    private static Phrase PhraseOf(Explanation explanation) =>
        explanation.Story switch
        {
            DebitStory.ToCome => explanation.ByCard ? Phrase.DebitToComeCard : Phrase.DebitToCome,
            DebitStory.Held => Phrase.DebitHeld,
            DebitStory.WaitsForRelease => Phrase.DebitWaitsForRelease,
            DebitStory.WaitsForNotice => Phrase.DebitWaitsForNotice,
            DebitStory.InReview => Phrase.DebitInReview,
            DebitStory.Suspended => Phrase.DebitSuspended,
            DebitStory.NoNextBill => Phrase.DebitNoNextBill,
            DebitStory.Halted => Phrase.DebitHalted,
            DebitStory.TooLittle => Phrase.DebitTooLittle,
            DebitStory.PaidUp => Phrase.DebitPaidUp,
            DebitStory.BeingSent => Phrase.DebitBeingSent,
            DebitStory.Asked => Phrase.DebitAsked,
            DebitStory.Unknown => Phrase.DebitUnknown,
            DebitStory.Retry => Phrase.DebitRetry,
            DebitStory.Collected or DebitStory.Returned => Collected(
                explanation.ByCard,
                PaymentsOf(explanation).Count > 0
            ),
            DebitStory.NotPaid => Phrase.DebitNotPaid,
            DebitStory.Declined => Phrase.DebitDeclined,
            DebitStory.Merged => Phrase.DebitMerged,
            DebitStory.Carried => Phrase.DebitCarried,
            DebitStory.Superseded => Phrase.DebitSuperseded,
            DebitStory.Satisfied => Phrase.DebitSatisfied,
            DebitStory.AutopayOff => Phrase.DebitAutopayOff,
            DebitStory.LeftOut => Phrase.DebitLeftOut,
            DebitStory.Cancelled => Phrase.DebitCancelled,
            _ => throw new InvalidOperationException($"No sentence tells of {explanation.Story}."),
        };

    private static Phrase Collected(bool byCard, bool afterPayment) =>
        (byCard, afterPayment) switch
        {
            (false, false) => Phrase.DebitCollected,
            (false, true) => Phrase.DebitCollectedAfterPayment,
            (true, false) => Phrase.DebitCollectedCard,
            (true, true) => Phrase.DebitCollectedAfterPaymentCard,
        };

    private static (string Name, string Value)[] ValuesOf(Explanation explanation, Words words)
    {
        var payments = PaymentsOf(explanation);
        return
        [
            ("amount", Words.Amount(explanation.Leaves)),
            ("bill", BillsOf(explanation, words)),
            ("day", words.Day(explanation.Days.On ?? explanation.AsOf)),
            ("date", words.Days(IsMerged(explanation) ? [explanation.Days.Due] : payments.Select(it => it.ReceivedOn))),
            ("paid", Words.Amount(payments.Sum(payment => payment.Cents))),
        ];
    }

    private static bool IsMerged(Explanation explanation) =>
        explanation.Story is DebitStory.Merged or DebitStory.Carried;
}
