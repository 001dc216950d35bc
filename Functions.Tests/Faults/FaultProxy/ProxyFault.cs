namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>
/// What the network or a service behind it does to one request. "Before": nothing happened. "After": it happened.
/// </summary>
internal enum ProxyFault
{
    ResetBefore,
    ResetAfter,

    /// <summary>Silence until the client gives up.</summary>
    HangBefore,
    HangAfter,

    /// <summary>It happened; half of the answer arrives.</summary>
    HalfBody,
    Throttled429Before,
    Error500Before,
    Busy503Before,
    Busy503After,

    /// <summary>It arrives twice; the answer is the second one's.</summary>
    Duplicate,
}
