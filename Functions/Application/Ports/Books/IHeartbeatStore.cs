namespace Autopay.Application.Ports.Books;

/// <summary>When something that must run regularly last ran to its end: what a dead timer stops writing.</summary>
public interface IHeartbeatStore
{
    Task BeatAsync(string name, DateTimeOffset at, CancellationToken cancel);

    Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancel);
}
