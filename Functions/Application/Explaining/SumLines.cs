using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>The sum, line by line: for each bill what it asks less what was paid; then the debit.</summary>
internal static class SumLines
{
    public static IEnumerable<SumLine> Of(Explanation explanation, Words words) =>
        [.. explanation.Bills.SelectMany(sum => OfBill(sum, words)), Line(words, Phrase.LineTotal, explanation.Amount)];

    private static IEnumerable<SumLine> OfBill(BillSum sum, Words words) =>
        [
            sum.Moved.IsPositive
                ? Line(words, Phrase.LinePart, sum.Moved, ("bill", FirstSentence.BillDue(sum.DueDate, words)))
                : Line(words, Phrase.LineCharges, sum.Charges, ("bill", FirstSentence.BillDue(sum.DueDate, words))),
            .. Unless(sum.Adjustments, words, Phrase.LineAdjustment),
            .. sum.Moved < Money.Zero ? [Line(words, Phrase.LineLaterPart, sum.Moved)] : (SumLine[])[],
            .. Unless(sum.CreditGiven, words, Phrase.LineCreditGiven),
            .. sum.Payments.Select(payment => OfPayment(payment, words)),
            .. Unless(-sum.CollectedBefore, words, Phrase.LineCollectedBefore),
            .. Unless(-sum.Difference, words, Phrase.LineDifference),
            Line(words, Phrase.LineTakes, sum.Takes),
        ];

    private static SumLine OfPayment(PaymentPart payment, Words words) =>
        payment.IsCredit
            ? Line(words, Phrase.LineCredit, -payment.Cents, ("date", words.Day(payment.ReceivedOn)))
            : Line(
                words,
                payment.Amount == payment.Cents ? Phrase.LinePayment : Phrase.LinePaymentPart,
                -payment.Cents,
                ("amount", Words.Amount(payment.Amount)),
                ("received", words.Day(payment.ReceivedOn)),
                ("channel", words.Of(ChannelOf(payment.Channel))),
                ("posted", words.Day(payment.PostedOn))
            );

    private static Phrase ChannelOf(string channel) =>
        channel switch
        {
            "cash" => Phrase.ChannelCash,
            "check" => Phrase.ChannelCheck,
            "card" => Phrase.ChannelCard,
            "online" => Phrase.ChannelOnline,
            _ => Phrase.ChannelOther,
        };

    private static IEnumerable<SumLine> Unless(Money cents, Words words, Phrase phrase) =>
        cents.IsZero ? [] : [Line(words, phrase, cents)];

    private static SumLine Line(
        Words words,
        Phrase phrase,
        Money cents,
        params IReadOnlyList<(string Name, string Value)> values
    ) => new(phrase, words.Of(phrase, values), cents);
}
