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
        );
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
        );
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
