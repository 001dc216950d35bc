using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Ports.Runs;
using Autopay.Application.PublicStatus;
using Autopay.Application.Releasing;
using Autopay.Application.Stuck;
using Autopay.Hosting;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Simulation.World;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Hints;

/// <summary>Everything that a sweep does, over stores in memory, at seven on a banking day.</summary>
internal sealed class SweptCity : IAsyncDisposable
{
    private readonly VirtualClock time = new(ChargingWorld.City.ToUtc(new DateOnly(2020, 1, 22), new TimeOnly(7, 0)));
    private readonly ProcessingOptions options;
    private readonly ServiceProvider services;

    public SweptCity(Policies? policies = null, IMailer? mailer = null, ProcessingOptions? options = null)
    {
        this.options = options ?? new ProcessingOptions();
        Failing = new FailingLedgerStore(Ledgers);
        Controls = new ScratchControlsStore(policies ?? new Policies());
        Bank = new StoryBank(time);
        services = ServicesOf(policies ?? new Policies(), mailer ?? new NoMailer());
    }

    public static CycleNumber One { get; } = new(1);

    public ScratchLedgerStore Ledgers { get; } = new();

    /// <summary>The same, as the verbs have them.</summary>
    public FailingLedgerStore Failing { get; }

    public IBucketScheduleStore Schedules { get; } = new TaggedBucketScheduleStore();

    public ScratchRunStore Runs { get; } = new();

    public ScratchEventStore Events { get; } = new();

    public ScratchControlsStore Controls { get; }

    public ScratchStuckStore Stuck { get; } = new();

    public ScratchSuspenseStore Suspense { get; } = new();

    public ScratchReleaseStore Releases { get; } = new();

    public ScratchHeartbeats Beats { get; } = new();

    public ScratchStatusStore Status { get; } = new();

    public RecordingQueue Queue { get; } = new();

    public WaitingOutbox Outbox { get; } = new();

