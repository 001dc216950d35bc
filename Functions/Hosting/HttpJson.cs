using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Autopay.Application.Texts;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Hosting;

/// <summary>
/// JSON in and out: unknown fields are refused, bodies are small, and who asks and why is always there.
/// </summary>
internal static class HttpJson
{
    /// <summary>Of a body that is JSON, in bytes.</summary>
    public const long LargestBody = 1024 * 1024;

    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            AllowDuplicateProperties = false,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
        };

    /// <exception cref="BadRequestException">Not JSON, too large, or not of this shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadRequestException(
                "Expected a body of type application/json.",
                StatusCodes.Status415UnsupportedMediaType
            );
        }

        var body =
            RequestTerms.Of(request).Rest is { } rest && !typeof(T).IsAssignableTo(typeof(ChangeTerms))
                ? rest
                : await ReadBodyAsync(request, LargestBody);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, Options) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new BadRequestException(JsonErrors.Describe(body, typeof(T), Options));
        }
    }

    /// <summary>The raw bytes; larger bodies are refused before they are read whole.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, long limit)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await ReadPartAsync(request, buffer, limit)) > 0)
        {
            await copy.WriteAsync(buffer.AsMemory(0, read));
            if (copy.Length > limit)
            {
                throw TooLarge(limit);
            }
        }

        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }

    /// <summary>The server itself ends a body that is over its own limit.</summary>
    public static async Task<int> ReadPartAsync(HttpRequest request, Memory<byte> buffer, long limit)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }
    }

    public static BadRequestException TooLarge(long limit) =>
        new($"The body is larger than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);

    public static IActionResult Ok(object value, int status = StatusCodes.Status200OK) =>
        Text(JsonSerializer.Serialize(value, Options), status);

    /// <param name="json">As it was serialised before.</param>
    public static IActionResult Text(string json, int status) =>
        new ContentResult
        {
            Content = json,
            ContentType = "application/json",
            StatusCode = status,
        };

    public static IActionResult NotFound(string what) =>
        new ContentResult
        {
            Content = Problems.Of(StatusCodes.Status404NotFound, what),
            ContentType = Problems.MediaType,
            StatusCode = StatusCodes.Status404NotFound,
        };

    /// <summary>Who asks; the middleware let nobody through whom it does not know.</summary>
    public static Person User(HttpRequest request) =>
        CallerOf(request).ToPerson() with
        {
            Operation = RequestTerms.Of(request).Operation?.Id,
        };

    public static Caller CallerOf(HttpRequest request) =>
        Caller.Of(request.HttpContext)
        ?? throw new InvalidOperationException("A route that is open to all changes nothing in anybody's name.");

    /// <exception cref="BadRequestException">There is no reason.</exception>
    public static string Reason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > 500 || reason.Any(char.IsControl)
            ? throw new BadRequestException("reason: expected a sentence of at most 500 characters that says why.")
            : reason.Trim();

    /// <exception cref="BadRequestException">The text cannot be an id.</exception>
    public static string Id(string text, string name) =>
        IsId(text)
            ? text
            : throw new BadRequestException(
                $"{name}: expected an id of 1 to 64 letters, digits, '.', '_', ':' or '-'."
            );

    public static bool IsId(string text) =>
        text.Length is > 0 and <= 64
        && text is not ("." or "..")
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-');

    /// <summary>The id of something stuck, which may be an account's with a word before it.</summary>
    /// <exception cref="BadRequestException">The text cannot be such an id.</exception>
    public static string StuckId(string text) =>
        text.Split(':', 2) is [var kind, var rest] ? $"{Id(kind, "id")}:{Id(rest, "id")}" : Id(text, "id");

    /// <returns>Null when the query does not name it.</returns>
    /// <exception cref="BadRequestException">It is no whole number within the bounds.</exception>
    public static int? Number(IQueryCollection query, string name, int least, int most) =>
        query[name].FirstOrDefault() switch
        {
            null => null,
            var text
                when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= least
                    && number <= most => number,
            _ => throw new BadRequestException($"{name}: expected a whole number from {least} to {most}."),
        };

    /// <returns>False when the query does not name it.</returns>
    /// <exception cref="BadRequestException">It is neither true nor false.</exception>
    public static bool Flag(IQueryCollection query, string name) =>
        query[name].FirstOrDefault() switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw new BadRequestException($"{name}: expected true or false."),
        };

    /// <returns>English when the query names no language.</returns>
    /// <exception cref="BadRequestException">It is a language that we do not speak.</exception>
    public static Language LanguageOf(IQueryCollection query) =>
        query["lang"].FirstOrDefault() is not { } code ? Language.English
        : Languages.Of(code) is { } language ? language
        : throw new BadRequestException("lang: expected en or es.");

    /// <returns>Null when the query does not name it.</returns>
    /// <exception cref="BadRequestException">It is no civil day.</exception>
    public static DateOnly? Day(IQueryCollection query, string name) =>
        query[name].FirstOrDefault() is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
        : throw new BadRequestException($"{name}: expected a day, such as 2020-02-01.");

    /// <returns>The first day of the month; null when the query does not name it.</returns>
    /// <exception cref="BadRequestException">It is no month.</exception>
    public static DateOnly? Month(IQueryCollection query, string name) =>
        query[name].FirstOrDefault() is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month
        : throw new BadRequestException($"{name}: expected a month, such as 2020-02.");

    /// <exception cref="BadRequestException">The query has another name, or one of these twice.</exception>
    public static void Names(IQueryCollection query, params IReadOnlyList<string> names)
    {
        if (query.FirstOrDefault(it => !names.Contains(it.Key) || it.Value.Count != 1) is { Key: { } name })
        {
            throw new BadRequestException($"{name}: expected each of {string.Join(", ", names)} at most once.");
        }
    }

    /// <exception cref="BadRequestException">The text is not a cycle.</exception>
    public static CycleNumber Cycle(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cycle) && cycle is > 0 and < 100
            ? new CycleNumber(cycle)
            : throw new BadRequestException("cycle: expected a number from 1 to 99.");
}
