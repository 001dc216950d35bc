using System.Text.Json;
using Autopay.Application.Work;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Work;

/// <summary>What is asked of the work list: which part, which page, as JSON or as a file.</summary>
internal sealed record WorkQuery(WorkFilter Filter, WorkCursor? After, int Limit, bool IsCsv)
{
    private const int LongestAge = 36_500;
    private static readonly string[] Names = ["for", "kind", "cycle", "olderThan", "limit", "after", "format"];

    /// <exception cref="BadRequestException">A name or a value that there is not; the message says which there
    /// are.</exception>
    public static WorkQuery Of(HttpRequest request)
    {
        var query = request.Query;
        foreach (var (name, values) in query)
        {
            if (!Names.Contains(name) || values.Count != 1)
            {
                throw new BadRequestException($"{name}: expected each of {string.Join(", ", Names)} at most once.");
            }
        }

        var audience = One(query, "for", NamesOf<WorkAudience>()) ?? WorkAudience.Finance;
        var format = One(query, "format", new Dictionary<string, bool> { ["json"] = false, ["csv"] = true });
        var (isCsv, limit) = (
            format ?? false,
            HttpJson.Number(query, "limit", 1, Paging.LargestLimit) ?? Paging.DefaultLimit
        );
        var age = HttpJson.Number(query, "olderThan", 0, LongestAge);
        var filter = new WorkFilter(audience, KindsOf(query, audience), CycleOf(query), age);
        return new WorkQuery(filter, AfterOf(request, isCsv), limit, isCsv);
    }

    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static Dictionary<string, T> NamesOf<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(NameOf);

    private static IReadOnlyList<WorkKind> KindsOf(IQueryCollection query, WorkAudience audience)
    {
        var known = WorkKinds.Of(audience).ToDictionary(NameOf);
        return Text(query, "kind") is { } text
            ? [.. text.Split(',').Distinct().Select(name => ValueOf("kind", name, known))]
            : [.. known.Values];
    }

    private static CycleNumber? CycleOf(IQueryCollection query) =>
        Text(query, "cycle") is { } text ? HttpJson.Cycle(text) : null;

    private static WorkCursor? AfterOf(HttpRequest request, bool isCsv) =>
        isCsv && request.Query.ContainsKey(PageTokens.Name)
            ? throw new BadRequestException("after: a file has every item; expected it without format=csv.")
        : PageTokens.Open(request) is { } place ? WorkCursor.Parse(place) ?? throw PageTokens.Wrong()
        : null;

    private static T? One<T>(IQueryCollection query, string name, Dictionary<string, T> known)
        where T : struct => Text(query, name) is { } text ? ValueOf(name, text, known) : null;

    private static T ValueOf<T>(string name, string text, Dictionary<string, T> known) =>
        known.TryGetValue(text, out var value)
            ? value
            : throw new BadRequestException($"{name}: expected {string.Join(", ", known.Keys)}; found '{text}'.");

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) ? values.ToString() : null;
}
