using Autopay.Rehearsal.Input;

namespace Autopay.Rehearsal;

/// <summary>Holds the timeline's expectations against the report.</summary>
internal static class Expectations
{
    public static IEnumerable<string> Missed(Timeline timeline, RehearsalReport report) =>
        from expected in timeline.Expect
        let actual = ValueOf(report, expected.Key)
        where actual != expected.Value
        select $"expect.{expected.Key}: expected {expected.Value}, found {actual}";

    private static long ValueOf(RehearsalReport report, string name) =>
        name switch
        {
            "billedCents" => report.Totals.BilledCents,
            "collectedCents" => report.Totals.CollectedCents,
            "paidElsewhereCents" => report.Totals.PaidElsewhereCents,
            "creditCents" => report.Totals.CreditCents,
            "openCents" => report.Totals.OpenCents,
            "paidTwiceCents" => report.Totals.PaidTwiceCents,
            "waitingRows" => report.Totals.WaitingRows,
            "notCollectedCents" => report.Totals.NotCollectedCents,
            "doubleCharges" => report.Counts.DoubleCharges,
            "needsReview" => report.Counts.NeedsReview,
            "uncollected" => report.Counts.Uncollected,
            "billsWaived" => report.Protections.BillsWaived,
            "penalised" => report.Protections.Penalised,
            "penaltiesToReverse" => report.Protections.ToReverse,
            "mayBePenalised" => report.Protections.Penalties.Count(it => it.Verdict == PenaltyVerdict.Assess),
            "mayBeDisconnected" => report.Protections.Disconnects.Count(it => it.Verdict == DisconnectVerdict.May),
            _ => throw new InvalidOperationException($"Unknown expectation {name}."),
        };
}
