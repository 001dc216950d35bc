using System.Text.Json.Nodes;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Http;

/// <summary>Stripe's lists: newest first, cut by a cursor that names a row.</summary>
internal static class Pages
{
    private const int DefaultLimit = 10;
    private static readonly string[] Comparisons = ["gt", "gte", "lt", "lte"];

    public static ListPage Cut<T>(IEnumerable<T> newestFirst, Parameters parameters, string url)
        where T : IRow
    {
        var limit = Limit(parameters);
        var before = parameters.Text("ending_before");
        var rows = before is null ? After(newestFirst, parameters.Text("starting_after")) : Before(newestFirst, before);
        var page = rows.Take(limit + 1).ToList();
        var more = page.Count > limit;
        page = page[..Math.Min(limit, page.Count)];
        if (before is not null)
        {
            page.Reverse();
        }
        return new ListPage(new JsonArray([.. page.Select(row => Wire.Node(row))]), more, url);
    }

    /// <summary>`created=1700000000` or `created[gte]=…`; checked before the list is walked.</summary>
    public static Func<long, bool> CreatedFilter(Parameters parameters)
    {
        var unknown = parameters.KeysWithin("created").Except(Comparisons, StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw RefusedException.Parameter(
                $"Received unknown parameter: created[{unknown}]",
                $"created[{unknown}]",
                "parameter_unknown"
            );
        }
        var exactly = parameters.Integer("created");
        var above = parameters.Integer("gt", "created");
        var from = parameters.Integer("gte", "created");
        var below = parameters.Integer("lt", "created");
        var to = parameters.Integer("lte", "created");
        return created =>
            (exactly is null || created == exactly)
            && (above is null || created > above)
            && (from is null || created >= from)
            && (below is null || created < below)
            && (to is null || created <= to);
    }

    private static int Limit(Parameters parameters) =>
        parameters.Integer("limit") switch
        {
            null => DefaultLimit,
            var limit and >= 1 and <= 100 => (int)limit,
            < 1 => throw RefusedException.Parameter(
                "This value must be greater than or equal to 1.",
                "limit",
                "parameter_invalid_integer"
            ),
            _ => throw RefusedException.Parameter(
                "This value must be less than or equal to 100.",
                "limit",
                "parameter_invalid_integer"
            ),
        };

    private static IEnumerable<T> After<T>(IEnumerable<T> rows, string? cursor)
        where T : IRow => cursor is null ? rows : rows.SkipWhile(row => row.Id != cursor).Skip(1);

    /// <summary>The rows just newer than the cursor, nearest first.</summary>
    private static IEnumerable<T> Before<T>(IEnumerable<T> rows, string cursor)
        where T : IRow => rows.TakeWhile(row => row.Id != cursor).Reverse();
}
