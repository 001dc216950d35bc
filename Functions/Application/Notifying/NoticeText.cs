using Autopay.Application.Texts;

namespace Autopay.Application.Notifying;

/// <summary>Who writes.</summary>
/// <param name="City">Its name, as its customers know it.</param>
/// <param name="Phone">Where they call; empty names the billing office.</param>
public sealed record NoticeSender(string City, string Phone);

/// <summary>A notice in words: in the customer's language, or in both where it is not known.</summary>
public sealed record NoticeText(string Subject, string Body)
{
    private const string BetweenLanguages = "\n\n----------\n\n";

    public static NoticeText Of(AccountLedger ledger, NoticeContent content, NoticeSender city)
    {
        var texts = LanguagesOf(ledger.Enrolled)
            .Select(language => In(Words.In(language), ledger, content, city))
            .ToList();
        return new NoticeText(
            string.Join(" / ", texts.Select(text => text.Subject)),
            string.Join(BetweenLanguages, texts.Select(text => text.Body)) + "\n"
        );
    }

    /// <summary>
    /// The sentences of a printed letter, the same as of an e-mail, in the account's language; English where that is
    /// not known. A mail merge writes the rest around them.
    /// </summary>
    public static string OfLetter(AccountLedger ledger, NoticeContent content)
    {
        var words = WordsOf(ledger);
        return string.Join(' ', Sentences(words, content, ValuesOf(words, ledger, content, city: "")));
    }

    /// <summary>What of a bill is asked for, in the account's language; English where that is not known.</summary>
    public static string BillLine(AccountLedger ledger, AttemptLine line) => BillLine(WordsOf(ledger), ledger, line);

    private static Words WordsOf(AccountLedger ledger) =>
        Words.In(Languages.Of(ledger.Enrolled.Language ?? "en") ?? Language.English);

    private static IReadOnlyList<Language> LanguagesOf(Enrolment enrolment) =>
        enrolment.Language is { } code && Languages.Of(code) is { } language
            ? [language]
            : [Language.English, Language.Spanish];

    private static (string, string)[] ValuesOf(Words words, AccountLedger ledger, NoticeContent content, string city) =>
        [
            ("city", city),
            ("amount", Words.Amount(content.Amount)),
            ("day", words.Day(content.Day)),
            ("expires", ledger.Enrolled.CardExpires is { } expires ? words.Day(expires) : ""),
        ];

    private static IEnumerable<string> Sentences(
        Words words,
        NoticeContent content,
        IReadOnlyList<(string, string)> values
    ) =>
        [
            words.Of(content.IsTakenBack ? Phrase.NoticeTakenBack : SentenceOf(content.Kind), values),
            .. InParts(words, content.Parts),
            .. content.Next.Select(step => WhatNext(words, step)),
        ];

    private static NoticeText In(Words words, AccountLedger ledger, NoticeContent content, NoticeSender city)
    {
        var values = ValuesOf(words, ledger, content, city.City);
        IEnumerable<string> lines =
        [
            words.Of(Phrase.NoticeAccount, ("account", ledger.Id.Value)),
            .. Sentences(words, content, values),
            string.Join('\n', content.Bills.Select(line => BillLine(words, ledger, line))),
            city.Phone.Length > 0
                ? words.Of(Phrase.NoticeOffice, ("phone", city.Phone))
                : words.Of(Phrase.NoticeOfficeNoPhone),
        ];
        return new NoticeText(words.Of(SubjectOf(content.Kind), values), string.Join("\n\n", lines));
    }

    private static string BillLine(Words words, AccountLedger ledger, AttemptLine line) =>
        words.Of(
            Phrase.NoticeBill,
            ("bill", line.Bill.Value),
            ("due", words.Day(ledger.BillOf(line.Bill).DueDate)),
            ("amount", Words.Amount(line.Cents))
        );

    private static IEnumerable<string> InParts(Words words, IReadOnlyList<DebitPart> parts) =>
        parts.Count == 0
            ? []
            :
            [
                words.Of(
                    Phrase.InParts,
                    ("amount", Words.Amount(parts.Sum(part => part.Amount))),
                    ("parts", words.List([.. parts.Select(part => PartOn(words, part))]))
                ),
            ];

    private static string PartOn(Words words, DebitPart part) =>
        words.Of(Phrase.PartOn, ("amount", Words.Amount(part.Amount)), ("day", words.Day(part.Day)));

    private static string WhatNext(Words words, NextStep step) =>
        words.Of(
            step.Kind switch
            {
                NextStepKind.Retry => Phrase.NoticeRetry,
                NextStepKind.NewDebit => Phrase.NoticeNewDebit,
                NextStepKind.OnHold => Phrase.NoticeOnHold,
                _ => Phrase.NoticePayNow,
            },
            ("amount", Words.Amount(step.Amount)),
            ("day", step.Day is { } day ? words.Day(day) : "")
        );

    private static Phrase SubjectOf(NoticeKind kind) =>
        kind switch
        {
            NoticeKind.Change => Phrase.NoticeChangeSubject,
            NoticeKind.Reminder => Phrase.NoticeReminderSubject,
            NoticeKind.Collected => Phrase.NoticeCollectedSubject,
            NoticeKind.CardExpires => Phrase.NoticeCardExpiresSubject,
            _ => Phrase.NoticeNotCollectedSubject,
        };

    private static Phrase SentenceOf(NoticeKind kind) =>
        kind switch
        {
            NoticeKind.Change => Phrase.NoticeChange,
            NoticeKind.Reminder => Phrase.NoticeReminder,
            NoticeKind.Collected => Phrase.NoticeCollected,
            NoticeKind.CardExpires => Phrase.NoticeCardExpires,
            _ => Phrase.NoticeNotCollected,
        };
}
