using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Autopay.StripeSandbox.Webhooks;

/// <summary>
/// `t=…,v1=…`: an HMAC-SHA256 of "timestamp.body" in hex, one for each secret that is valid at the moment.
/// </summary>
internal static class WebhookSignature
{
    public static string Sign(string body, IEnumerable<string> secrets, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{timestamp}.{body}");
        var signatures = secrets.Select(secret =>
            $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}"
        );
        return string.Join(',', signatures.Prepend($"t={timestamp}"));
    }
}
