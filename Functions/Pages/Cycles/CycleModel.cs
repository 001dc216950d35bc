using Autopay.Application.Auditing;
using Autopay.Domain.Sums;
using Autopay.Pages.Pictures;

namespace Autopay.Pages.Cycles;

/// <summary>One cycle, and what was done about it.</summary>
/// <param name="History">The newest acts that name the cycle, newest first.</param>
/// <param name="IsWhole">Every due date is shown, not only the last twelve.</param>
public sealed record CycleModel(CycleStanding Standing, IReadOnlyList<AuditedAct> History, bool IsWhole)
{
    private const int MostDays = 12;

    public IReadOnlyList<DueDateSum> Days =>
        IsWhole ? Standing.View.DueDates : [.. Standing.View.DueDates.TakeLast(MostDays)];

    public bool HasOlder => Days.Count < Standing.View.DueDates.Count;

    /// <summary>From billed to collected, of the due dates that people ask about.</summary>
    public WaterfallPicture Picture(PageWords words)
    {
        var days = Standing.Asked;
        var flow = days.Aggregate(new BillFlow(), (sum, day) => sum + day.Flow);
        var span = words.Of("Cycle.Window", ("from", days[0].DueDate), ("to", days[^1].DueDate));
        var finding = words.Of(
            "Cycle.Finding",
            ("billed", new Money(flow.Billed.Cents)),
            ("collected", new Money(flow.Collected.Cents)),
            ("open", new Money(days.Sum(day => day.OpenCents))),
            ("span", days.Count == 1 ? words.Day(days[0].DueDate) : span)
        );
        WaterfallStep[] off =
        [
            Off("PaidElsewhere", flow.PaidElsewhere, StepKind.Less),
            Off("OnHold", flow.OnHold, StepKind.Waits),
            Off("Waits", flow.Waits, StepKind.Waits),
            Off("Review", flow.Review, StepKind.Waits),
            Off("WithBank", flow.WithBank, StepKind.Waits),
            Off("NotOnAutopay", flow.NotOnAutopay, StepKind.Less),
            Off("Left", flow.Left, StepKind.Lost),
        ];
        return new WaterfallPicture(
            finding,
            words["Cycle.Bills"],
            [
                new WaterfallStep(words["Cycle.Billed"], new Money(flow.Billed.Cents), flow.Billed.Bills, StepKind.Sum),
                .. off.Where(step => !step.Amount.IsZero),
                new WaterfallStep(
                    words["Cycle.Collected"],
                    new Money(flow.Collected.Cents),
                    flow.Collected.Bills,
                    StepKind.Sum
                ),
            ]
        );

        WaterfallStep Off(string key, BillCount count, StepKind kind) =>
            new(words[$"Cycle.{key}"], new Money(-count.Cents), count.Bills, kind);
    }
}
