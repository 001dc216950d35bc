using System.Globalization;
using Autopay.Benchmarks.City;

namespace Autopay.Benchmarks.Report;

/// <summary>What a lost account costs. Requests are counted; times and memory are of a busy machine.</summary>
public static class DisasterBudgets
{
    /// <summary>What `docs/operating.md` promises of a restore, beside the files that are sent again.</summary>
    public const double MostHours = 4;

    public static IEnumerable<Budget> Of(Disaster lost)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{lost.Accounts:N0} accounts");
        yield return new Budget("rows of the backup", name, lost.Rows);
        yield return new Budget("megabytes of the copies", name, lost.Bytes / 1e6);
        foreach (var step in lost.Steps)
        {
            yield return new Budget($"{step.What}: seconds", name, step.Usage.Took.TotalSeconds);
            yield return new Budget(
                $"{step.What}: seconds of processor time, of app and books",
                name,
                step.Usage.Cpu.TotalSeconds
            );
            yield return new Budget($"{step.What}: requests of the books' storage", name, step.Usage.Requests);
            yield return new Budget($"{step.What}: megabytes of this process, the most", name, step.MostBytes / 1e6);
        }

        yield return new Budget(
            "restore: hours",
            name,
            lost.Steps.Single(step => step.What == "restore").Usage.Took.TotalHours,
            MostHours
        );
    }
}
