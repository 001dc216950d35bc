using System.Text.RegularExpressions;

namespace Autopay.Hosting.Operator;

/// <summary>
/// Settings among the arguments of an operator's command: named as in the configuration, with a section, or one of the
/// three connections.
/// </summary>
internal static partial class OperatorArguments
{
    /// <returns>What the command itself takes, and the settings as <c>--name=value</c>.</returns>
    public static (string[] Command, string[] Settings) Split(string[] args)
    {
        List<string> command = [],
            settings = [];
        for (var at = 0; at < args.Length; at++)
        {
            if (!SettingPattern().IsMatch(args[at]))
            {
                command.Add(args[at]);
            }
            else
            {
                // "--name value" is "--name=value" too.
                settings.Add(
                    args[at].Contains('=', StringComparison.Ordinal) || at + 1 == args.Length
                        ? args[at]
                        : $"{args[at]}={args[++at]}"
                );
            }
        }

        return ([.. command], [.. settings]);
    }

    [GeneratedRegex(
        "^--(?:[A-Za-z][A-Za-z0-9]*(?::[A-Za-z0-9]+)+|AutopayStorage|AutopayCopies|AzureWebJobsStorage)(?:=|$)"
    )]
    private static partial Regex SettingPattern();
}
