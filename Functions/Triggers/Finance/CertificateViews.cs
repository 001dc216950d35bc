using System.Globalization;
using System.Text.Json.Serialization;
using Autopay.Application.Certifying;

namespace Autopay.Triggers.Finance;

/// <summary>One counted total against what is entered; cents, what is missing here below zero.</summary>
internal sealed record LineView(
    DateOnly ReceivedOn,
    string Channel,
    string Drawer,
    CycleNumber? Cycle,
    int CountedCount,
    Money CountedCents,
    int EnteredCount,
    Money EnteredCents,
    int DifferenceCount,
    Money DifferenceCents,
    bool Agrees,
    Authority? CountedBy,
    string? Import,
    IReadOnlyList<Clue>? WhereToLook
)
{
    /// <summary>What was counted before, oldest first; null when nothing was.</summary>
    public IReadOnlyList<FormerCount>? Replaced { get; init; }

    /// <summary>Where it is among the lines: differences first, then by day, channel, drawer and cycle.</summary>
    [JsonIgnore]
    public string Place =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Agrees ? 1 : 0)}{ReceivedOn:yyyy-MM-dd}{Channel}\u0001{Drawer}\u0001{Cycle?.Value ?? 0:00}"
        );

    public static LineView Of(ExplainedLine it) => Of(it.Line, it.WhereToLook);

    public static LineView Of(CertificateLine line, IReadOnlyList<Clue>? whereToLook = null) =>
        new(
            line.Key.ReceivedOn,
            line.Key.Channel,
            line.Key.Drawer,
            line.Key.Cycle,
            line.CountedCount,
            line.Counted,
            line.EnteredCount,
            line.Entered,
            line.EnteredCount - line.CountedCount,
            line.Difference,
            line.Agrees,
            line.CountedBy,
            line.Import,
            whereToLook is [] ? null : whereToLook
        )
        {
            Replaced = line.Replaced,
        };
}

/// <summary>What all lines come to; the difference adds up each by its size.</summary>
internal sealed record CertificateSums(
    int Lines,
    int Differences,
    Money DifferenceCents,
    int CountedCount,
    Money CountedCents,
    int EnteredCount,
    Money EnteredCents
)
{
    public static CertificateSums Of(Certificate certificate) =>
        new(
            certificate.Lines.Count,
            certificate.Differences.Count,
            certificate.DifferenceCents,
            certificate.Lines.Sum(line => line.CountedCount),
            certificate.Lines.Sum(line => line.Counted),
            certificate.Lines.Sum(line => line.EnteredCount),
            certificate.Lines.Sum(line => line.Entered)
        );
}

/// <summary>A certificate, its differences first.</summary>
internal sealed record CertificateView(
    CycleNumber Cycle,
    CertificateState State,
    int Version,
    string Hash,
    DateTimeOffset AsOf,
    string Says,
    IReadOnlyDictionary<string, DateOnly> ReceivedThrough,
    CertificateSums Totals,
    IReadOnlyList<LineView> Lines,
    Authority? Cleared,
    Authority? OverrideAskedBy,
    bool? IsIntact
)
{
    /// <summary>What the city wants counted before a clear, and nobody has; null when nothing is missing.</summary>
    public IReadOnlyList<UncountedDays>? Uncounted { get; init; }

    /// <summary>What came in after the clear in force and contradicts it; null when nothing did.</summary>
    public LateReceiptsView? LateReceipts { get; init; }

    /// <summary>Where the next page of the lines begins; null on the last one.</summary>
    public string? Next { get; init; }

    /// <summary>The first line behind a place; the line at that place may agree by now.</summary>
    public int IndexBehind(string place) => Lines.Count(line => string.CompareOrdinal(line.Place, place) <= 0);

    public static CertificateView Of(CertificateReading it) =>
        new(
            it.Certificate.Cycle,
            it.State,
            it.Version,
            it.Document?.Hash ?? it.Certificate.Hash,
            it.AsOf,
            it.Certificate.ToSentence(),
            it.Certificate.ReceivedThrough,
            CertificateSums.Of(it.Certificate),
            [
                .. it.Differences.Select(LineView.Of),
                .. it.Certificate.Lines.Where(line => line.Agrees).Select(line => LineView.Of(line)),
            ],
            it.Document?.Asked,
            it.Document?.OverrideAskedBy,
            it.Document?.IsIntact
        )
        {
            Uncounted = it.Certificate.Uncounted,
        };
}

/// <summary>A kept certificate in a list.</summary>
internal sealed record KeptCertificate(
    int Version,
    CertificateState State,
    string Hash,
    string Says,
    Authority? Cleared,
    Authority? OverrideAskedBy,
    bool? IsIntact
)
{
    public static KeptCertificate Of(CertificateReading it)
    {
        var view = CertificateView.Of(it);
        return new(view.Version, view.State, view.Hash, view.Says, view.Cleared, view.OverrideAskedBy, view.IsIntact);
    }
}

/// <summary>A payment that came in late; cents, civil day, UTC.</summary>
/// <param name="Text">A sentence with the payment, its day, channel and drawer.</param>
internal sealed record LateReceiptView(
    AccountId? Account,
    PaymentId? Payment,
    Money? Cents,
    DateTimeOffset PostedAt,
    bool Accepted,
    string Text
);

/// <summary>What came in after a clear, of days through which it says that all is in.</summary>
/// <param name="Waiting">How many of them nobody has accepted: they keep a plan from being approved.</param>
/// <param name="Items">The first of them.</param>
internal sealed record LateReceiptsView(
    int Count,
    Money Cents,
    int Waiting,
    string? Says,
    IReadOnlyList<LateReceiptView> Items
)
{
    private const int MostShown = 100;

    public static LateReceiptsView? Of(LateFound found) =>
        found.All.Count == 0
            ? null
            : new(
                found.All.Count,
                found.All.Sum(item => item.Cents ?? Money.Zero),
                found.Waiting.Count,
                found.Waiting.Count == 0 ? null : $"{LateReceipts.Of(found.Waiting).ToSentence()}.",
                [
                    .. found
                        .Waiting.Concat(found.All.Except(found.Waiting))
                        .Take(MostShown)
                        .Select(item => Of(item, found.Waiting)),
                ]
            );

    private static LateReceiptView Of(WorkItem item, IReadOnlyList<WorkItem> waiting) =>
        new(item.Account, item.Payment, item.Cents, item.Late!.PostedAt, !waiting.Contains(item), item.Reason);
}
