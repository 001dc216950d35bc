using System.Globalization;
using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Releasing;
using Autopay.Application.Stuck;
using Autopay.Hosting;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Hints;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.ChargeProtocol;

/// <summary>
/// The production verbs over scratch stores and a story's bank, at the hour at which every bill is due.
/// </summary>
internal sealed class ChargingWorld : IAsyncDisposable
{
    public const long Cents = 5000;
    private const int MostWalks = 40;
    private static readonly DateOnly Due = new(2020, 1, 22);
    private readonly VirtualClock time;
    private readonly TaggedBucketScheduleStore schedules = new();
    private ServiceProvider services;

    public ChargingWorld(ProcessingOptions? options = null)
        : this(options, new VirtualClock(City.ToUtc(Due, new TimeOnly(6, 0))), null) { }

    private ChargingWorld(ProcessingOptions? options, VirtualClock time, StoryBank? bank)
    {
        Options = options ?? new ProcessingOptions { Lease = TimeSpan.Zero };
        this.time = time;
        Bank = bank ?? new StoryBank(time);
        Controls = new StaleControlsStore(new ScratchControlsStore(new Policies { ReleaseApproval = false }));
        services = Services();
    }

    public static CityCalendar City { get; } = new(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));

    public ProcessingOptions Options { get; }

    public Steps Steps { get; } = new();

    public StoryBank Bank { get; }

    public ScratchLedgerStore Ledgers { get; } = new();

    public StaleControlsStore Controls { get; }

    public ScratchStuckStore Stuck { get; } = new();

    public ScratchImportStore Imports { get; } = new();

    public ScratchSuspenseStore Suspense { get; } = new();

    public ScratchEventStore Events { get; } = new();

    public HintQueue Hints { get; } = new();

    public ScratchReportStore Reports { get; } = new();

    public IBucketScheduleStore Schedules => schedules;

    public ReturnCeilings Ceilings { get; init; } = new();

    /// <summary>Empty books beside the same provider, whose time goes on: what a restore begins with.</summary>
    public ChargingWorld Elsewhere() => new(Options, time, Bank);

    public Moment Now => City.At(time.GetUtcNow());

    public T Verb<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>A new process over the same stores: nothing is remembered, nothing goes wrong any more.</summary>
    public async Task RestartAsync()
    {
        Steps.Restart();
        await services.DisposeAsync();
        services = Services();
    }

    /// <summary>Accounts with one bill each, due now.</summary>
    public async Task EnrolAsync(int accounts = 1, string paymentMethod = "pm_pays")
    {
        for (var number = 1; number <= accounts; number++)
        {
            var account = Id(number);
            await DoAsync(account, now => new Enrol(NewEnrolment(paymentMethod), now));
            await BillAsync(account, "b1");
        }
    }

    /// <summary>Accounts of the first one's bucket, with one bill each, due now.</summary>
    public async Task EnrolInOneBucketAsync(int accounts)
    {
        foreach (
            var account in Enumerable
                .Range(1, 2000)
                .Select(Id)
                .Where(id => Bucket.Of(id) == Bucket.Of(Id()))
                .Take(accounts)
        )
        {
            await DoAsync(account, now => new Enrol(NewEnrolment(), now));
            await BillAsync(account, "b1");
        }
    }

    public static AccountId Id(int number = 1) => new(string.Create(CultureInfo.InvariantCulture, $"10-{number:0000}"));

    public static Enrolment NewEnrolment(string paymentMethod = "pm_pays") =>
        new()
        {
            Cycle = new CycleNumber(1),
            Autopay = true,
            Customer = "cus_1",
            PaymentMethod = paymentMethod,
        };

    public Task BillAsync(
        AccountId account,
        string bill,
        long cents = Cents,
        DateOnly? due = null,
        long previousCents = 0
    ) =>
        DoAsync(
            account,
            now => new ImportBill(
                new Bill
                {
                    Id = new BillId(bill),
                    Cycle = new CycleNumber(1),
                    BillDate = Due.AddDays(-14),
                    DueDate = due ?? Due,
                    PenaltyDate = (due ?? Due).AddDays(7),
                    CurrentCharges = new Money(cents),
                    PreviousBalance = new Money(previousCents),
                    TotalDue = new Money(cents + previousCents),
                },
                now
            )
        );

    public Task PayAsync(AccountId account, long cents, string id = "p1") =>
        DoAsync(
            account,
            now => new PostBackPayment(
                new Funds
                {
                    Id = new PaymentId(id),
                    Source = FundsSource.BackPayment,
                    Amount = new Money(cents),
                    Channel = "cash",
                    ReceivedOn = now.Today,
                    PostedOn = now.Today,
                },
                now
            )
        );

    /// <summary>A command by somebody else, saved as the app saves it.</summary>
    public async Task DoAsync(AccountId account, Func<Moment, LedgerCommand> command) =>
        Assert.Null(await TryAsync(account, command));

    /// <returns>Why it was refused; null when it was not.</returns>
    public async Task<string?> TryAsync(AccountId account, Func<Moment, LedgerCommand> command)
    {
        var entry =
            await Ledgers.LoadAsync(account, CancellationToken.None)
            ?? new LedgerEntry(AccountLedger.Open(account), null, null);
        var writer = new LedgerWriter(Ledgers, schedules, Controls, Verb<CityClock>(), Options);
        var scope = new WriteScope(Bucket.Of(account), Controls.Current, new Authority("test", "test", Now.Utc));
        var results = await writer.WriteAsync(scope, [new AccountWork(entry, [command])], CancellationToken.None);
        return results[0].Commands[0].Refusal;
    }

    public Task ChangeAsync(ControlChange change) =>
        Verb<ChangeControls>().RunAsync(change, new Authority("finance", "test", Now.Utc), CancellationToken.None);

    public Task HoldAsync(string id = "outage") =>
        ChangeAsync(
            new DeferralDeclared(
                new DeferralId(id),
                [new CycleNumber(1)],
                Due,
                Due.AddDays(40),
                DeferralAction.Hold,
                null
            )
        );

    public Task ClearAsync() =>
        ChangeAsync(new BacklogCleared([new CycleNumber(1)], new Dictionary<string, DateOnly>()));

    /// <summary>One walk of the account's bucket.</summary>
    public Task WalkAsync(int number = 1) => TryWalkAsync(CancellationToken.None, number);

    /// <summary>The same, as a function whose token may fire, and how it ended.</summary>
    public Task<WalkEnd> TryWalkAsync(CancellationToken cancel, int number = 1) =>
        Verb<EvaluateBucket>().RunAsync(Bucket.Of(Id(number)), "test", cancel);

    /// <summary>Time passes, long enough for an attempt that nobody drives to be recovered.</summary>
    public void Later(TimeSpan? span = null) => time.MoveTo(time.GetUtcNow() + (span ?? TimeSpan.FromMinutes(3)));

    public void At(DateOnly day, int hour = 7) => time.MoveTo(City.ToUtc(day, new TimeOnly(hour, 0)));

    /// <summary>
    /// What the sweep does, every three minutes until nothing but a person or the bank can change anything.
    /// </summary>
    public async Task SweepAsync(int rounds = 6)
    {
        for (var round = 0; round < rounds; round++)
        {
            await WalkDueAsync();
            Later();
        }
    }

    public Task<RecordingResult> HearAsync(string intentId) =>
        Verb<RecordIntentOutcome>().RunAsync(intentId, "webhook", CancellationToken.None);

    public AccountLedger Ledger(int number = 1) => Ledgers.Ledgers.Single(ledger => ledger.Id == Id(number));

    public Debit Debit(int number = 1, int debit = 0) => Ledger(number).Debits[debit];

    public Attempt Attempt(int number = 1) => Debit(number).LastAttempt!;

    public async ValueTask DisposeAsync() => await services.DisposeAsync();

    private async Task WalkDueAsync()
    {
        for (var walks = 0; walks < MostWalks; walks++)
        {
            var due = (await schedules.ReadAllAsync(CancellationToken.None))
                .Where(schedule =>
                    schedule.EarliestDue <= Now.Utc || schedule.ScannedControlsVersion < Controls.Current.Version
                )
                .ToList();
            foreach (var schedule in due)
            {
                await Verb<EvaluateBucket>().RunAsync(schedule.Bucket, "sweep", CancellationToken.None);
            }

            if (due.Count == 0)
            {
                return;
            }
        }
    }

    private ServiceProvider Services() =>
        new ServiceCollection()
            .AddAutopayVerbs()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(City)
            .AddSingleton(Options)
            .AddSingleton<ILedgerStore>(new SteppedLedgerStore(Ledgers, Steps))
            .AddSingleton<IControlsStore>(new SteppedControlsStore(Controls, Steps))
            .AddSingleton<IPostedPayments>(new ScratchPostedPayments(Ledgers))
            .AddSingleton<ICertificateStore>(new ScratchCertificateStore())
            .AddSingleton<IBucketScheduleStore>(new SteppedBucketScheduleStore(schedules, Steps))
            .AddSingleton<IPaymentProvider>(new SteppedProvider(Bank, Steps))
            .AddSingleton<IRefundProvider>(new SteppedRefunds(Bank, Steps))
            .AddSingleton(_ => Ceilings)
            .AddSingleton<WatchReturns>()
            .AddSingleton<IStuckStore>(Stuck)
            .AddSingleton<ISuspenseStore>(Suspense)
            .AddSingleton<IImportStore>(Imports)
            .AddSingleton<IReleaseStore>(new ScratchReleaseStore())
            .AddSingleton(new ReleaseOptions())
            .AddSingleton<IWaitingRows>(new ScratchWaitingRows())
            .AddSingleton<IIdRegister>(new ScratchIdRegister())
            .AddSingleton<IWorkQueue>(Hints)
            .AddSingleton<IProviderRecords>(Bank)
            .AddSingleton<IProviderEventStore>(Events)
            .AddSingleton<RecordProviderEvent>()
            .AddSingleton<ReplayStuck>()
            .AddSingleton<ResolveAttempt>()
            .AddSingleton<ResolveStuck>()
            .AddSingleton<IReportStore>(Reports)
            .AddSingleton<IHeartbeatStore>(new ScratchHeartbeats())
            .BuildServiceProvider();
}
