using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Autopay.Mutated.Trial;

/// <summary>What became of a mutant: noticed by a test or by its time, survived, or never run by any test.</summary>
internal sealed record Verdict(Made Mutant, string Became, string? By);

/// <summary>Tries mutants in workers, and keeps what became of them.</summary>
internal static class Trials
{
    private const string Kept = "tried.json";
    private const int Portion = 150;

    // Of one test with its fixtures, or of finding them.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    /// <summary>Tries what no earlier trial noticed: <c>tried.json</c> is what they know; away with it to begin
    /// anew.</summary>
    public static async Task<int> RunAsync(Regex files, string tests, string[] limits)
    {
        File.Copy(Paths.App, Path.Combine(AppContext.BaseDirectory, "Autopay.dll"), overwrite: true);
        await new Run("cover", tests).ToEndAsync(_ => { }, TimeSpan.FromHours(1));
        var coverage = Paths.Read<List<Covered>>(Worker.Coverage);
        var (passed, once) = (All(coverage, it => it.Mutants), All(coverage, it => it.Once));

        var verdicts = (File.Exists(Paths.At(Kept)) ? Paths.Read<List<Verdict>>(Kept) : [])
            .GroupBy(it => it.Mutant.Id)
            .ToDictionary(it => it.Key, it => it.Last());
        foreach (var made in Made.ReadAll().Where(it => files.IsMatch(it.File)))
        {
            verdicts.TryAdd(made.Id, new Verdict(made, "never run", null));
        }

        var left = verdicts
            .Values.Where(it => it.Became != "noticed" && files.IsMatch(it.Mutant.File))
            .Select(it => it.Mutant.Id)
            .Where(passed.Contains)
            .ToList();
        foreach (
            var ids in left.Except(once).Chunk(Portion).Concat(left.Where(once.Contains).Select(id => new[] { id }))
        )
        {
            await JudgeAsync([tests, .. limits], [.. ids], verdicts);
        }

        Tell(verdicts.Values);
        return 0;
    }

    private static async Task JudgeAsync(string[] by, List<int> ids, Dictionary<int, Verdict> verdicts)
    {
        while (ids.Count > 0)
        {
            int? begun = null;
            var whole = await new Run(["judge", .. by, string.Join(',', ids)]).ToEndAsync(
                line =>
                {
                    if (line.StartsWith(Worker.Begun, StringComparison.Ordinal))
                    {
                        begun = int.Parse(line[Worker.Begun.Length..]);
                    }
                    else if (line.StartsWith(Worker.Ended, StringComparison.Ordinal))
                    {
                        var told = line[Worker.Ended.Length..].Split(' ', 2);
                        Judge(int.Parse(told[0]), told[1].Length == 0 ? null : told[1]);
                        begun = null;
                    }
                },
                Longest
            );
            if (!whole)
            {
                // It runs on for ever, or has taken the process with it.
                Judge(
                    begun ?? throw new InvalidOperationException("A worker has ended before it began."),
                    "its time, or its process"
                );
            }
        }

        void Judge(int id, string? by)
        {
            ids.Remove(id);
            verdicts[id] = verdicts[id] with { Became = by is null ? "survived" : "noticed", By = by };
            // At once: a trial that takes too long is ended, and what it found is not lost.
            Paths.Write(Kept, verdicts.Values);
        }
    }

    private static HashSet<int> All(IEnumerable<Covered> coverage, Func<Covered, int[]> of) =>
        [.. coverage.SelectMany(of)];

    private static void Tell(IEnumerable<Verdict> verdicts)
    {
        foreach (var folder in verdicts.GroupBy(it => Path.GetDirectoryName(it.Mutant.File)!).OrderBy(it => it.Key))
        {
            int Count(string became) => folder.Count(it => it.Became == became);
            var (all, noticed) = (folder.Count(), Count("noticed"));
            Console.WriteLine(
                $"| `{folder.Key}` | {all} | {noticed} ({100 * noticed / all} %) "
                    + $"| {Count("survived")} | {Count("never run")} |"
            );
        }
    }

    /// <summary>One worker.</summary>
    private sealed class Run(params string[] arguments)
    {
        /// <returns>False when nothing was heard for too long, or it ended badly.</returns>
        public async Task<bool> ToEndAsync(Action<string> heard, TimeSpan patience)
        {
            using var process = Process.Start(
                new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true }
            )!;
            try
            {
                while (await process.StandardOutput.ReadLineAsync().WaitAsync(patience) is { } line)
                {
                    heard(line);
                }
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
    }
}
