namespace Autopay.Mutated.Trial;

/// <summary>A test, how long it takes, and which mutants it passes.</summary>
internal sealed record Covered(string Case, string Name, double Ms, int[] Mutants, int[] Once);

/// <summary>A process that runs tests and writes what it finds; what takes too long ends with it.</summary>
internal static class Worker
{
    public const string Begun = "@@begun ";
    public const string Ended = "@@ended ";
    public const string Alive = "@@alive";
    public const string Coverage = "coverage.json";
    private const double MostMs = 240_000;
    private static readonly int[] Portions = [8, 60];

    // Who noticed one mutant of a file is asked first of the next.
    private static readonly List<string> Noticing = [];

    public static async Task<int> CoverAsync(string tests)
    {
        Switch.Set(-1);
        Switch.Capture(on: true);
        var suite = await Suite.FindAsync(tests);
        var covered = new List<Covered>();
        Switch.Passed();
        suite.Ended = (id, ms, failed) =>
        {
            var passed = Switch.Passed();
            if (failed)
            {
                Console.Error.WriteLine($"fails without any mutant: {suite.Cases[id].TestCaseDisplayName}");
                return;
            }

            covered.Add(new Covered(id, suite.Cases[id].TestCaseDisplayName, ms, [.. passed[0]], [.. passed[1]]));
        };
        await suite.RunAsync(suite.Cases.Keys, stop: false);
        Paths.Write(Coverage, covered.GroupBy(it => it.Case).Select(Sum).OrderBy(it => it.Ms));
        return 0;
    }

    /// <param name="ids">One mutant, alive from the first moment; or several, one after the other, with what runs once
    /// a process already run.</param>
    /// <param name="limits">Of one test, and of all tests for one mutant.</param>
    public static async Task<int> JudgeAsync(string tests, (int LongestMs, int MostMs) limits, string ids)
    {
        var mutants = ids.Split(',').Select(int.Parse).ToList();
        var fresh = mutants.Count == 1;
        Switch.Set(fresh ? mutants[0] : -1);
        var suite = await Suite.FindAsync(tests);
        var coverage = Paths
            .Read<List<Covered>>(Coverage)
            .Where(it => suite.Cases.ContainsKey(it.Case) && it.Ms < limits.LongestMs)
            .ToList();
        var made = Made.ReadAll();
        var spent = 0.0;
        suite.Ended = (id, ms, failed) =>
        {
            Tell(Alive);
            spent += ms;
            if (failed)
            {
                Noticing.Remove(id);
                Noticing.Insert(0, id);
            }
        };
        if (!fresh)
        {
            await suite.RunAsync(coverage.Where(it => it.Once.Length > 0).Select(it => it.Case));
        }

        // Another worker goes on: an Azurite slows down with all that was left in it.
        foreach (var mutant in mutants.TakeWhile(_ => spent < MostMs))
        {
            Tell($"{Begun}{mutant}");
            Switch.Set(mutant);
            var passes = Passing(coverage, mutant, Neighbours(made, mutant)).ToList();
            Tell($"{Ended}{mutant} {await FirstToFailAsync(suite, Within(passes, limits.MostMs)) ?? ""}");
            Switch.Set(-1);
        }

        return 0;
    }

    private static HashSet<int> Neighbours(IReadOnlyList<Made> made, int mutant)
    {
        var file = made.Single(it => it.Id == mutant).File;
        return [.. made.Where(it => it.File == file).Select(it => it.Id)];
    }

    private static IEnumerable<Covered> Passing(List<Covered> coverage, int mutant, HashSet<int> neighbours)
    {
        var passes = coverage.Where(it => it.Mutants.Contains(mutant)).ToList();
        // Only the first one to pass what runs once is known: whatever uses the same file may see it.
        return passes.Any(it => it.Once.Contains(mutant))
            ? coverage.Where(it => it.Mutants.Any(neighbours.Contains))
            : passes;
    }

    // The quick ones first, but for those that have just noticed another.
    private static List<string> Within(List<Covered> passes, double mostMs)
    {
        var chosen = new List<string>();
        foreach (var test in passes.OrderBy(it => Noticing.IndexOf(it.Case) is >= 0 and < 4 ? 0 : it.Ms))
        {
            if ((mostMs -= test.Ms) < 0 && chosen.Count > 0)
            {
                break;
            }

            chosen.Add(test.Case);
        }

        return chosen;
    }

    private static async Task<string?> FirstToFailAsync(Suite suite, List<string> left)
    {
        foreach (var portion in Portions.Append(int.MaxValue))
        {
            var now = left.Take(portion).ToList();
            left.RemoveRange(0, now.Count);
            if (now.Count > 0 && await suite.RunAsync(now) is { } failed)
            {
                return failed;
            }
        }

        return null;
    }

    // A theory whose rows are not told apart has one case.
    private static Covered Sum(IEnumerable<Covered> rows) =>
        rows.Aggregate(
            (one, other) =>
                one with
                {
                    Ms = one.Ms + other.Ms,
                    Mutants = [.. one.Mutants.Union(other.Mutants)],
                    Once = [.. one.Once.Union(other.Once)],
                }
        );

    private static void Tell(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
