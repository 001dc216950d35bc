using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting;

/// <param name="Next">What <c>after</c> says for the next page; null on the last one.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How every list of the app is asked for: <c>limit</c> and <c>after</c>, and no name that it does not
/// know.</summary>
internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int LargestLimit = 200;

    /// <exception cref="BadRequestException">It is no whole number within the bounds.</exception>
    public static int LimitOf(HttpRequest request) =>
        HttpJson.Number(request.Query, "limit", 1, LargestLimit) ?? DefaultLimit;

    /// <param name="all">In their order.</param>
    /// <param name="keyOf">What an item is known by, within the list.</param>
    /// <param name="names">What the query may say beside the page.</param>
    /// <exception cref="BadRequestException">A name or a value that there is not.</exception>
    public static ListPage<T> Page<T>(
        HttpRequest request,
        IReadOnlyList<T> all,
        Func<T, string> keyOf,
        params IReadOnlyList<string> names
    )
    {
        HttpJson.Names(request.Query, [.. names, "limit", PageTokens.Name]);
        var (begin, limit) = (BeginOf(request, all, keyOf), LimitOf(request));
        List<T> page = [.. all.Skip(begin).Take(limit)];
        var end = begin + page.Count;
        var place =
            page.Count > 0 && end < all.Count
                ? string.Create(CultureInfo.InvariantCulture, $"{end}|{keyOf(page[^1])}")
                : null;
        return new ListPage<T>(page, PageTokens.Seal(request, place));
    }

    // Behind the last item of the page before; where that one has left the list meanwhile, where it was.
    private static int BeginOf<T>(HttpRequest request, IReadOnlyList<T> all, Func<T, string> keyOf)
    {
        if (PageTokens.Open(request)?.Split('|', 2) is not [var number, var key])
        {
            return 0;
        }

        var known = all.Index().FirstOrDefault(it => keyOf(it.Item) == key, (-1, default!)).Index;
        return known >= 0 ? known + 1 : int.Parse(number, CultureInfo.InvariantCulture) - 1;
    }
}
