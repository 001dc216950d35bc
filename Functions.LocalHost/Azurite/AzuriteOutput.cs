using System.Text.RegularExpressions;

namespace Autopay.LocalHost.Azurite;

/// <summary>What Azurite printed: it says there where each service listens, and why it could not start.</summary>
internal sealed partial class AzuriteOutput
{
    private const int Services = 3;
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly Dictionary<string, Uri> endpoints = [];
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, Uri>> listening = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Blob, Queue and Table, once all three listen.</summary>
    public Task<IReadOnlyDictionary<string, Uri>> Listening => listening.Task;

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            lines.Add(line);
            Recognize(ListeningLine().Match(line));
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            return string.Join(Environment.NewLine, lines);
        }
    }

    private void Recognize(Match match)
    {
        if (!match.Success)
        {
            return;
        }

        endpoints[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
        if (endpoints.Count == Services)
        {
            listening.TrySetResult(endpoints);
        }
    }

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>\S+)$")]
    private static partial Regex ListeningLine();
}
