using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Rehearsal.Input;
using Autopay.Rehearsal.World;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Rehearsal;

/// <summary>The production verbs on a scratch store, a virtual clock and a bank without a network.</summary>
public sealed class RehearsalWorld : IAsyncDisposable
{
    private const int MostWalks = 50;
    private readonly ServiceProvider services;
    private readonly VirtualClock time;

    public RehearsalWorld(Timeline timeline)
    {
        City = new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById(timeline.TimeZone));
        time = new VirtualClock(City.ToUtc(timeline.Start, TimeOnly.MinValue));
        Bank = new RehearsalBank(City, time);
        Controls = new ScratchControlsStore(timeline.Policies.ToPolicies(timeline.ToRunTime()));
        services = new ServiceCollection()
            .AddAutopayVerbs()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(City)
            .AddSingleton(new ProcessingOptions { Lease = TimeSpan.Zero })
            .AddSingleton<ILedgerStore>(Ledgers)
            .AddSingleton<IPostedPayments>(new ScratchPostedPayments(Ledgers))
            .AddSingleton<ICertificateStore>(new ScratchCertificateStore())
            .AddSingleton<IControlsStore>(Controls)
            .AddSingleton<IBucketScheduleStore>(Schedules)
            .AddSingleton<IStuckStore>(Stuck)
            .AddSingleton<ISuspenseStore>(Suspense)
            .AddSingleton<IImportStore>(Imports)
            .AddSingleton<IReleaseStore>(Releases)
            .AddSingleton<IHeartbeatStore, NoHeartbeats>()
            .AddSingleton(new ReleaseOptions())
            .AddSingleton<IWaitingRows>(Waiting)
            .AddSingleton<IIdRegister>(new ScratchIdRegister())
            .AddSingleton<IPaymentProvider>(Bank)
            .AddSingleton<IRefundProvider, NoRefunds>()
            .AddSingleton<IWorkQueue, NoQueue>()
            .BuildServiceProvider();
    }

    public CityCalendar City { get; }

    public RehearsalBank Bank { get; }

    public ScratchLedgerStore Ledgers { get; } = new();

    public ScratchControlsStore Controls { get; }

    public ScratchStuckStore Stuck { get; } = new();

    public ScratchSuspenseStore Suspense { get; } = new();

    public ScratchImportStore Imports { get; } = new();

    public ScratchReleaseStore Releases { get; } = new();

    public ScratchWaitingRows Waiting { get; } = new();

    public Moment Now => City.At(time.GetUtcNow());

    private ScratchBucketScheduleStore Schedules { get; } = new();

    public T Verb<T>()
        where T : notnull => services.GetRequiredService<T>();

    public void MoveTo(DateTimeOffset instant) => time.MoveTo(instant);

    public Authority Authority(string why) => new("rehearsal", why, time.GetUtcNow());

    /// <summary>What the bank has to say by now, through the same verb that a webhook schedules.</summary>
    public async Task HearBankAsync()
    {
        foreach (var intent in Bank.AnswerWhatIsDue())
        {
            await Verb<RecordIntentOutcome>().RunAsync(intent, "the bank answered", CancellationToken.None);
        }
    }

    /// <summary>Walks every bucket that has anything due, until none has: what the sweep and the queues do.</summary>
    /// <exception cref="InvalidOperationException">It never comes to rest: a bug of ours.</exception>
    public async Task EvaluateAsync(string cause)
    {
        for (var walks = 0; walks < MostWalks; walks++)
        {
            var due = (await Schedules.ReadAllAsync(CancellationToken.None))
                .Where(schedule =>
                    schedule.EarliestDue <= time.GetUtcNow()
                    || schedule.ScannedControlsVersion < Controls.Current.Version
                )
                .ToList();
            if (due.Count == 0)
            {
                return;
            }

            foreach (var schedule in due)
            {
                await Verb<EvaluateBucket>().RunAsync(schedule.Bucket, cause, CancellationToken.None);
            }
        }

        throw new InvalidOperationException($"At {time.GetUtcNow():u} the rehearsal does not come to rest.");
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>A rehearsal has no sweeps, and never stands still.</summary>
    private sealed class NoHeartbeats : IHeartbeatStore
    {
        public Task BeatAsync(string name, DateTimeOffset at, CancellationToken cancel) => Task.CompletedTask;

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(new Dictionary<string, DateTimeOffset>());
    }

    /// <summary>A rehearsal needs no hints: it walks what is due after every step.</summary>
    private sealed class NoQueue : IWorkQueue
    {
        public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel) => Task.FromResult(true);

        public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel) =>
            Task.FromResult(true);

        public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
            Task.FromResult(true);

        public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) => Task.FromResult(true);

        public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
            Task.FromResult(true);

        public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel) => Task.FromResult(true);

        public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel) => Task.FromResult(true);
    }
}
