namespace Autopay.Application.Ports.Messages;

/// <summary>The queues; the triggers bind to the same constants.</summary>
public static class QueueNames
{
    public const string Evaluate = "evaluate";
    public const string ProviderEvents = "provider-events";
    public const string Imports = "imports";
    public const string Runs = "runs";
    public const string Notices = "notices";
    public const string EvaluatePoison = Evaluate + "-poison";
    public const string ProviderEventsPoison = ProviderEvents + "-poison";
    public const string ImportsPoison = Imports + "-poison";

    public const string RunsPoison = Runs + "-poison";
    public const string NoticesPoison = Notices + "-poison";

    public static IReadOnlyList<string> All { get; } =
    [
        Evaluate,
        ProviderEvents,
        Imports,
        Runs,
        Notices,
        EvaluatePoison,
        ProviderEventsPoison,
        ImportsPoison,
        RunsPoison,
        NoticesPoison,
    ];
}
