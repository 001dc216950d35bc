namespace Autopay.LocalHost.Workers;

/// <summary>How the app is started for this host: in the host's own process, or as a process of its own.</summary>
internal interface IWorker : IAsyncDisposable
{
    /// <summary>Where the app's files are: <c>host.json</c>, <c>functions.metadata</c>.</summary>
    string Folder { get; }

    /// <summary>Ends when the worker does.</summary>
    Task Ended { get; }

    /// <summary>Begins to start; the worker connects to the endpoint under the id.</summary>
    void Begin(Uri endpoint, string workerId);

    /// <summary>Completes when the session is open and the worker's own server listens.</summary>
    /// <returns>Where it listens.</returns>
    Task<Uri> StartedAsync(WorkerSession session);

    /// <summary>Returns when it has ended; what is left of it goes with the disposal.</summary>
    Task StopAsync();
}
