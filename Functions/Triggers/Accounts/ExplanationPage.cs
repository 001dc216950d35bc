using System.Net;
using System.Text;
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
            Content = Text(explanation, text, words),
            ContentType = "text/html; charset=utf-8",
            StatusCode = StatusCodes.Status200OK,
        };

    private static string Text(Explanation explanation, ExplanationText text, Words words)
    {
        var page = new StringBuilder();
        var debit = explanation.Debit;
        var title = words.Of(Phrase.PageTitle);
        page.Append($"<!DOCTYPE html>\n<html lang=\"{words.Language.Code}\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append($"<title>{Safe($"{title} {debit}")}</title>\n</head>\n<body>\n<main>\n<h1>{Safe(title)}</h1>\n");
        Paragraph(page, words.Of(Phrase.PageAccount, ("account", debit.Account.Value), ("debit", debit.Value)));
        Paragraph(page, $"{text.Outcome.Text}. {words.Of(Phrase.PageAsOf, ("date", words.Day(explanation.AsOf)))}.");
        Paragraphs(page, text.Answer);
        Table(page, text.Sum, words);
        Section(page, words.Of(Phrase.PageDay), text.WhyThisDay);
        Section(page, words.Of(Phrase.PageClerk), text.ForTheClerk);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Table(StringBuilder page, IReadOnlyList<SumLine> lines, Words words)
    {
        page.Append($"<table>\n<caption>{Safe(words.Of(Phrase.PageSum))}</caption>\n<thead><tr>")
            .Append($"<th scope=\"col\">{Safe(words.Of(Phrase.PageWhat))}</th>")
            .Append($"<th scope=\"col\">{Safe(words.Of(Phrase.PageAmount))}</th></tr></thead>\n<tbody>\n");
        foreach (var line in lines)
        {
            page.Append(
                $"<tr><th scope=\"row\">{Safe(line.Text)}</th><td>{Safe(Words.Amount(line.Cents))}</td></tr>\n"
            );
        }

        page.Append("</tbody>\n</table>\n");
    }

    private static void Section(StringBuilder page, string title, IReadOnlyList<Sentence> sentences)
    {
        if (sentences.Count > 0)
        {
            page.Append($"<h2>{Safe(title)}</h2>\n");
            Paragraphs(page, sentences);
        }
    }

    private static void Paragraphs(StringBuilder page, IReadOnlyList<Sentence> sentences)
    {
        foreach (var sentence in sentences)
        {
            Paragraph(page, sentence.Text);
        }
    }

    private static void Paragraph(StringBuilder page, string text) => page.Append($"<p>{Safe(text)}</p>\n");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
