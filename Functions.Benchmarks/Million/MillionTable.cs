using System.Globalization;

namespace Autopay.Benchmarks.Million;

/// <summary>What was simulated, as Markdown.</summary>
internal static class MillionTable
{
    public static IEnumerable<string> Lines(MillionSeen seen)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{seen.Case.Name}, {Application.Ledgers.Bucket.Count} buckets, {seen.Case.OfEndpoint} calls a second of an endpoint"
        );
        yield return "";
        yield return "| phase | virtual time | requests: tables | queues | blobs | refused | executions | cut or failed |";
        yield return "|---|---|---|---|---|---|---|---|";
        foreach (var phase in seen.Phases)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {phase.What} | {Text(phase.Took)} | {phase.Tables:N0} | {phase.Queues:N0} | {phase.Blobs:N0} | {phase.Refused:N0} | {phase.Executions:N0} | {phase.Cut:N0} |"
            );
        }

        yield return "";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Hottest partition {seen.Hottest.Name}: {seen.Hottest.Most:N0} entities in a second. The account: {seen.MostRequests:N0} requests in a second. Stripe: {seen.StripeCalls:N0} calls, {seen.StripeRefused:N0} refused, {seen.Submitted:N0} debits submitted."
        );
        yield return "";
    }

    private static string Text(TimeSpan took) =>
        took.TotalSeconds < 120
            ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)took.TotalHours}:{took:mm\\:ss}");
}
