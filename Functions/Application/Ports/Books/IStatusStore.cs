using Autopay.Domain.PublicStatus;

namespace Autopay.Application.Ports.Books;

/// <summary>The last public status that was made, kept where it stands when the tables do not.</summary>
public interface IStatusStore
{
    Task SaveAsync(CityStatus status, CancellationToken cancel);

    /// <returns>Null when none was kept, or what was kept cannot be read.</returns>
    Task<CityStatus?> FindAsync(CancellationToken cancel);
}
