using System.Globalization;

namespace Autopay.StripeSandbox;

/// <summary>`--name value` pairs; an option may be given several times: each `--webhook-secret` signs.</summary>
internal sealed class CommandLine
{
    private const string ExitFlag = "--exit-with-parent";
    private const string MandateName = "--missing-mandate";
    private const string PayoutsFlag = "--daily-payouts";

    private static readonly string[] Names =
    [
        "--port",
        "--webhook-url",
        "--webhook-secret",
        "--data",
        "--time-zone",
        MandateName,
    ];
    private readonly List<(string Name, string Value)> given = [];
    private readonly bool paysOutDaily;

    public CommandLine(IReadOnlyList<string> args)
    {
        for (var index = 0; index < args.Count; index++)
        {
            if (args[index] == ExitFlag)
            {
                ExitsWithParent = true;
            }
            else if (args[index] == PayoutsFlag)
            {
                paysOutDaily = true;
            }
            else if (Names.Contains(args[index], StringComparer.Ordinal) && index + 1 < args.Count)
            {
                Problem ??=
                    args[index] == MandateName && !TryReadMandate(args[index + 1], out _)
                        ? $"{MandateName} takes "
                            + $"{string.Join(", ", Enum.GetNames<MissingMandate>()).ToLowerInvariant()}, not "
                            + $"'{args[index + 1]}'."
                        : null;
                given.Add((args[index], args[++index]));
            }
            else
            {
                Problem ??=
                    $"'{args[index]}' is no option, or lacks its value. Options: {string.Join(", ", Names)}, "
                    + $"{ExitFlag}, {PayoutsFlag}.";
            }
        }
    }

    public string? Problem { get; }

    public bool ExitsWithParent { get; }

    public SandboxOptions Options =>
        new()
        {
            Port = int.Parse(Last("--port") ?? "0", CultureInfo.InvariantCulture),
            DailyPayouts = paysOutDaily,
            DataFile = Last("--data"),
            MissingMandate = TryReadMandate(Last(MandateName), out var missing) ? missing : default,
            TimeZone = Last("--time-zone") ?? new SandboxOptions().TimeZone,
            Webhooks = Last("--webhook-url") is { } url
                ? [new WebhookTarget(new Uri(url), All("--webhook-secret"))]
                : [],
        };

    private static bool TryReadMandate(string? word, out MissingMandate missing) =>
        Enum.TryParse(word, ignoreCase: true, out missing) && Enum.IsDefined(missing);

    private string? Last(string name) => All(name).LastOrDefault();

    private List<string> All(string name) =>
        [.. given.Where(option => option.Name == name).Select(option => option.Value)];
}
