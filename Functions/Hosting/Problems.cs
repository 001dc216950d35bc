using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting;

/// <summary>A request that cannot be taken as it is; the message says what was expected.</summary>
public sealed class BadRequestException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status => status;
}

/// <summary>Problem details after RFC 9457.</summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";

    public static async Task WriteAsync(HttpResponse response, int status, string title, string? detail)
    {
        response.StatusCode = status;
        response.ContentType = MediaType;
        await response.WriteAsync(JsonSerializer.Serialize(new { type = "about:blank", title, status, detail }, HttpJson.Options));
    }
}
