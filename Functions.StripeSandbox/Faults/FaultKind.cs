namespace Autopay.StripeSandbox.Faults;

/// <summary>
/// What goes wrong. "Before": nothing happened. "After": it happened, and the caller is not told so. Only the 500s
/// count as Stripe's own answers and are stored under the idempotency key.
/// </summary>
public enum FaultKind
{
    Error500Before,
    Error500After,
    ResetBefore,
    ResetAfter,

    /// <summary>
    /// Silence until the caller gives up; the key is in use meanwhile, and nothing happens in the end.
    /// </summary>
    HangBefore,

    /// <summary>It happened; then silence until the caller gives up.</summary>
    HangAfter,

    /// <summary>Waits, then does it, also when the caller has gone; the key is in use meanwhile.</summary>
    Slow,

    /// <summary>It happened; half of the answer arrives.</summary>
    Truncated,
    Html502Before,
    Html502After,
    RateLimited,
    LockTimeout,

    /// <summary>409, as if another call with the same key were still running.</summary>
    KeyInUse,
}
