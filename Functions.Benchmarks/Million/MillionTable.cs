using System.Globalization;
using Autopay.Application.Ledgers;

namespace Autopay.Benchmarks.Million;

/// <summary>What was simulated, as Markdown.</summary>
internal static class MillionTable
{
    private const string Head =
        "| phase | virtual time | requests: tables | queues | blobs | refused | executions | cut or failed |\n"
        + "|---|---|---|---|---|---|---|---|";

    public static IEnumerable<string> Lines(MillionSeen seen) =>
        [
            $"{seen.Case.Name}, {Bucket.Count} buckets, {seen.Case.OfEndpoint} calls a second of an endpoint",
            "",
            Head,
            .. seen.Phases.Select(Line),
            "",
            $"Hottest partition {seen.Hottest.Name}: {Text(seen.Hottest.Most)} entities in a second. The account: "
                + $"{Text(seen.MostRequests)} requests in a second.",
            $"Stripe: {Text(seen.StripeCalls)} calls, {Text(seen.StripeRefused)} refused. Debits submitted: "
                + $"{Text(seen.Submitted)}.",
            "",
        ];

    private static string Line(MillionPhase phase)
    {
        double[] counts = [phase.Tables, phase.Queues, phase.Blobs, phase.Refused, phase.Executions, phase.Cut];
        return $"| {phase.What} | {Text(phase.Took)} | {string.Join(" | ", counts.Select(Text))} |";
    }

    private static string Text(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan took) =>
        took.TotalSeconds < 120
            ? $"{Text(took.TotalSeconds)} s"
            : took.ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture);
}
