using Autopay.Application.Telemetry;

namespace Autopay.Pages.Operating;

/// <param name="Controls">Null: the storage is away, and only the process itself is known.</param>
public sealed record HealthModel(Condition Condition, Controls? Controls);
