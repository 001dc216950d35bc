using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Importing;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Ports.Runs;
using Autopay.Application.ProviderEvents;
using Autopay.Application.PublicStatus;
using Autopay.Application.Releasing;
using Autopay.Application.Stuck;
using Autopay.Hosting;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Simulation.Acts;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>
/// A worker process: the production verbs over ports that the scheduler steps, with a clock that may be wrong.
/// </summary>
internal sealed class Worker : IDisposable
{
    private readonly SimWorld world;
    private readonly SkewedClock clock;
    private readonly ServiceProvider services;
    private CancellationTokenSource stopping = new();

    public Worker(SimWorld world, string name)
    {
        (this.world, Name, clock) = (world, name, new SkewedClock(world.Time));
        services = ServicesOf(world);
    }

    public string Name { get; }

    /// <summary>
    /// It does nothing until then, and its calls neither: SIGSTOP, a long pause, a platform that moves it.
    /// </summary>
    public DateTimeOffset FrozenUntil { get; set; }

    /// <summary>Messages and requests that it works on.</summary>
    public int Busy { get; private set; }

    /// <summary>What the platform cancels when the process is told to end.</summary>
    public CancellationToken Stopping => stopping.Token;

    public TimeSpan Skew
    {
        get => clock.Skew;
        set => clock.Skew = value;
    }

    public T Verb<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>A call out of the process. It happens later, in the context of the work that made it.</summary>
    /// <param name="cancel">Whoever cancels does not hear whether it happened.</param>
    public async Task<T> AskAsync<T>(Port port, string what, Func<Fault, T> effect, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var context = ExecutionContext.Capture()!;
        var answer = await world.Scheduler.AskAsync(
            this,
            port,
            what,
            fault =>
            {
                T result = default!;
                ExecutionContext.Run(context, _ => result = effect(fault), null);
                return result;
            }
        );
        cancel.ThrowIfCancellationRequested();
        return answer;
    }

    /// <summary>Something that nobody repeats: a request of a person, a timer's tick, a webhook.</summary>
    /// <param name="failed">What its caller does about a failure.</param>
    public void Start(string what, Func<Task> run, Action? failed = null) =>
        world.Scheduler.Run(() => _ = RunAsync(what, run, failed));

    /// <summary>The process dies: nothing that it had begun goes on.</summary>
    public void Crash()
    {
        world.Scheduler.Abandon(this);
        (Busy, FrozenUntil) = (0, default);
    }

    /// <summary>
    /// SIGTERM: what it works on is cancelled and comes to an end, while the process that follows it begins.
    /// </summary>
    public void Terminate()
    {
        var ended = stopping;
        stopping = new CancellationTokenSource();
        world.Scheduler.Run(ended.Cancel);
    }

    public void Dispose()
    {
        services.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync(string what, Func<Task> run, Action? failed)
    {
        Busy++;
        var begunUnder = Stopping;
        world.Checks.ProcessBegins();
        world.Scheduler.Tell($"  {Name} begins: {what}");
        try
        {
            await run();
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            world.Scheduler.Tell($"  {Name}: {what} failed: {failure.Message}");
            failed?.Invoke();
        }
        catch (OperationCanceledException) when (Stopping != begunUnder)
        {
            world.Scheduler.Tell($"  {Name}: {what} was cut");
            failed?.Invoke();
        }
        catch (Exception bug)
        {
            world.Checks.Violated("bug", $"{what}: {bug}");
            failed?.Invoke();
        }

        Busy--;
    }

    // Several accounts of a bucket may meet the same outage.
    private static bool IsExpected(Exception failure) =>
        failure is IOException or ProviderAwayException or RefusedException or BucketBusyException
        || (failure is AggregateException several && several.InnerExceptions.All(IsExpected));

    private ServiceProvider ServicesOf(SimWorld world) =>
        new ServiceCollection()
            .AddAutopayVerbs()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(ChargingWorld.City)
            .AddSingleton(
                new ProcessingOptions
                {
                    Lease = world.Seed % 2 == 0 ? TimeSpan.Zero : new ProcessingOptions().Lease,
                    HintsWithin = Timeout.InfiniteTimeSpan,
                }
            )
            .AddSingleton<ILedgerStore>(new SimLedgerStore(world, this))
            .AddSingleton<IBucketScheduleStore>(
                new SimBucketScheduleStore(SteppedPort<IBucketScheduleStore>.Over(world.Schedules, this))
            )
            .AddSingleton<IControlsStore>(new SimControlsStore(world, this, clock))
            .AddSingleton<IPostedPayments>(new ScratchPostedPayments(world.Ledgers))
            .AddSingleton<ICertificateStore>(new ScratchCertificateStore())
            .AddSingleton(SteppedPort<IStuckStore>.Over(world.Stuck, this))
            .AddSingleton(SteppedPort<ISuspenseStore>.Over(world.Suspense, this))
            .AddSingleton(SteppedPort<IWaitingRows>.Over(world.Waiting, this))
            .AddSingleton(SteppedPort<IIdRegister>.Over(world.Ids, this))
            .AddSingleton(SteppedPort<IImportStore>.Over(world.Imports, this))
            .AddSingleton(SteppedPort<IReleaseStore>.Over(world.Releases, this))
            .AddSingleton(new ReleaseOptions())
            .AddSingleton(SteppedPort<IProviderEventStore>.Over(world.Events, this))
            .AddSingleton(SteppedPort<IReportStore>.Over(world.Reports, this))
            .AddSingleton<IRunStore>(new ScratchRunStore())
            .AddSingleton(SteppedPort<IHeartbeatStore>.Over(world.Heartbeats, this))
            .AddSingleton<IWorkQueue>(new SimWorkQueue(world, this))
            .AddSingleton<INoticeOutbox>(new SimNoticeOutbox(() => world.Ledgers.Ledgers))
            .AddSingleton<IMailer, NoMailer>()
            .AddSingleton(world.Controls.Current.Policies)
            .AddSingleton<RemindNotices>()
            .AddSingleton<MakeLetters>()
            .AddSingleton<RecordLetters>()
            .AddSingleton<IPoisonQueues>(new SimPoisonQueues(world, this))
            .AddSingleton<IPaymentProvider>(new SimProvider(world, this))
            .AddSingleton<IProviderRecords>(new SimRecords(world, this))
            .AddSingleton<IRefundProvider>(new SimRefunds(world, this))
            .AddSingleton<IWebhookReader>(new SimWebhookReader(world, clock))
            .AddSingleton<ReceiveProviderEvent>()
            .AddSingleton<RecordProviderEvent>()
            .AddSingleton<IStatusStore>(new ScratchStatusStore())
            .AddSingleton<IReadOnlyList<CycleName>>([])
            .AddSingleton<ReadStatus>()
            .AddSingleton<Sweep>()
            .AddSingleton<RunSweep>()
            .AddSingleton<CollectPoisonMessages>()
            .AddSingleton<RemadeHints>()
            .AddSingleton<ReplayStuck>()
            .AddSingleton<RepeatImport>()
            .AddSingleton<ResolveAttempt>()
            .AddSingleton<ResolveStuck>()
            .BuildServiceProvider();

    private sealed class SkewedClock(TimeProvider inner) : TimeProvider
    {
        public TimeSpan Skew { get; set; }

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Skew;
    }
}
