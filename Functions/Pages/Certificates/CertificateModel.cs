using Autopay.Application.Certifying;
using Autopay.Application.Finance;

namespace Autopay.Pages.Certificates;

/// <summary>Whether what was counted is entered, and what may be done about it.</summary>
/// <param name="Kept">Those that clears have relied on, newest first.</param>
/// <param name="Asked">An override that waits for another person.</param>
public sealed record CertificateModel(
    CertificateReading Reading,
    BacklogState Backlog,
    IReadOnlyList<CycleName> Names,
    IReadOnlyList<CertificateReading> Kept,
    Approval? Asked,
    ClearLook Clear
)
{
    public static IReadOnlyList<string> Channels { get; } = ["cash", "check", "card", "online"];

    public CycleNumber Cycle => Backlog.Cycle;

    public Certificate Certificate => Reading.Certificate;
}

/// <summary>What a clear would say and do, with the days as the form has them.</summary>
/// <param name="Contradictions">What counts say against it.</param>
/// <param name="WaitsFor">Files that arrived and are not applied.</param>
public sealed record ClearLook(
    CycleNumber Cycle,
    IReadOnlyDictionary<string, DateOnly> Through,
    IReadOnlyList<string> Contradictions,
    Certificate Certificate,
    PreviewOfChange? Preview,
    string? Refused,
    int WaitsFor
)
{
    public bool MayClear =>
        Preview is not null
        && Contradictions.Count == 0
        && Through.Count > 0
        && (Certificate is { Differences.Count: 0, Lowered.Count: 0 } || WaitsFor > 0);
}
