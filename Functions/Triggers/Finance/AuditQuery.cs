using System.Globalization;
using Autopay.Application.Auditing;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Finance;

/// <summary>What is asked of the audit: which acts, which page, as JSON or as a file.</summary>
internal sealed record AuditQuery(AuditFilter Filter, long After, int Limit, bool IsCsv)
{
    private static readonly string[] Names = ["from", "to", "who", "what", "limit", "after", "format"];

    /// <exception cref="BadRequestException">A name or a value that there is not.</exception>
    public static AuditQuery Of(HttpRequest request)
    {
        var query = request.Query;
        if (query.FirstOrDefault(it => !Names.Contains(it.Key) || it.Value.Count != 1) is { Key: { } name })
        {
            throw new BadRequestException($"{name}: expected each of {string.Join(", ", Names)} at most once.");
        }

        var filter = new AuditFilter(Day(query, "from"), Day(query, "to"), Text(query, "who"), Text(query, "what"));
        return new AuditQuery(
            filter.From > filter.To
                ? throw new BadRequestException("from: expected a day that is not after 'to'.")
                : filter,
            PageTokens.Open(request) is { } place ? long.Parse(place, CultureInfo.InvariantCulture) : 0,
            HttpJson.Number(query, "limit", 1, Paging.LargestLimit) ?? Paging.DefaultLimit,
            Text(query, "format") switch
            {
                null or "json" => false,
                "csv" => true,
                _ => throw new BadRequestException("format: expected json or csv."),
            }
        );
    }

    private static string? Text(IQueryCollection query, string name) => query[name].FirstOrDefault();

    private static DateOnly? Day(IQueryCollection query, string name) =>
        Text(query, name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
        : throw new BadRequestException($"{name}: expected a day, such as 2020-02-01.");
}
