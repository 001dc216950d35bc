namespace Autopay.StripeSandbox.Faults;

/// <summary>
/// Which calls are hit, and by what. Without `nth`, `count`, `every` or `probability` all that match are hit.
/// </summary>
public sealed record FaultRule
{
    public required FaultKind Kind { get; init; }

    public FaultMatch Match { get; init; } = new();

    /// <summary>For <see cref="FaultKind.Slow"/>.</summary>
    public int DelayMs { get; init; } = 1000;

    /// <summary>
    /// For <see cref="FaultKind.RateLimited"/>: the Retry-After header; null sends none, as Stripe mostly does.
    /// </summary>
    public int? RetryAfterSeconds { get; init; }
}

public sealed record FaultMatch
{
    public string? Method { get; init; }

    /// <summary>`*` stands for any text: `/v1/payment_intents/*/confirm`.</summary>
    public string? Path { get; init; }

    public string? IdempotencyKeyPrefix { get; init; }

    /// <summary>Only the n-th call that matches.</summary>
    public int? Nth { get; init; }

    /// <summary>Only the first so many.</summary>
    public int? Count { get; init; }

    /// <summary>Each so-manieth.</summary>
    public int? Every { get; init; }

    /// <summary>0 to 1, drawn from the sandbox's seed.</summary>
    public double? Probability { get; init; }
}
