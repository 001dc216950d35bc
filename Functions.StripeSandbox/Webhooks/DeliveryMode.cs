namespace Autopay.StripeSandbox.Webhooks;

/// <summary>How badly the deliveries behave. The default is a good day.</summary>
public sealed record DeliveryMode
{
    /// <summary>Nothing leaves before a flush.</summary>
    public bool Hold { get; init; }

    /// <summary>Each event is sent so many times, always with the same id.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>What was collected is sent in a random order, drawn from the sandbox's seed.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Each so-manieth delivery is lost.</summary>
    public int? DropEvery { get; init; }

    /// <summary>Events of these types are lost; `*` loses all.</summary>
    public IReadOnlyList<string> DropTypes { get; init; } = [];

    /// <summary>Deliveries at the same time. One keeps the order of events.</summary>
    public int Parallel { get; init; } = 1;
}
