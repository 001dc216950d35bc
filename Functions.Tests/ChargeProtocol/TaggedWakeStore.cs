using System.Globalization;
using Autopay.Application;
using Autopay.Application.Ports;

namespace Autopay.Tests.ChargeProtocol;

/// <summary>The wake rows in memory, with the tags of the real store: who writes after somebody else wrote nothing.</summary>
internal sealed class TaggedWakeStore : IWakeStore
{
    private readonly Wake[] wakes = [.. Bucket.All.Select(bucket => new Wake(bucket, null, 0, default, null))];
    private int writes;

    public Task<IReadOnlyList<Wake>> ReadAllAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Wake>>([.. wakes]);

    public Task<Wake> ReadAsync(Bucket bucket, CancellationToken cancel) => Task.FromResult(wakes[bucket.Number]);

    public Task LowerAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel)
    {
        var wake = wakes[bucket.Number];
        return wake.MustHearOf(look) ? TryWriteAsync(wake with { EarliestLook = wake.EarliestLook < look ? wake.EarliestLook : look }, cancel) : Task.CompletedTask;
    }

    public Task<Wake?> TryWriteAsync(Wake wake, CancellationToken cancel)
    {
        var isCurrent = wakes[wake.Bucket.Number].Tag == wake.Tag;
        return Task.FromResult<Wake?>(isCurrent ? wakes[wake.Bucket.Number] = wake with { Tag = (++writes).ToString(CultureInfo.InvariantCulture) } : null);
    }
}