    public StoryBank Bank { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public T Verb<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Authority By(string who) => new(who, "test", Now);

    public Task SweepAsync() => Verb<RunSweep>().RunAsync(SweepReach.Wanted, "sweep", CancellationToken.None);

    public void Later(TimeSpan span) => time.MoveTo(Now + span);

    public Task ChangeAsync(ControlChange change, string by = "ann") =>
        Verb<ChangeControls>().RunAsync(change, By(by), CancellationToken.None);

    /// <summary>Two people agree, and whoever would have done it has died.</summary>
    public async Task AgreeAsync(string id, ControlChange act)
    {
        await ChangeAsync(new ApprovalAsked(id, act));
        var hash = Controls.Current.Approvals.Single(approval => approval.Id == id).Hash;
        await ChangeAsync(new ApprovalGiven(id, hash), "bob");
    }

    /// <summary>An account with a bill of 50.00 that is due today, or on another day.</summary>
    public async Task<AccountId> EnrolAsync(AccountId? id = null, DateOnly? due = null)
    {
        var account = id ?? ChargingWorld.Id();
        var day = due ?? new DateOnly(2020, 1, 22);
        var bill = new Bill
        {
            Id = new BillId($"b-{account}"),
            Cycle = One,
            BillDate = day.AddDays(-14),
            DueDate = day,
            PenaltyDate = day.AddDays(7),
            CurrentCharges = new Money(5_000),
            PreviousBalance = Money.Zero,
            TotalDue = new Money(5_000),
        };
        await Verb<LedgerWriter>()
            .WriteAsync(
                new WriteScope(Bucket.Of(account), Controls.Current, By("test")),
                [
                    new AccountWork(
                        new LedgerEntry(AccountLedger.Open(account), null, null),
                        [now => new Enrol(ChargingWorld.NewEnrolment(), now), now => new ImportBill(bill, now)]
                    ),
                ],
                CancellationToken.None
            );
        return account;
    }

    /// <summary>Accounts of the first one's bucket, and that one first.</summary>
    public static IEnumerable<AccountId> InOneBucket() =>
        Enumerable.Range(1, 2_000).Select(ChargingWorld.Id).Where(id => Bucket.Of(id) == Bucket.Of(ChargingWorld.Id()));

    /// <summary>So many of one bucket.</summary>
    public async Task<IReadOnlyList<AccountId>> EnrolInOneBucketAsync(int accounts)
    {
        List<AccountId> all = [.. InOneBucket().Take(accounts)];
        foreach (var account in all)
        {
            await EnrolAsync(account);
        }

        return all;
    }

    /// <summary>Accounts whose bills are held, in a cycle that is cleared at once.</summary>
    public async Task HoldAndClearAsync(int accounts)
    {
        var day = new DateOnly(2020, 1, 22);
        await ChangeAsync(new DeferralDeclared(new DeferralId("outage"), [One], day, day, DeferralAction.Hold, null));
        await EnrolInOneBucketAsync(accounts);
        await ChangeAsync(new BacklogCleared([One], new Dictionary<string, DateOnly>()));
    }

    /// <summary>Two people let the cycle's debits go.</summary>
    public async Task ReleaseAsync(Sealing sealing)
    {
        var plan = await Verb<MakePlan>().AskAsync(One, By("ann"), CancellationToken.None);
        await Verb<MakePlan>().RunAsync(plan.Id, CancellationToken.None);
        await Verb<SealPlan>().RunAsync(plan.Id, sealing, By("ann"), CancellationToken.None);
        var asked = Controls.Current.Approvals.Single(approval => approval.Id == plan.Id);
        await ChangeAsync(new ApprovalGiven(plan.Id, asked.Hash), "bob");
    }

    /// <summary>What the first release has of the bucket.</summary>
    public async Task<IReadOnlyList<PlanLine>> LinesAsync() =>
        (await Releases.FindLinesAsync("R-1", Bucket.Of(ChargingWorld.Id()), CancellationToken.None))!.Lines;

    public AccountLedger Ledger(AccountId account) => Ledgers.Ledgers.Single(ledger => ledger.Id == account);

    /// <summary>One walk of the bucket of all these accounts.</summary>
    public Task<WalkEnd> WalkAsync(CancellationToken cancel = default) =>
        Verb<EvaluateBucket>().RunAsync(Bucket.Of(ChargingWorld.Id()), "test", cancel);

    public Task<BucketSchedule> RowAsync() =>
        Schedules.ReadAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private ServiceProvider ServicesOf(Policies policies, IMailer mailer) =>
        new ServiceCollection()
            .AddAutopayVerbs()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(ChargingWorld.City)
            .AddSingleton(options)
            .AddSingleton(new ReleaseOptions())
            .AddSingleton(policies)
            .AddSingleton<ILedgerStore>(Failing)
            .AddSingleton<IControlsStore>(Controls)
            .AddSingleton<IPostedPayments>(new ScratchPostedPayments(Ledgers))
            .AddSingleton<ICertificateStore>(new ScratchCertificateStore())
            .AddSingleton(Schedules)
            .AddSingleton<IPaymentProvider>(Bank)
            .AddSingleton<IRefundProvider>(Bank)
            .AddSingleton<IProviderRecords>(Bank)
            .AddSingleton<IStuckStore>(Stuck)
            .AddSingleton<ISuspenseStore>(Suspense)
            .AddSingleton<IImportStore>(new ScratchImportStore())
            .AddSingleton<IReleaseStore>(Releases)
            .AddSingleton<IWaitingRows>(new ScratchWaitingRows())
            .AddSingleton<IIdRegister>(new ScratchIdRegister())
            .AddSingleton<IProviderEventStore>(Events)
            .AddSingleton<IReportStore>(new ScratchReportStore())
            .AddSingleton<IRunStore>(Runs)
            .AddSingleton<IHeartbeatStore>(Beats)
            .AddSingleton<IStatusStore>(Status)
            .AddSingleton<IWorkQueue>(Queue)
            .AddSingleton<IPoisonQueues>(new NoPoison())
            .AddSingleton<INoticeOutbox>(Outbox)
            .AddSingleton(mailer)
            .AddSingleton<IReadOnlyList<CycleName>>([])
            .AddSingleton<RemindNotices>()
            .AddSingleton<ReadStatus>()
            .AddSingleton<Sweep>()
            .AddSingleton<RunSweep>()
            .AddSingleton<CollectPoisonMessages>()
            .AddSingleton<RemadeHints>()
            .BuildServiceProvider();

    private sealed class NoPoison : IPoisonQueues
    {
        public Task<IReadOnlyList<PoisonMessage>> ReceiveAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<PoisonMessage>>([]);

        public Task DeleteAsync(PoisonMessage message, CancellationToken cancel) => Task.CompletedTask;
    }
}

/// <summary>The accounts whose notices nobody has sent by e-mail.</summary>
internal sealed class WaitingOutbox : INoticeOutbox
{
    public List<AccountId> Accounts { get; } = [];

    public IAsyncEnumerable<WaitingNotices> ReadAsync(Bucket bucket, NoticeWay way, CancellationToken cancel) =>
        Accounts
            .Where(account => way == NoticeWay.Email && Bucket.Of(account) == bucket)
            .Select(account => new WaitingNotices(account, [], ""))
            .ToAsyncEnumerable();

    public Task<bool> TryTakeAsync(WaitingNotices notices, DateTimeOffset until, CancellationToken cancel) =>
        Task.FromResult(true);
}

/// <summary>A city with a mail server that nobody asks here.</summary>
internal sealed class IdleMailer : IMailer
{
    public bool IsConfigured => true;

    public Task<IMailSession> OpenAsync(CancellationToken cancel) =>
        Task.FromException<IMailSession>(new MailAwayException("nobody sends here"));
}
