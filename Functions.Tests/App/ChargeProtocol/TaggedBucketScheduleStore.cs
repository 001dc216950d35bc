using System.Globalization;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// The schedule rows in memory, with the tags of the real store: who writes after somebody else wrote nothing.
/// </summary>
internal sealed class TaggedBucketScheduleStore : IBucketScheduleStore
{
    private readonly BucketSchedule[] schedules =
    [
        .. Bucket.All.Select(bucket => new BucketSchedule(bucket, null, 0, default, null)),
    ];
    private int writes;

    public Task<IReadOnlyList<BucketSchedule>> ReadAllAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<BucketSchedule>>([.. schedules]);

    public Task<BucketSchedule> ReadAsync(Bucket bucket, CancellationToken cancel) =>
        Task.FromResult(schedules[bucket.Number]);

    public BucketSchedule? Recall(Bucket bucket) => null;

    public Task BringForwardAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel)
    {
        var schedule = schedules[bucket.Number];
        return schedule.IsDueBy(look) ? Task.CompletedTask : TryWriteAsync(schedule.BringForwardTo(look), cancel);
    }

    public Task<BucketSchedule?> TryWriteAsync(BucketSchedule schedule, CancellationToken cancel)
    {
        var isCurrent = schedules[schedule.Bucket.Number].Tag == schedule.Tag;
        return Task.FromResult<BucketSchedule?>(
            isCurrent
                ? schedules[schedule.Bucket.Number] = schedule with
                {
                    Tag = (++writes).ToString(CultureInfo.InvariantCulture),
                }
                : null
        );
    }
}
