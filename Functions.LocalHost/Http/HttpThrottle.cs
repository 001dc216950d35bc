using Autopay.LocalHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Http;

/// <summary>
/// The two limits of <c>host.json</c>, as the real host keeps them: so many requests at once, so many more that wait,
/// and 429 for the rest.
/// </summary>
internal sealed class HttpThrottle(HostSettings settings, ILogger<HttpThrottle> logger) : IDisposable
{
    private readonly SemaphoreSlim places = new(settings.MaxConcurrentRequests);
    private int outstanding;

    public async Task ServeAsync(HttpContext http, Func<Task> serve)
    {
        try
        {
            if (Interlocked.Increment(ref outstanding) > settings.MaxOutstandingRequests)
            {
                logger.TooManyRequests(settings.MaxOutstandingRequests);
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return;
            }

            await places.WaitAsync(http.RequestAborted);
            try
            {
                await serve();
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref outstanding);
        }
    }

    public void Dispose() => places.Dispose();
}
