using System.Security.Cryptography;
using System.Text;

namespace Autopay.Domain.Releases;

/// <summary>What a plan is by, once it is sealed: a hash over its lines, and a wave for each.</summary>
public static class PlanSeal
{
    // All seals of a city stand in one row of the controls: 64 bits each say that nobody has altered a line.
    private const int BucketLength = 16;

    /// <summary>SHA-256 over what goes to the bank, sorted; lower-case hex.</summary>
    public static string HashOf(string release, IEnumerable<PlanLine> lines)
    {
        var text = new StringBuilder($"{release}\n");
        foreach (var line in InOrder(lines))
        {
            text.Append(line).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The same over one bucket's lines, shorter; null when none of them goes to the bank.</summary>
    public static string? OfBucket(string release, IReadOnlyList<PlanLine> lines) =>
        lines.Any(line => line.Outcome == PlanOutcome.ToBank) ? HashOf(release, lines)[..BucketLength] : null;

    /// <summary>
    /// Each debit in its wave: the first ones in wave 0, the rest from wave 1 on, as many cents a wave as the daily
    /// limit allows.
    /// </summary>
    /// <exception cref="RefusedException">One debit alone is over the daily limit.</exception>
    public static IReadOnlyDictionary<DebitId, int> WavesOf(IEnumerable<PlanLine> lines, int first, Money? dailyLimit)
    {
        var waves = new Dictionary<DebitId, int>();
        var (wave, inWave) = (1, Money.Zero);
        foreach (var (index, line) in InOrder(lines).Index())
        {
            if (index < first)
            {
                waves[line.Debit] = 0;
                continue;
            }

            if (dailyLimit is { } limit && inWave + line.Open > limit)
            {
                (wave, inWave) =
                    line.Open <= limit
                        ? (wave + 1, Money.Zero)
                        : throw new RefusedException(
                            $"Debit {line.Debit} alone is {line.Open}: more than the daily limit of {limit}."
                        );
            }

            inWave += line.Open;
            waves[line.Debit] = wave;
        }

        return waves;
    }

    private static IOrderedEnumerable<PlanLine> InOrder(IEnumerable<PlanLine> lines) =>
        lines
            .Where(line => line.Outcome == PlanOutcome.ToBank)
            .OrderBy(line => line.Debit.Account)
            .ThenBy(line => line.Debit);
}
