using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting;

/// <summary>
/// Where the next page of a list begins, for the caller and the filter that it was given to. A token that was altered,
/// or comes from another person or filter, is refused: it would show a page of another list. It opens nothing that the
/// caller may not read anyway, so it needs no secret.
/// </summary>
internal static class PageTokens
{
    public const string Name = "after";

    private const int CheckBytes = 12;

    // Of the query these say how much and how, not what.
    private static readonly string[] NotTheFilter = [Name, "limit", "format"];

    /// <param name="filter">What a request says in its body of which list it is; a query says it by itself.</param>
    /// <returns>Null on the last page.</returns>
    public static string? Seal(HttpRequest request, string? place, string filter = "") =>
        place is null
            ? null
            : Base64Url.EncodeToString([.. CheckOf(request, filter, place), .. Encoding.UTF8.GetBytes(place)]);

    /// <returns>Null when the query asks for the first page.</returns>
    /// <exception cref="BadRequestException">The token was not given to this caller for this filter.</exception>
    public static string? Open(HttpRequest request) => Open(request, request.Query[Name].FirstOrDefault());

    /// <inheritdoc cref="Open(HttpRequest)"/>
    /// <param name="token">As a request has it in its body.</param>
    public static string? Open(HttpRequest request, string? token, string filter = "")
    {
        if (token is null)
        {
            return null;
        }

        var bytes = Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : [];
        var place = Encoding.UTF8.GetString(bytes.AsSpan(Math.Min(CheckBytes, bytes.Length)));
        return Seal(request, place, filter) == token ? place : throw Wrong();
    }

    public static BadRequestException Wrong() => new($"{Name}: expected 'next' of the page before.");

    private static byte[] CheckOf(HttpRequest request, string body, string place)
    {
        var filter = request
            .Query.Where(it => !NotTheFilter.Contains(it.Key))
            .OrderBy(it => it.Key, StringComparer.Ordinal)
            .Select(it => $"{it.Key}={it.Value}");
        string[] fields =
        [
            HttpJson.CallerOf(request).Who,
            request.Path.ToString().ToUpperInvariant(),
            .. filter,
            .. body.Length == 0 ? [] : new[] { $"body={body}" },
            place,
        ];
        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', fields)))[..CheckBytes];
    }
}
