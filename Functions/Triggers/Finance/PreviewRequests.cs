using Autopay.Application.Finance;
using Autopay.Hosting;

namespace Autopay.Triggers.Finance;

/// <summary>A deferral that somebody thinks of.</summary>
internal sealed record DeferralPreviewRequest(
    IReadOnlyList<int> Cycles,
    DateOnly DueFrom,
    DateOnly DueTo,
    DeferralAction Action,
    DateOnly? ExpectedClearBy = null
)
{
    public DeferralDeclared ToChange(DateTimeOffset now) =>
        new(
            new DeferralId(Requests.NewId("preview", now)),
            [.. Cycles.Select(Requests.Cycle)],
            DueFrom,
            DueTo,
            Action,
            ExpectedClearBy
        );
}

/// <summary>A waiver that somebody thinks of.</summary>
internal sealed record WaiverPreviewRequest(
    DateOnly DueFrom,
    DateOnly DueTo,
    DateOnly PenaltyFrom,
    DateOnly PenaltyTo,
    IReadOnlyList<int>? Cycles = null
)
{
    public PenaltyWaived ToChange(DateTimeOffset now) =>
        new(Requests.NewId("preview", now), DueFrom, DueTo, PenaltyFrom, PenaltyTo)
        {
            Cycles = Requests.Cycles(Cycles),
        };
}

/// <summary>A shield that somebody thinks of.</summary>
internal sealed record ShieldPreviewRequest(IReadOnlyList<DateOnly> Dates, IReadOnlyList<int>? Cycles = null)
{
    private const int Most = 60;

    /// <exception cref="BadRequestException">So many dates are no shield.</exception>
    public DisconnectShielded ToChange(DateTimeOffset now) =>
        Dates.Count <= Most
            ? new DisconnectShielded(Requests.NewId("preview", now), Dates) { Cycles = Requests.Cycles(Cycles) }
            : throw new BadRequestException($"dates: expected at most {Most}.");
}

/// <summary>Previews as the HTTP interface shows them; amounts are cents, instants UTC.</summary>
internal static class PreviewViews
{
    public static object Of(PreviewOfChange it) =>
        new
        {
            it.Version,
            it.Look.AsOf,
            it.Look.IsEstimate,
            it.Preview.Moved.Debits,
            it.Preview.Accounts,
            it.Preview.Moved.Cents,
            it.Preview.ByDueDate,
            it.Preview.AlreadyHeld,
            it.Preview.InFlight,
            it.Preview.FirstDue,
            it.Sentence,
        };

    public static object Of(PreviewOfShield it) =>
        new
        {
            it.Version,
            it.Look.AsOf,
            it.Look.IsEstimate,
            it.Days,
            it.Sentence,
        };

    public static object Of(PreviewOfWaiver it) =>
        new
        {
            it.Version,
            it.Look.AsOf,
            it.Look.IsEstimate,
            it.Preview.Bills,
            it.Preview.OpenCents,
            it.Preview.AlreadyWaived,
            it.Sentence,
        };
}
