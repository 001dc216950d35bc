using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Hosting;

/// <summary>
/// The SDK refuses a wrong option of the queues without saying which; a person who edits <c>host.json</c> is told here,
/// before anything starts.
/// </summary>
internal static class QueueLimits
{
    private static readonly TimeSpan ShortestPolling = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a message waits at most here, where a look into a queue costs nothing.</summary>
    private static readonly TimeSpan LongestPolling = TimeSpan.FromSeconds(2);
    private const string Queues = $"{LocalHostConfiguration.HostJsonSection}:extensions:queues";
    private const string Polling = "maxPollingInterval";
    private static readonly TimeSpan LongestHidden = TimeSpan.FromDays(7);

    private static readonly (string Name, string Expected, Func<string, bool> IsGood)[] Options =
    [
        ("batchSize", "a whole number from 1 to 32", text => IsNumber(text, 1, 32)),
        ("newBatchThreshold", "a whole number from 0 up", text => IsNumber(text, 0, int.MaxValue)),
        ("maxDequeueCount", "a whole number from 1 up", text => IsNumber(text, 1, int.MaxValue)),
        (
            "visibilityTimeout",
            "a time such as 00:00:30, at most 7 days",
            text => IsTime(text, TimeSpan.Zero, LongestHidden)
        ),
        (
            Polling,
            "a time such as 00:00:02, at least 100 milliseconds",
            text => IsTime(text, ShortestPolling, TimeSpan.MaxValue)
        ),
        ("messageEncoding", "base64 or none", text => text.ToUpperInvariant() is "BASE64" or "NONE"),
    ];

    /// <exception cref="InvalidOperationException">An option is none; the message names it, what was found and what was
    /// expected.</exception>
    public static void Check(IConfiguration configuration)
    {
        var queues = configuration.GetSection(Queues);
        foreach (var (name, expected, isGood) in Options)
        {
            if (queues[name] is { } text && !isGood(text))
            {
                throw new InvalidOperationException(
                    $"host.json, extensions.queues: {name} is '{text}', expected {expected}."
                );
            }
        }
    }

    /// <summary>
    /// Who sits before this host waits seconds and not <c>host.json</c>'s interval, which spares requests on Azure. A
    /// shorter one stands, and so does what the settings say.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string?>> OnOneMachine(
        IEnumerable<KeyValuePair<string, string?>> hostJson
    ) =>
        from value in hostJson
        where value.Key == $"{Queues}:{Polling}" && IsTime(value.Value ?? "", LongestPolling, TimeSpan.MaxValue)
        select KeyValuePair.Create(value.Key, (string?)LongestPolling.ToString("c", CultureInfo.InvariantCulture));

    private static bool IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most;

    private static bool IsTime(string text, TimeSpan least, TimeSpan most) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most;
}
