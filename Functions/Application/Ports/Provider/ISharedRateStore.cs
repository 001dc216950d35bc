namespace Autopay.Application.Ports.Provider;

/// <summary>What the row says, as it was written last.</summary>
/// <param name="Tag">Null: there is no row yet.</param>
/// <param name="Unchanged">For at least so long nobody has written it, by the clock of the storage alone.</param>
public sealed record SharedRateText(string Text, string? Tag, TimeSpan Unchanged);

/// <summary>The one row in which the instances of the app share the provider's rate (docs/charging.md).</summary>
public interface ISharedRateStore
{
    Task<SharedRateText> ReadAsync(CancellationToken cancel);

    /// <param name="tag">Of what was read; null: there was nothing.</param>
    /// <returns>The new tag; null: somebody else was first, or our own answer was lost.</returns>
    Task<string?> TryWriteAsync(string text, string? tag, CancellationToken cancel);
}
