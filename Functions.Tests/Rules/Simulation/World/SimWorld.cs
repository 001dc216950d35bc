using System.Globalization;
using Autopay.Application.Evaluating;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Releasing;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>
/// A city of seven accounts in two buckets, and three that come later, two workers over one storage and one provider,
/// and a clock that the run moves.
/// </summary>
internal sealed class SimWorld : IDisposable
{
    private const int MostAtOnce = 3;
    private static readonly IReadOnlyList<IGrouping<Bucket, AccountId>> UsedBuckets =
    [
        .. Enumerable.Range(1, 2000).Select(Id).GroupBy(Bucket.Of).Take(2),
    ];

    private readonly HashSet<Bucket> used;
    private readonly Queue<ProviderAnswer.Rejected> refusals = new();
    private readonly PriorityQueue<(ProviderEvent Event, int Tries), DateTimeOffset> deliveries = new();
    private int crashesAtConfirm;
    private int webhooksLost;
    private int webhooksRepeated;

    public SimWorld(int seed, Mutant mutant, Policies policies)
    {
        (Seed, Mutant) = (seed, mutant);
        Time = new VirtualClock(
            ChargingWorld.City.ToUtc(new DateOnly(2020, 1, 6).AddDays(seed % 700), new TimeOnly(7, 0))
        );
        Bank = new SimBank(Time, seed) { OnEvent = Plan };
        Queue = new SimQueue(Time);
        Controls = new ScratchControlsStore(policies);
        Checks = new Checks(this);
        Customers = new Customers(this);
        Waiting = new SimWaitingRows(Troubles);
        used = [.. Accounts.Select(Bucket.Of)];
        Scheduler.Faults.Now = Time.GetUtcNow;
        Workers = [new Worker(this, "one"), new Worker(this, "two")];
    }

    public static IReadOnlyList<AccountId> Accounts { get; } =
    [.. UsedBuckets.SelectMany((bucket, index) => bucket.Take(index == 0 ? 5 : 2))];

    /// <summary>Accounts whose bills and payments come before they do, if they come at all (R33).</summary>
    public static IReadOnlyList<AccountId> Newcomers { get; } =
    [.. UsedBuckets.SelectMany((bucket, index) => bucket.Skip(index == 0 ? 5 : 2).Take(index == 0 ? 2 : 1))];

    /// <summary>A known account's id with leading zeros (R30), and that account.</summary>
    public static AccountId LookAlike { get; } = new($"{new string('0', Resembling().Zeros)}{Resembling().Account}");

    public static AccountId Resembled => Resembling().Account;

    public static IReadOnlyList<AccountId> Everybody { get; } = [.. Accounts, .. Newcomers, LookAlike];

    /// <summary>An account of those that are enrolled from the start, as the act chooses.</summary>
    public static AccountId Account(Act act) => Accounts[act.Pick % Accounts.Count];

    public static AccountId Newcomer(Act act) => Newcomers[act.Pick % Newcomers.Count];

    public int Seed { get; }

    public Mutant Mutant { get; }

    public VirtualClock Time { get; }

    public Moment Now => ChargingWorld.City.At(Time.GetUtcNow());

    public Scheduler Scheduler { get; } = new();

    public SimBank Bank { get; }

    public SimQueue Queue { get; }

    public ScratchLedgerStore Ledgers { get; } = new();

    public ScratchControlsStore Controls { get; }

    public TaggedBucketScheduleStore Schedules { get; } = new();

    public ScratchStuckStore Stuck { get; } = new();

    public ScratchSuspenseStore Suspense { get; } = new();

    public ScratchImportStore Imports { get; } = new();

    public ScratchReleaseStore Releases { get; } = new();

    public SimWaitingRows Waiting { get; }

    public ScratchIdRegister Ids { get; } = new();

    public ScratchEventStore Events { get; } = new();

    public ScratchReportStore Reports { get; } = new();

    public ScratchHeartbeats Heartbeats { get; } = new();

    public Checks Checks { get; }

    public Customers Customers { get; }

    public Troubles Troubles { get; } = new();

    public IReadOnlyList<Worker> Workers { get; }

    public DateTimeOffset? NextDelivery => deliveries.TryPeek(out _, out var at) ? at : null;

    public Worker AnyWorker() => Workers[Scheduler.Random.Next(2)];

    public IReadOnlyList<ImportRecord> ImportRecords() =>
        Imports.ReadAllAsync(CancellationToken.None).ToListAsync().AsTask().Result;

    public IReadOnlyList<SuspensePayment> SuspensePayments() =>
        Suspense.ReadAllAsync(CancellationToken.None).ToListAsync().AsTask().Result;

    /// <summary>The next confirms are refused, and their intents stay as they are (R27).</summary>
    public void RefuseConfirms(string why, bool ofTheMethod, int count)
    {
        for (var times = 0; times < count; times++)
        {
            refusals.Enqueue(new ProviderAnswer.Rejected($"{SimProvider.Refused} {why}") { OfTheMethod = ofTheMethod });
        }
    }

    /// <summary>
    /// Whoever is about to confirm next dies first: its attempt is locked, and its intent untouched (R27).
    /// </summary>
    public void CrashAtConfirm() => crashesAtConfirm++;

    public bool MustCrash() => crashesAtConfirm > 0 && crashesAtConfirm-- > 0;

    public ProviderAnswer.Rejected? NextRefusal() => refusals.TryDequeue(out var refusal) ? refusal : null;

    public void StopRefusing()
    {
        refusals.Clear();
        crashesAtConfirm = 0;
    }

