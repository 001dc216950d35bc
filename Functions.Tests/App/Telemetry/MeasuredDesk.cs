using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Stuck;
using Autopay.Application.Telemetry;
using Autopay.Application.Work;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Finance;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Telemetry;

/// <summary>The measurement over a world, and what it asks that no world has.</summary>
internal sealed class MeasuredDesk(ChargingWorld world)
{
    public ScratchHeartbeats Beats { get; } = new();

    public FewDepths Queues { get; } = new();

    public NoCopies Copies { get; } = new();

    public CountedCity Sums { get; } = new();

    public SeeCity See => new(world.Ledgers, world.Controls, world.Stuck, Count, world.Verb<ReadStuck>());

    public MeasureBooks Measure =>
        new(
            world.Ledgers,
            Queues,
            Beats,
            See,
            world.Verb<ReadStuck>(),
            world.Verb<ReadWork>(),
            new ReadFindings(world.Reports, world.Verb<CityClock>()),
            world.Verb<WatchReturns>(),
            Copies,
            Count,
            world.Verb<CityClock>()
        );

    private CountCycles Count => new(world.Ledgers, Sums, world.Verb<CityClock>());

    public Task<Books> MeasureAsync() => Measure.RunAsync(TestContext.Current.CancellationToken);

    public async Task<(int New, int Old)> DifferencesAsync() =>
        (await MeasureAsync()).Findings is var it ? (it.NewDifferences, it.OldDifferences) : default;
}

internal sealed class FewDepths : IQueueDepths
{
    public IReadOnlyCollection<string> Asked { get; private set; } = [];

    public Task<IReadOnlyDictionary<string, long?>> ReadAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, long?>>(
            new Dictionary<string, long?>
            {
                ["evaluate"] = 2,
                ["imports"] = 0,
                ["runs"] = null,
            }
        );

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadOldestAsync(
        IReadOnlyCollection<string> names,
        CancellationToken cancel
    )
    {
        Asked = names;
        return Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(new Dictionary<string, DateTimeOffset>());
    }
}

internal sealed class NoCopies : IBackupCopies
{
    public bool IsOn { get; set; }

    public Task CopyAsync(string backup, string? table, CancellationToken cancel) => Task.CompletedTask;

    public Task CopyControlsAsync(string id, CancellationToken cancel) => Task.CompletedTask;
}
