namespace Autopay.StripeSandbox.Webhooks;

/// <summary>Deliveries by what became of them. Secrets are counted, never shown.</summary>
public sealed record OutboxReport(
    IReadOnlyList<EndpointReport> Endpoints,
    DeliveryMode Mode,
    int Waiting,
    int Acknowledged,
    int Dropped,
    int Failed
);

public sealed record EndpointReport(Uri Url, int Secrets, string? ApiVersion, IReadOnlyList<string> Events);
