using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Application.Releasing;
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

/// <summary>An override that somebody thinks of.</summary>
/// <param name="ReceivedThrough">Left out: late receipts of a cleared cycle are accepted.</param>
internal sealed record OverridePreviewRequest(IReadOnlyDictionary<string, DateOnly>? ReceivedThrough = null);

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

    public static object Of(PreviewOfExemption it) =>
        new
        {
            it.Version,
            it.Preview.Moved.Debits,
            it.Preview.Moved.Cents,
            it.Preview.AlreadyHeld,
            it.InFlight,
            it.Preview.FirstDue,
            it.TakesTwo,
            it.Preview.Sentence,
        };

    public static object Of(ResumePreview it) =>
        new
        {
            it.Version,
            it.Look.AsOf,
            it.Look.IsEstimate,
            it.Debits,
            it.Total.Cents,
            it.Due,
            it.Released,
            it.InFlight,
            it.FirstDue,
            it.StillStopped,
            sentence = it.ToSentence(),
        };

    public static object Of(PreviewOfOverride it) =>
        new
        {
            it.Clear.Version,
            it.Clear.Look.AsOf,
            it.Clear.Look.IsEstimate,
            it.Clear.Preview.Moved.Debits,
            it.Clear.Preview.Accounts,
            it.Clear.Preview.Moved.Cents,
            it.Clear.Preview.ByDueDate,
            it.Clear.Preview.AlreadyHeld,
            it.Clear.Preview.InFlight,
            it.Clear.Preview.FirstDue,
            it.Clear.Sentence,
            differences = it.Certificate.Differences.Count,
            differenceCents = it.Certificate.DifferenceCents,
            it.Certificate.DaysUncounted,
            lowered = it.Certificate.Lowered.Count,
            certificate = it.Certificate.Hash,
            it.Shown,
        };

    public static object Of(PreviewOfAcceptance it) =>
        new
        {
            it.Version,
            payments = it.Receipts.Count,
            it.Receipts.Cents,
            it.Shown,
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
