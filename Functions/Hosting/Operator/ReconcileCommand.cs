using Autopay.Application.Reconciling;

namespace Autopay.Hosting.Operator;

internal static class ReconcileCommand
{
    public static async Task<int> RunAsync(OperatorCall call, DateTimeOffset? from, string why)
    {
        var report = await call.Verb<Reconcile>().RunAsync(from, $"{call.By}: {why}", call.Cancel);
        await call.Output.WriteLineAsync(
            $"Run {report.Id}, intents since {report.From:u}: {report.Theirs} of theirs, {report.Ours} of ours, "
                + $"{report.Matched} match, {report.Cured} cured, "
                + $"{report.Adopted} taken over, {report.OrphansCancelled} orphans cancelled, "
                + $"{report.MissedEvents} events missed"
                + $"{(report.EventsThrough is { } through ? $", all taken in through {through:u}" : "")}."
        );
        foreach (var difference in report.Differences)
        {
            await call.Output.WriteLineAsync(
                $"{difference.Kind}: {difference.IntentId} {difference.Debit} "
                    + $"{difference.Detail} (since {difference.Since:u})"
            );
        }

        await call.Output.WriteLineAsync(
            report.State switch
            {
                RunState.Agrees => "Everything agrees.",
                RunState.Differs => $"{Plural.Of(report.DifferenceCount, "difference")} on the stuck list.",
                _ => $"The run failed and concludes nothing: {report.Failure}",
            }
        );
        return report.State == RunState.Agrees ? OperatorApp.Done : OperatorApp.Problems;
    }
}
