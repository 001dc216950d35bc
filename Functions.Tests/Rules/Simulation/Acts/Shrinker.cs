using System.Globalization;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>
/// Takes acts out of a failing history, many at once and then one by one, as long as the same invariant is still
/// broken.
/// </summary>
internal static class Shrinker
{
    private const int MostRuns = 600;

    public static IReadOnlyList<Act> Shrink(SimOutcome failed, Mutant mutant)
    {
        IReadOnlyList<Act> history = Act.HistoryOf(failed.Seed);
        var runs = 0;
        for (var size = history.Count / 2; size >= 1; size /= 2)
        {
            for (var from = history.Count - size; from >= 0 && runs < MostRuns; from -= size)
            {
                List<Act> shorter = [.. history.Take(from), .. history.Skip(from + size)];
                runs++;
                history = Simulation.Run(failed.Seed, shorter, mutant).Broken == failed.Broken ? shorter : history;
            }
        }

        return history;
    }

    /// <summary>What a person needs: the seed, what is broken, the acts that it takes, and what happened.</summary>
    public static string Explain(SimOutcome failed, Mutant mutant = Mutant.None)
    {
        var history = Shrink(failed, mutant);
        var replay = Simulation.Run(failed.Seed, history, mutant, tells: true);
        return string.Join(
            '\n',
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Seed {failed.Seed} (AUTOPAY_SIM_SEED={failed.Seed}) breaks {failed.Violations[0]}"
                ),
                $"{history.Count} of {Act.HistoryOf(failed.Seed).Count} acts are enough:",
                .. history.Select(act => $"  {act}"),
                "What happens:",
                .. replay.Story,
                .. replay.Violations,
            ]
        );
    }
}
