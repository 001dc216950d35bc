using System.Text;
using Microsoft.AspNetCore.Http;

namespace Autopay.StripeSandbox.Http;

/// <summary>
/// Any test key will do. A live key is refused: whoever sends one here has mixed up two environments.
/// </summary>
internal static class ApiKeyCheck
{
    public static string? Refuse(HttpRequest request) =>
        Key(request.Headers.Authorization.ToString()) switch
        {
            null or "" =>
                "You did not provide an API key. You need to provide your API key in the Authorization header, "
                    + "using Bearer auth "
                    + "(e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            var key when key.Contains("_live_", StringComparison.Ordinal) =>
                "A live API key was sent to the sandbox. Use a test key here, and check what the live one is used for.",
            var key
                when key.StartsWith("sk_", StringComparison.Ordinal)
                    || key.StartsWith("rk_", StringComparison.Ordinal) => null,
            _ => "Invalid API Key provided.",
        };

    private static string? Key(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header[7..].Trim();
        }
        return header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? UserOf(header[6..].Trim()) : null;
    }

    private static string? UserOf(string basic)
    {
        var bytes = new byte[basic.Length];
        return Convert.TryFromBase64String(basic, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':')[0]
            : null;
    }
}