    public bool IsUsed(Bucket bucket) => used.Contains(bucket);

    /// <summary>
    /// What is left of the timers where nothing sweeps: a look at every bucket, and at nothing that a lost message left
    /// behind.
    /// </summary>
    public void AskForEveryBucket()
    {
        foreach (var bucket in used)
        {
            Queue.Put(new EvaluateMessage(bucket.Number, "no sweep"));
        }
    }

    /// <param name="count">None: from now on all of them arrive.</param>
    public void LoseWebhooks(int count) => webhooksLost = count == 0 ? 0 : webhooksLost + count;

    public void RepeatWebhooks(int count) => webhooksRepeated += count;

    /// <summary>Time passes, and with it the bank and the provider's webhooks.</summary>
    public void MoveTo(DateTimeOffset next)
    {
        Time.MoveTo(next > Time.GetUtcNow() ? next : Time.GetUtcNow());
        Bank.AnswerWhatIsDue();
        while (deliveries.TryPeek(out var delivery, out var at) && at <= Time.GetUtcNow())
        {
            deliveries.Dequeue();
            Deliver(delivery.Event, delivery.Tries);
        }
    }

    /// <summary>
    /// One thing goes on: an operation, or a worker takes a message. False when there is nothing to do now.
    /// </summary>
    public bool TryStep()
    {
        MoveTo(Time.GetUtcNow().AddMilliseconds(Scheduler.Random.Next(40)));
        var takers = Workers.Where(worker => IsAwake(worker) && worker.Busy < MostAtOnce).ToList();
        var canTake = takers.Count > 0 && Queue.CountVisible() > 0;
        if (canTake && Scheduler.Random.Next(4) == 0)
        {
            Take(takers[Scheduler.Random.Next(takers.Count)]);
            return true;
        }

        var stepped = Scheduler.TryStep(IsAwake);
        if (!stepped && canTake)
        {
            Take(takers[Scheduler.Random.Next(takers.Count)]);
        }

        return stepped || canTake;
    }

    public bool IsAwake(Worker worker) => worker.FrozenUntil <= Time.GetUtcNow();

    public void Dispose()
    {
        foreach (var worker in Workers)
        {
            worker.Dispose();
        }
    }

    // In a bucket that is walked anyway.
    private static (AccountId Account, int Zeros) Resembling() =>
        Enumerable
            .Range(1, 40)
            .SelectMany(zeros => Accounts.Select(account => (Account: account, Zeros: zeros)))
            .First(it =>
                UsedBuckets.Any(bucket => bucket.Key == Bucket.Of($"{new string('0', it.Zeros)}{it.Account}"))
            );

    private static AccountId Id(int number) => new(string.Create(CultureInfo.InvariantCulture, $"20-{number:0000}"));

    private void Take(Worker worker)
    {
        var message = Queue.Receive(Scheduler.Random);
        var receipt = message.Received;
        worker.Start(
            $"message {SimMessage.Tell(message.Body)}",
            () => HandleAsync(worker, message, receipt),
            () => Queue.Failed(message, receipt)
        );
    }

    private async Task HandleAsync(Worker worker, SimMessage message, int receipt)
    {
        if (Mutant == Mutant.DeletesTheMessageFirst)
        {
            Queue.Delete(message, receipt);
        }

        var stopping = worker.Stopping;
        await (
            message.Body switch
            {
                EvaluateMessage evaluate => worker.Verb<AnswerEvaluateMessage>().RunAsync(evaluate, stopping),
                RunMessage { ReleaseId: { } plan } => worker.Verb<MakePlan>().RunAsync(plan, stopping),
                ImportMessage import => worker.Verb<ApplyImport>().RunAsync(import, stopping),
                ProviderEventMessage happened => worker.Verb<RecordProviderEvent>().RunAsync(happened, stopping),
                _ => throw new InvalidOperationException($"Unknown message {message.Body}."),
            }
        );
        await worker.AskAsync(
            Port.Queue,
            $"delete {SimMessage.Tell(message.Body)}",
            fault => fault is Fault.None or Fault.LostAfter or Fault.Repeated && Queue.Delete(message, receipt)
        );
    }

    // Seconds later, or hours, or days; lost, or three times.
    private void Plan(ProviderEvent happened)
    {
        var random = new Random(SimBank.Hash($"{Seed} {happened.Id}"));
        if (webhooksLost-- > 0)
        {
            return;
        }

        for (var copies = webhooksRepeated-- > 0 ? 3 : 1; copies > 0; copies--)
        {
            deliveries.Enqueue(
                (happened, 0),
                Time.GetUtcNow()
                    + (
                        random.Next(10) == 0
                            ? TimeSpan.FromHours(random.Next(72))
                            : TimeSpan.FromSeconds(random.Next(240))
                    )
            );
        }

        (webhooksLost, webhooksRepeated) = (Math.Max(0, webhooksLost), Math.Max(0, webhooksRepeated));
    }

    private void Deliver(ProviderEvent happened, int tries)
    {
        var worker = Workers[Scheduler.Random.Next(Workers.Count)];
        worker.Start(
            $"webhook {happened.Body}",
            async () =>
                await worker
                    .Verb<ReceiveProviderEvent>()
                    .RunAsync(System.Text.Encoding.UTF8.GetBytes(happened.Body), "", CancellationToken.None),
            () =>
            {
                if (tries < 5)
                {
                    deliveries.Enqueue((happened, tries + 1), Time.GetUtcNow().AddHours(1 << tries));
                }
            }
        );
    }
}
