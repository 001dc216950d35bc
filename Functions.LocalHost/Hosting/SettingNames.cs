using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost;

internal static partial class SettingNames
{
    /// <summary>Replaces every %name% by the setting of that name.</summary>
    public static string ResolveNames(this IConfiguration configuration, string text, string function) =>
        Name().Replace(text, match => configuration[match.Groups[1].Value] ?? throw new InvalidOperationException(
            $"Function '{function}': '{text}' names the setting '{match.Groups[1].Value}', which does not exist."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Name();
}
