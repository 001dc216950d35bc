using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Autopay.Hosting;

/// <summary>A request that cannot be taken as it is; the message says what was expected.</summary>
public sealed class BadRequestException(string message, int status = StatusCodes.Status400BadRequest)
    : Exception(message)
{
    public int Status => status;
}

/// <summary>Not now; the message says what is missing, and nothing about the inside.</summary>
public sealed class NotReadyException(string message) : Exception(message);

/// <summary>
/// Problem details after RFC 9457. Their type is the status itself, so their title is the status in words; the detail
/// is ours.
/// </summary>
internal static class Problems
{
    public const string MediaType = "application/problem+json";

    /// <param name="facts">What a program can read of it, beside the sentence.</param>
    public static string Of(int status, string? detail, IReadOnlyDictionary<string, object>? facts = null)
    {
        Dictionary<string, object> problem = new()
        {
            ["type"] = "about:blank",
            ["title"] = TitleOf(status),
            ["status"] = status,
        };
        if (detail is not null)
        {
            problem["detail"] = detail;
        }

        foreach (var (name, value) in facts ?? new Dictionary<string, object>())
        {
            problem[name] = value;
        }

        return JsonSerializer.Serialize(problem, HttpJson.Options);
    }

    public static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status);

    public static async Task WriteAsync(
        HttpResponse response,
        int status,
        string? detail,
        IReadOnlyDictionary<string, object>? facts = null
    )
    {
        response.StatusCode = status;
        response.ContentType = MediaType;
        await response.WriteAsync(Of(status, detail, facts));
    }
}
