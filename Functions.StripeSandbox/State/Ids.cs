using System.Security.Cryptography;

namespace Autopay.StripeSandbox.State;

internal static class Ids
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(Base62, 24)}";

    /// <summary>The same text for the same input, for account fingerprints and the like.</summary>
    public static string Derived(string from, int length) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(from)))[..length];

    /// <summary>Could Stripe have made this id? `cus_9s6XKzkNRiz8i3` yes; `cus_`, `customer 7` no.</summary>
    public static bool IsPlausible(string id, string prefix) =>
        id.Length > prefix.Length + 1
        && id.Length <= 255
        && id.StartsWith(prefix + "_", StringComparison.Ordinal)
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
