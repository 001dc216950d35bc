using System.Globalization;

namespace Autopay.StripeSandbox;

internal static class CommandLine
{
    public const string ExitWithParent = "--exit-with-parent";

    public static SandboxOptions Parse(IReadOnlyList<string> args) => new()
    {
        Port = int.Parse(Value(args, "--port") ?? "0", CultureInfo.InvariantCulture),
        DataFile = Value(args, "--data"),
        TimeZone = Value(args, "--time-zone") ?? new SandboxOptions().TimeZone,
        Webhooks = Value(args, "--webhook-url") is { } url ? [new WebhookTarget(new Uri(url), Values(args, "--webhook-secret"))] : [],
    };

    private static string? Value(IReadOnlyList<string> args, string name) => Values(args, name).LastOrDefault();

    /// <summary>An option may be given several times: each `--webhook-secret` signs.</summary>
    private static List<string> Values(IReadOnlyList<string> args, string name) =>
        [.. args.Zip(args.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second)];
}
