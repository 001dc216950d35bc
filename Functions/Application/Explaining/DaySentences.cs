using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Application.Explaining;

/// <summary>Why on this day.</summary>
internal static class DaySentences
{
    public static Sentence Of(DayReason reason, Explanation explanation, Words words) =>
        reason switch
        {
            { Kind: DayReasonKind.Released } => Released(explanation.Release!, words),
            { Kind: DayReasonKind.Held, To: null } => words.Say(Phrase.WhyHeldStill, ("from", Day(reason.On, words))),
            { Kind: DayReasonKind.Held } => words.Say(
                Phrase.WhyHeld,
                ("from", Day(reason.On, words)),
                ("to", Day(reason.To, words))
            ),
            { Kind: DayReasonKind.Merged } => words.Say(
                reason.Bills.Count == 1 ? Phrase.WhyMerged : Phrase.WhyMergedMany,
                ("bill", words.List([.. reason.Bills.Select(due => FirstSentence.BillDue(due, words))]))
            ),
            { Kind: DayReasonKind.BankingDay } => words.Say(
                Phrase.WhyBankingDay,
                ("date", Day(reason.On, words)),
                ("next", Day(reason.To, words))
            ),
            { Kind: DayReasonKind.Part } => words.Say(Phrase.WhyPart),
            { Kind: DayReasonKind.Later } when explanation.Days.Submitted is null => words.Say(
                Phrase.WhyLaterToCome,
                ("date", Day(reason.On, words)),
                ("next", Day(reason.To, words))
            ),
            _ => words.Say(PhraseOf(reason.Kind), ("date", Day(reason.On, words))),
        };

    private static Phrase PhraseOf(DayReasonKind kind) =>
        kind switch
        {
            DayReasonKind.DueDate => Phrase.WhyDueDate,
            DayReasonKind.Retry => Phrase.WhyRetry,
            DayReasonKind.Reviewed => Phrase.WhyReviewed,
            DayReasonKind.Told => Phrase.WhyTold,
            DayReasonKind.Later => Phrase.WhyLater,
            _ => throw new InvalidOperationException($"No sentence tells of {kind}."),
        };

    private static Sentence Released(ReleaseSum release, Words words) =>
        release switch
        {
            { On: null } => words.Say(Phrase.WhyReleasedLongAgo, ("plan", release.Plan)),
            { Name: null } => words.Say(
                Phrase.WhyReleasedByAnother,
                ("plan", release.Plan),
                ("date", Day(release.On, words))
            ),
            _ => words.Say(
                Phrase.WhyReleased,
                ("plan", release.Plan),
                ("name", release.Name),
                ("date", Day(release.On, words))
            ),
        };

    private static string Day(DateOnly? day, Words words) =>
        words.Day(day ?? throw new InvalidOperationException("A sentence needs a day that the books do not have."));
}
