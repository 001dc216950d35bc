using System.Text.RegularExpressions;
using Autopay.StripeSandbox.Http;

namespace Autopay.StripeSandbox.Faults;

/// <summary>The rules in force. The first one that hits a call wins; every rule that matches counts it.</summary>
internal sealed class FaultBox(int seed)
{
    private readonly Lock gate = new();
    private readonly List<Armed> rules = [];
    private Random random = new(seed);

    public IReadOnlyList<FaultStatus> Status
    {
        get
        {
            lock (gate)
            {
                return [.. rules.Select(rule => new FaultStatus(rule.Rule, rule.Seen, rule.Hit))];
            }
        }
    }

    public void Add(IEnumerable<FaultRule> added)
    {
        lock (gate)
        {
            rules.AddRange(added.Select(rule => new Armed(rule)));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
            random = new Random(seed);
        }
    }

    public FaultRule? Draw(ApiCall call)
    {
        lock (gate)
        {
            FaultRule? drawn = null;
            foreach (var rule in rules.Where(rule => rule.Matches(call)))
            {
                rule.Seen++;
                if (drawn is null && rule.Hits(random))
                {
                    rule.Hit++;
                    drawn = rule.Rule;
                }
            }
            return drawn;
        }
    }

    private sealed class Armed(FaultRule rule)
    {
        private readonly Regex? path = rule.Match.Path is { } pattern
            ? new Regex(
                $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$",
                RegexOptions.NonBacktracking
            )
            : null;

        public FaultRule Rule => rule;

        public int Seen { get; set; }

        public int Hit { get; set; }

        public bool Matches(ApiCall call) =>
            (
                rule.Match.Method is null
                || string.Equals(rule.Match.Method, call.Method, StringComparison.OrdinalIgnoreCase)
            )
            && (path is null || path.IsMatch(call.Path))
            && (
                rule.Match.IdempotencyKeyPrefix is not { } prefix
                || call.IdempotencyKey?.StartsWith(prefix, StringComparison.Ordinal) == true
            );

        public bool Hits(Random random) =>
            (rule.Match.Nth is null || Seen == rule.Match.Nth)
            && (rule.Match.Every is null || Seen % rule.Match.Every == 0)
            && (rule.Match.Count is null || Hit < rule.Match.Count)
            && (rule.Match.Probability is null || random.NextDouble() < rule.Match.Probability);
    }
}

public sealed record FaultStatus(FaultRule Rule, int Seen, int Hit);
