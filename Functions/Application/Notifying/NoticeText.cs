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

    public static NoticeText Of(AccountLedger ledger, Debit debit, NoticeContent content, NoticeSender city)
    {
        var texts = LanguagesOf(ledger.Enrolled)
            .Select(language => In(Words.In(language), ledger, debit, content, city))
            .ToList();
        return new NoticeText(
            string.Join(" / ", texts.Select(text => text.Subject)),
            string.Join(BetweenLanguages, texts.Select(text => text.Body)) + "\n"
        );
    }

    /// <summary>The sentence of a printed letter, in its language; a mail merge writes the rest around it.</summary>
    public static string SentenceOf(LetterRow row)
    {
        var words = Words.In(Languages.Of(row.Language) ?? Language.English);
        return words.Of(
            SentenceOf(row.Kind),
            ("amount", Words.Amount(new Money(row.AmountCents))),
            ("day", words.Day(row.Day)),
            ("city", ""),
            ("expires", words.Day(row.Day))
        );
    }

    /// <summary>What of a bill is asked for, in the account's language; English where that is not known.</summary>
    public static string BillLine(AccountLedger ledger, AttemptLine line) =>
        BillLine(Words.In(Languages.Of(ledger.Enrolled.Language ?? "en") ?? Language.English), ledger, line);

    private static IReadOnlyList<Language> LanguagesOf(Enrolment enrolment) =>
        enrolment.Language is { } code && Languages.Of(code) is { } language
            ? [language]
            : [Language.English, Language.Spanish];

    private static NoticeText In(
        Words words,
        AccountLedger ledger,
        Debit debit,
        NoticeContent content,
        NoticeSender city
    )
    {
        (string, string)[] values =
        [
            ("city", city.City),
            ("amount", Words.Amount(content.Amount)),
            ("day", words.Day(content.Day)),
            ("expires", ledger.Enrolled.CardExpires is { } expires ? words.Day(expires) : ""),
        ];
        IEnumerable<string> lines =
        [
            words.Of(Phrase.NoticeAccount, ("account", ledger.Id.Value)),
            words.Of(SentenceOf(content.Kind), values),
            .. WhatNext(words, debit, content.Kind),
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

    private static IEnumerable<string> WhatNext(Words words, Debit debit, NoticeKind kind) =>
        kind != NoticeKind.NotCollected ? []
        : debit is { State: DebitState.RetryScheduled, RetryOn: { } day }
            ? [words.Of(Phrase.NoticeRetry, ("day", words.Day(day)))]
        : [words.Of(Phrase.NoticePayNow)];

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
