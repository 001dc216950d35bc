namespace Autopay.Peers.Engines;

/// <summary>Something that brings each debit to <see cref="PeerBooks.ChargeAsync"/>, and is sure of it.</summary>
internal interface IEngine
{
    string Name { get; }

    /// <summary>Returns when all debits of the books are charged.</summary>
    Task RunAsync(PeerBooks books);

    /// <summary>What others than this process and the emulator have computed for it so far.</summary>
    TimeSpan CpuElsewhere => TimeSpan.Zero;
}
