namespace Autopay.Application.Certifying;

/// <summary>A difference, and where to look for it.</summary>
public sealed record ExplainedLine(CertificateLine Line, IReadOnlyList<Clue> WhereToLook);

/// <summary>A clear that the cycle's certificate does not bear out; nothing was changed.</summary>
public sealed class CertificateRefusedException(
    string message,
    IReadOnlyList<ExplainedLine> differences,
    IReadOnlyList<string> contradictions
) : RefusedException(message)
{
    public IReadOnlyList<ExplainedLine> Differences => differences;

    /// <summary>What was counted and contradicts the watermarks, a sentence each.</summary>
    public IReadOnlyList<string> Contradictions => contradictions;

    /// <summary>What the city wants counted before a clear, and nobody has.</summary>
    public IReadOnlyList<UncountedDays> Uncounted { get; init; } = [];
}
