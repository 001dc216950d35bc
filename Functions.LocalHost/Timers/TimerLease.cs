using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class TimerLease : IAsyncDisposable
{
    private const string LastTick = "lasttick";
    private readonly BlobClient blob;
    private readonly BlobLeaseClient lease;
    private readonly CancellationTokenSource ended = new();
    private readonly Task renewing;
    private readonly ILogger logger;

    public TimerLease(BlobClient blob, BlobLeaseClient lease, TimeSpan renewEvery, HostClock clock, ILogger logger)
    {
        (this.blob, this.lease, this.logger) = (blob, lease, logger);
        renewing = RenewAsync(renewEvery, clock);
    }

    /// <summary>A tick in the future was recorded under a clock that is not ours, and says nothing.</summary>
    public async Task<bool> HasRunAsync(DateTime tick, DateTime now)
    {
        var properties = await blob.GetPropertiesAsync();
        return properties.Value.Metadata.TryGetValue(LastTick, out var text)
            && DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) is var last
            && last >= tick && last <= now;
    }

    public Task RecordAsync(DateTime tick) => blob.SetMetadataAsync(
        new Dictionary<string, string> { [LastTick] = tick.ToString("O", CultureInfo.InvariantCulture) },
        new BlobRequestConditions { LeaseId = lease.LeaseId });

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await renewing;
        ended.Dispose();
        await TryAsync(() => lease.ReleaseAsync());
    }

    private async Task RenewAsync(TimeSpan every, HostClock clock)
    {
        await clock.WaitAsync(every, ended.Token);
        while (!ended.IsCancellationRequested)
        {
            await TryAsync(() => lease.RenewAsync());
            await clock.WaitAsync(every, ended.Token);
        }
    }

    private async Task TryAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception exception)
        {
            logger.TimerLeaseTrouble(blob.Name, exception.Message);
        }
    }
}
