namespace Autopay.Domain.CityControls;

/// <summary>A clear in spite of differences: these, and no others.</summary>
/// <param name="Certificate">The hash of the certificate that shows them: another one is not overridden.</param>
/// <param name="Cents">What the differences come to, each by its size.</param>
public sealed record CertificateOverride(string Certificate, int Totals, int Differences, Money Cents)
{
    /// <summary>In all channels, days that should have been counted and were not; null of none.</summary>
    public int? UncountedDays { get; init; }

    /// <summary>Counts that were lowered; null of none.</summary>
    public int? Lowered { get; init; }

    /// <summary>Each count that took the place of another one, in words; null when none did.</summary>
    public string? InPlace { get; init; }
}
