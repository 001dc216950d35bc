using System.Globalization;

namespace Autopay.Peers;

/// <summary>Medians and ranges as Markdown; the first engine is the one that the others are compared with.</summary>
internal static class PeerTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<Result> results)
    {
        yield return "| | debits/s, median (range) | ours is "
            + "| ms of processor time a debit, median (range) | ours needs |";
        yield return "|---|---|---|---|---|";
        var engines = results.GroupBy(result => result.Name).ToList();
        var ours = engines[0];
        var (speed, cpu) = (Median(ours.Select(it => it.PerSecond)), Median(ours.Select(it => it.Cpu)));
        foreach (var engine in engines)
        {
            List<double> fast = [.. engine.Select(it => it.PerSecond)];
            List<double> dear = [.. engine.Select(it => it.Cpu)];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {engine.Key} | {Median(fast):0} ({Range(fast, "0")}) | {speed / Median(fast):0.00} × "
                    + $"| {Median(dear):0.00} ({Range(dear, "0.00")}) | {cpu / Median(dear):0.00} × |"
            );
        }
    }

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Range(IReadOnlyList<double> numbers, string format) =>
        string.Join(
            " to ",
            new[] { numbers.Min(), numbers.Max() }.Select(it => it.ToString(format, CultureInfo.InvariantCulture))
        );
}
