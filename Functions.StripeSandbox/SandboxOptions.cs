namespace Autopay.StripeSandbox;

/// <summary>
/// How the stand-in behaves. The defaults are those of a fresh Stripe test account on an honest network.
/// </summary>
public sealed record SandboxOptions
{
    /// <summary>Always on loopback; 0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>The city's zone: the bank answers at 05:00 there.</summary>
    public string TimeZone { get; init; } = "America/Chicago";

    /// <summary>What the sandbox's clock runs on. Moving the sandbox's clock adds an offset to this.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the sandbox's clock starts; null: at <see cref="Time"/>'s own now.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>A frozen clock moves only when told to.</summary>
    public bool Frozen { get; init; }

    /// <summary>The journal: what a killed sandbox starts again from. Null keeps everything in memory.</summary>
    public string? DataFile { get; init; }

    /// <summary>True refuses customers, payment methods and mandates that were not created here first.</summary>
    public bool StrictIds { get; init; }

    /// <summary>What an ACH confirm without any mandate gets.</summary>
    public MissingMandate MissingMandate { get; init; }

    /// <summary>
    /// Calls a second and endpoint, more answer 429; Stripe's own sandboxes allow 25. Null: no limit.
    /// </summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>The same over all endpoints; Stripe's own sandboxes allow 25 here too. Null: no limit.</summary>
    public int? RequestsPerSecondInAll { get; init; }

    /// <summary>
    /// On each banking day at 05:00 everything available is paid out to the city's bank. Otherwise only when asked for.
    /// </summary>
    public bool DailyPayouts { get; init; }

    /// <summary>
    /// Seed of everything random that a test may want to repeat: faults by probability, shuffled webhooks.
    /// </summary>
    public int Seed { get; init; } = 1;

    public IReadOnlyList<WebhookTarget> Webhooks { get; init; } = [];

    /// <summary>First wait after a failed delivery; doubles up to 12 hours, given up 3 days after the event.</summary>
    public TimeSpan WebhookRetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// False signs with the real time, whatever the sandbox's clock says, so that a receiver with a real clock and
    /// Stripe's 300 s tolerance accepts it. True signs with the sandbox's clock, for receivers that run on a virtual
    /// clock too.
    /// </summary>
    public bool SignWithSandboxClock { get; init; }
}

/// <summary>Several secrets sign each delivery several times, as during a rotation at Stripe.</summary>
public sealed record WebhookTarget(Uri Url, IReadOnlyList<string> Secrets)
{
    /// <summary>
    /// Overrides the API version written into delivered events, to play an endpoint that lags behind. Null: the
    /// sandbox's.
    /// </summary>
    public string? ApiVersion { get; init; }

    /// <summary>Only events of these types are sent, `charge.*` stands for all of charges. Empty: all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    internal bool Wants(string type) => Events.Count == 0 || Events.Any(wanted => EventTypes.Match(type, wanted));
}
