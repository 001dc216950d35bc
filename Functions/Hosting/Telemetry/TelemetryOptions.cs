namespace Autopay.Hosting.Telemetry;

/// <summary>Section <c>Telemetry</c> of the configuration.</summary>
internal sealed record TelemetryOptions
{
    public const string Section = "Telemetry";

    [Setting("share of the traces that are kept; log lines and metrics always are")]
    public double TraceRatio { get; init; } = 1;
}
