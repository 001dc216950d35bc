using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Autopay.Hosting.Identity;

/// <summary>
/// What a secret must look like before anything is believed or charged by it. What is said of one never contains it.
/// </summary>
internal static partial class SecretShapes
{
    // A reference that the platform could not resolve reaches the app as its own text, which anybody can read in a
    // template.
    private const string Reference = "@Microsoft.KeyVault(";
    private static readonly string[] MoneyServices = ["BlobEndpoint", "QueueEndpoint", "TableEndpoint"];

    /// <summary>Settings of these sections whose value is still a reference to the vault.</summary>
    public static IEnumerable<string> Unresolved(IConfiguration configuration, params IEnumerable<string> sections) =>
        sections
            .SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(setting => IsReference(setting.Value))
            .Select(setting => setting.Key);

    public static bool IsReference(string? value) =>
        value?.Contains(Reference, StringComparison.OrdinalIgnoreCase) == true;

    public static bool IsApiKey(string key) => ApiKeyPattern().IsMatch(key);

    public static bool IsWebhookSecret(string secret) => WebhookSecretPattern().IsMatch(secret);

    /// <summary>
    /// An account key in the settings is good for the emulator of this machine only: every endpoint is on it, not just
    /// one.
    /// </summary>
    public static bool IsEmulator(string connection)
    {
        if (connection is "UseDevelopmentStorage=true")
        {
            return true;
        }

        var parts = connection
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToList();
        return MoneyServices.All(service => parts.Count(part => part[0] == service) == 1)
            && !parts.Any(part => part[0].Contains("DevelopmentStorage", StringComparison.OrdinalIgnoreCase))
            && parts
                .Where(part => part[0].EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase))
                .All(part => part is [_, var address] && IsOnThisMachine(address));
    }

    private static bool IsOnThisMachine(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    [GeneratedRegex("^(sk|rk)_(live|test)_[A-Za-z0-9_]+$")]
    private static partial Regex ApiKeyPattern();

    // At least 24 characters in all: a placeholder is shorter, and a short secret can be guessed.
    [GeneratedRegex("^whsec_[A-Za-z0-9_+/=-]{18,}$")]
    private static partial Regex WebhookSecretPattern();
}
