using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Pages;

/// <summary>What of a page's address is asked of its list.</summary>
internal static class PageQuery
{
    private static readonly string[] OfThePage = ["lang", "keys", "done"];

    /// <summary>
    /// Takes out what says how the page is shown, and the fields that a form left empty: what stays is checked as
    /// strictly as a program's query, and tokens of pages hold in either language.
    /// </summary>
    public static void KeepFilter(HttpRequest request, params IReadOnlyList<string> also) =>
        request.Query = new QueryCollection(
            request
                .Query.Where(it =>
                    !OfThePage.Contains(it.Key) && !also.Contains(it.Key) && it.Value.ToString().Length > 0
                )
                .ToDictionary(it => it.Key, it => it.Value, StringComparer.OrdinalIgnoreCase)
        );
}
