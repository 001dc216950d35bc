using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>A payment for what a debit takes too (R28): who had paid before it left is told so.</summary>
public static class PaidTwiceSentences
{
    /// <param name="sentOn">The civil day on which the debit was sent; null where that is no longer known.</param>
    public static Sentence ToTheClerk(PaidTwice twice, DateOnly? sentOn, Words words) =>
        Say(IsEnteredLate(twice, sentOn) ? Phrase.EnteredLateForTheClerk : Phrase.PaidTwiceForTheClerk, twice, words);

    internal static IEnumerable<Sentence> ToTheClerk(Explanation explanation, Words words) =>
        explanation.PaidTwice.Select(twice => ToTheClerk(twice, explanation.Days.Submitted, words));

    internal static IEnumerable<Sentence> ToTheCustomer(Explanation explanation, Words words) =>
        explanation.PaidTwice.Select(twice =>
            Say(IsEnteredLate(twice, explanation.Days.Submitted) ? Phrase.EnteredLate : Phrase.PaidTwice, twice, words)
        );

    private static bool IsEnteredLate(PaidTwice twice, DateOnly? sentOn) => twice.Payment.ReceivedOn < sentOn;

    private static Sentence Say(Phrase phrase, PaidTwice twice, Words words) =>
        words.Say(
            phrase,
            ("amount", Words.Amount(twice.Cents)),
            ("date", words.Day(twice.Payment.ReceivedOn)),
            ("posted", words.Day(twice.Payment.PostedOn))
        );
}
