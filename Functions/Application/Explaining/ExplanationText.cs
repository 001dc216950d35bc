using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>One line of the sum, ready to be read aloud.</summary>
/// <param name="Cents">Signed: what was paid is below zero.</param>
public sealed record SumLine(Phrase Code, string Text, Money Cents);

/// <summary>An explanation in one language.</summary>
/// <param name="Answer">The first sentence is the answer, the others what a customer asks next.</param>
/// <param name="ForTheClerk">What to ask the customer; empty mostly.</param>
public sealed record ExplanationText(
    Sentence Outcome,
    IReadOnlyList<Sentence> Answer,
    IReadOnlyList<Sentence> WhyThisDay,
    IReadOnlyList<SumLine> Sum,
    IReadOnlyList<Sentence> ForTheClerk
)
{
    public static ExplanationText Of(Explanation explanation, Words words) =>
        new(
            OutcomeOf(explanation, words),
            [FirstSentence.Of(explanation, words), .. MoreSentences.Of(explanation, words)],
            [.. explanation.WhyThisDay.Select(reason => DaySentences.Of(reason, explanation, words))],
            [.. SumLines.Of(explanation, words)],
            [.. PaidTwiceSentences.ToTheClerk(explanation, words)]
        );

    private static Sentence OutcomeOf(Explanation explanation, Words words) =>
        words.Say(
            explanation.Outcome switch
            {
                DebitOutcome.Collected => Phrase.OutcomeCollected,
                DebitOutcome.Returned => Phrase.OutcomeReturned,
                DebitOutcome.Declined => Phrase.OutcomeDeclined,
                DebitOutcome.Unknown => Phrase.OutcomeUnknown,
                _ => Phrase.OutcomeNothingTaken,
            }
        );
}
