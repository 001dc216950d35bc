namespace Autopay.Application.Ports.Books;

/// <summary>A kept report of a run that looked at everything.</summary>
/// <param name="Kind">Which run: each kind has its own sequence.</param>
/// <param name="Id">Sorts by time: the instant at which the run began, UTC.</param>
public sealed record StoredReport(string Kind, string Id, string Json);

/// <summary>Reports of reconcile and of the invariants, by kind, newest first.</summary>
public interface IReportStore
{
    Task SaveAsync(StoredReport report, CancellationToken cancel);

    Task<StoredReport?> FindAsync(string kind, string id, CancellationToken cancel);

    IAsyncEnumerable<StoredReport> ReadNewestAsync(string kind, CancellationToken cancel);
}
