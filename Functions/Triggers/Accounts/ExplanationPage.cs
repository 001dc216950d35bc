using System.Net;
using Autopay.Application.Explaining;
using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Triggers.Accounts;

/// <summary>
/// One page without style or script: headings, sentences and a table, which any browser shows and prints. All that is
/// not ours is escaped.
/// </summary>
internal static class ExplanationPage
{
    public static ContentResult Write(Explanation explanation, ExplanationText text, Words words) =>
        new()
        {
            Content = Page(explanation, text, words),
            ContentType = "text/html; charset=utf-8",
            StatusCode = StatusCodes.Status200OK,
        };

    private static string Page(Explanation explanation, ExplanationText text, Words words)
    {
        var title = words.Of(Phrase.PageTitle);
        return $"""
            <!DOCTYPE html>
            <html lang="{words.Language.Code}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Safe($"{title} {explanation.Debit}")}</title>
            </head>
            <body>
            <main>
            <h1>{Safe(title)}</h1>
            {Paragraphs([.. Head(explanation, text, words), .. text.Answer.Select(sentence => sentence.Text)])}
            {Table(text.Sum, words)}
            {Section(words.Of(Phrase.PageDay), text.WhyThisDay)}
            {Section(words.Of(Phrase.PageClerk), text.ForTheClerk)}
            </main>
            </body>
            </html>

            """;
    }

    private static IEnumerable<string> Head(Explanation explanation, ExplanationText text, Words words) =>
        [
            words.Of(
                Phrase.PageAccount,
                ("account", explanation.Debit.Account.Value),
                ("debit", explanation.Debit.Value)
            ),
            $"{text.Outcome.Text}. {words.Of(Phrase.PageAsOf, ("date", words.Day(explanation.AsOf)))}.",
        ];

    private static string Table(IReadOnlyList<SumLine> lines, Words words) =>
        $"""
            <table>
            <caption>{Safe(words.Of(Phrase.PageSum))}</caption>
            <thead><tr>{Column(words.Of(Phrase.PageWhat))}{Column(words.Of(Phrase.PageAmount))}</tr></thead>
            <tbody>
            {string.Join('\n', lines.Select(Row))}
            </tbody>
            </table>
            """;

    private static string Column(string text) => $"<th scope=\"col\">{Safe(text)}</th>";

    private static string Row(SumLine line) =>
        $"<tr><th scope=\"row\">{Safe(line.Text)}</th><td>{Safe(Words.Amount(line.Cents))}</td></tr>";

    private static string Section(string title, IReadOnlyList<Sentence> sentences) =>
        sentences.Count == 0 ? "" : $"<h2>{Safe(title)}</h2>\n{Paragraphs(sentences.Select(it => it.Text))}";

    private static string Paragraphs(IEnumerable<string> texts) =>
        string.Join('\n', texts.Select(text => $"<p>{Safe(text)}</p>"));

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
