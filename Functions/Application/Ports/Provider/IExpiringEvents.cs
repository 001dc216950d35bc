namespace Autopay.Application.Ports.Provider;

/// <summary>Raw events that nothing needs any more.</summary>
public interface IExpiringEvents
{
    /// <summary>
    /// The oldest that happened before. Those that are open stay, and those that wait for a person, however old.
    /// </summary>
    /// <returns>At most so many, by the store's own names of them.</returns>
    Task<IReadOnlyList<string>> FindAsync(DateTimeOffset before, int most, CancellationToken cancel);

    /// <summary>One that is gone already is gone.</summary>
    /// <param name="names">As they were found.</param>
    Task DeleteAsync(IReadOnlyList<string> names, CancellationToken cancel);
}
