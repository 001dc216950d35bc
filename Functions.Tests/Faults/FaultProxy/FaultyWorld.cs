using System.Globalization;
using System.Text.RegularExpressions;
using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Imports;
using Autopay.Payments;
using Autopay.Rehearsal.World;
using Autopay.Storage;
using Autopay.Storage.Events;
using Autopay.Storage.Finance;
using Autopay.Storage.Imports;
using Autopay.Storage.Ledgers;
using Autopay.Storage.Messages;
using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Control;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>
/// The production verbs, stores and provider over the real SDKs, with a breakable network before the tables, the queues
/// and the sandbox.
/// </summary>
public sealed class FaultyWorld(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan QueueSilence = TimeSpan.FromMilliseconds(500);
    private readonly VirtualClock time = new(ChargingWorld.City.ToUtc(new DateOnly(2020, 1, 22), new TimeOnly(6, 0)));
    private readonly List<FaultyNetwork> networks = [];
    private HttpClient http = null!;
    private SandboxServer sandbox = null!;
    private ServiceProvider services = null!;
    private int accounts;

    internal FaultScript Tables { get; } = new();

    internal FaultScript Queues { get; } = new();

    internal FaultScript Stripe { get; } = new();

    internal StorageClients Clients { get; private set; } = null!;

    internal LedgerReport Ledger => sandbox.Control.Ledger("debit_id");

    internal Moment Now => ChargingWorld.City.At(time.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                MissingMandate = MissingMandate.Saved,
                Frozen = true,
                StartAt = time.GetUtcNow(),
            }
        );
        var connection = await azurite.NewAccountAsync();
        await new StorageSetup(StorageClients.FromConnectionString(connection)).RunAsync(CancellationToken.None);
        connection = await ThroughAsync(connection, "Table", Tables);
        connection = await ThroughAsync(connection, "Queue", Queues);
        Clients = ClientsOf(connection);
        var stripe = await NetworkAsync(sandbox.BaseUrl, Stripe);
        http = new HttpClient(Patience.OfHttp(Stripe, Silence));
        services = Services(
            new StripeOptions
            {
                ApiBase = stripe.Address,
                ApiKey = "sk_test_faulty",
                Environment = "test",
                RequestsPerSecond = 1000,
                RequestsPerSecondPerEndpoint = 1000,
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        http.Dispose();
        foreach (var network in networks)
        {
            await network.DisposeAsync();
        }

        await sandbox.DisposeAsync();
    }

    internal T Verb<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>An account with one bill, due now.</summary>
    /// <summary>Never in the bucket of the one before: a walk of one does not charge the other.</summary>
    internal Task<AccountId> EnrolAsync()
    {
        var before = Bucket.Of(Id(accounts));
        while (Bucket.Of(Id(++accounts)) == before) { }

        return EnrolAsync(Id(accounts));
    }

    private static AccountId Id(int number) => new(string.Create(CultureInfo.InvariantCulture, $"60-{number:0000}"));

    internal async Task<AccountId> EnrolAsync(AccountId account)
    {
        await DoAsync(
            account,
            now => new Enrol(
                ChargingWorld.NewEnrolment("pm_usBankAccount_success") with
                {
                    Customer = $"cus_{account}",
                },
                now
            )
        );
        await DoAsync(
            account,
            now => new ImportBill(
                new Bill
                {
                    Id = new BillId("b1"),
                    Cycle = new CycleNumber(1),
                    BillDate = now.Today.AddDays(-14),
                    DueDate = now.Today,
                    PenaltyDate = now.Today.AddDays(7),
                    CurrentCharges = new Money(ChargingWorld.Cents),
                    PreviousBalance = Money.Zero,
                    TotalDue = new Money(ChargingWorld.Cents),
                },
                now
            )
        );
        return account;
    }

    /// <summary>A file is taken in and applied; what its record says in the end.</summary>
    internal async Task<ImportRecord> ImportAsync(ImportKind kind, params string[] rows)
    {
        using var file = new MemoryStream(
            System.Text.Encoding.UTF8.GetBytes(
                string.Join('\n', [string.Join(',', kind.FileFormat.Header), .. rows, ""])
            )
        );
        var receipt = await Verb<ReceiveImport>()
            .RunAsync(
                kind,
                "file.csv",
                file,
                new ExpectedTotals(null, null),
                new Authority("clerk", "test", Now.Utc),
                CancellationToken.None
            );
        return await AppliedAsync(receipt.Import!.Id);
    }

    internal async Task<ImportRecord> AgainAsync(ImportRecord import)
    {
        await Verb<RepeatImport>()
            .RunAsync(import.Id, new Authority("operator", "test", Now.Utc.AddSeconds(1)), CancellationToken.None);
        return await AppliedAsync(import.Id);
    }

    private async Task<ImportRecord> AppliedAsync(string importId)
    {
        Assert.True(await Verb<ApplyImport>().RunAsync(importId, CancellationToken.None));
        return (await Verb<IImportStore>().FindAsync(importId, CancellationToken.None))!;
    }

    internal Task WalkAsync(AccountId account) =>
        Verb<EvaluateBucket>().RunAsync(Bucket.Of(account), "test", CancellationToken.None);

    /// <summary>A walk that may fail, as a message's function may.</summary>
    internal async Task TryWalkAsync(AccountId account)
    {
        try
        {
            await WalkAsync(account);
        }
        catch (Exception failure)
            when (failure
                    is Azure.RequestFailedException
                        or AggregateException
                        or OperationCanceledException
                        or IOException
            )
        {
            // The message comes again.
        }
    }

    /// <summary>The network is well again, and the sweep comes round as often as anything may need it.</summary>
    internal async Task RecoverAsync(AccountId account)
    {
        Tables.Mend();
        Queues.Mend();
        Stripe.Mend();
        for (var round = 0; round < 3; round++)
        {
            Later();
            await WalkAsync(account);
        }
    }

    /// <summary>Longer than a lease, and than a fresh attempt is left alone.</summary>
    internal void Later()
    {
        time.MoveTo(time.GetUtcNow().AddMinutes(3));
        sandbox.Control.AdvanceTo(time.GetUtcNow());
    }

    internal async Task<Debit> DebitAsync(AccountId account) =>
        (await Verb<ILedgerStore>().LoadAsync(account, CancellationToken.None))!.Ledger.Debits.Single();

    internal async Task ThenChargedOnceAsync(AccountId account, string when = "")
    {
        var debit = await DebitAsync(account);
        var charged = Ledger.Groups.SingleOrDefault(group => group.Name == debit.Id.Value)?.LiveCharges ?? 0;
        Assert.True(
            (debit.State, charged) == (DebitState.Submitted, 1),
            $"{when}: {debit.State}, charged {charged} times: {debit.Reason} {debit.Discrepancy}"
        );
        Assert.Empty(Ledger.ChargedTwice);
    }

    private async Task DoAsync(AccountId account, Func<Moment, LedgerCommand> command)
    {
        var entry =
            await Verb<ILedgerStore>().LoadAsync(account, CancellationToken.None)
            ?? new LedgerEntry(AccountLedger.Open(account), null, null);
        var controls = (await Verb<IControlsStore>().LoadAsync(CancellationToken.None)).Controls;
        var scope = new WriteScope(Bucket.Of(account), controls, new Authority("test", "test", Now.Utc));
        Assert.Null(
            (await Verb<LedgerWriter>().WriteAsync(scope, [new AccountWork(entry, [command])], CancellationToken.None))[
                0
            ]
                .Commands[0]
                .Refusal
        );
    }

    private async Task<string> ThroughAsync(string connection, string service, FaultScript script)
    {
        var endpoint = new Regex($"(?<={service}Endpoint=)http://[^/]+");
        var network = await NetworkAsync(new Uri(endpoint.Match(connection).Value), script);
        return endpoint.Replace(connection, network.Address.GetLeftPart(UriPartial.Authority));
    }

    private async Task<FaultyNetwork> NetworkAsync(Uri upstream, FaultScript script)
    {
        networks.Add(await FaultyNetwork.StartAsync(upstream, script));
        return networks[^1];
    }

    // The SDKs' own retries, only faster.
    private StorageClients ClientsOf(string connection)
    {
        QueueClientOptions base64 = new() { MessageEncoding = QueueMessageEncoding.Base64 };
        return new StorageClients(
            new TableServiceClient(connection, Hurried(new TableClientOptions(), Tables, Silence)),
            new QueueServiceClient(connection, Hurried(base64, Queues, QueueSilence)),
            new QueueServiceClient(connection, Hurried(new QueueClientOptions(), Queues, QueueSilence)),
            new BlobServiceClient(connection)
        );
    }

    private static T Hurried<T>(T options, FaultScript script, TimeSpan silence)
        where T : ClientOptions
    {
        (options.Retry.Delay, options.Retry.Mode) = (TimeSpan.FromMilliseconds(20), RetryMode.Fixed);
        options.AddPolicy(Patience.With(script, silence), HttpPipelinePosition.PerCall);
        return options;
    }

    private ServiceProvider Services(StripeOptions stripe) =>
        new ServiceCollection()
            .AddAutopayVerbs()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(ChargingWorld.City)
            .AddSingleton(new ProcessingOptions())
            .AddSingleton(new Policies { ReleaseApproval = false })
            .AddSingleton(new ReleaseOptions())
            .AddSingleton(Clients)
            .AddSingleton<UnreadableLedgers>()
            .AddSingleton<ILedgerStore, TableLedgerStore>()
            .AddSingleton<IPostedPayments, TablePostedPayments>()
            .AddSingleton<ICertificateStore, TableCertificateStore>()
            .AddSingleton<IControlsStore, TableControlsStore>()
            .AddSingleton<IBucketScheduleStore, TableBucketScheduleStore>()
            .AddSingleton<IStuckStore, TableStuckStore>()
            .AddSingleton<ISuspenseStore, TableSuspenseStore>()
            .AddSingleton<IWaitingRows, TableWaitingRows>()
            .AddSingleton<IIdRegister, TableIdRegister>()
            .AddSingleton<IImportStore, TableImportStore>()
            .AddSingleton<IReleaseStore, TableReleaseStore>()
            .AddSingleton<IProviderEventStore, TableProviderEventStore>()
            .AddSingleton<IReportStore, TableReportStore>()
            .AddSingleton<IHeartbeatStore, TableHeartbeatStore>()
            .AddSingleton<IWorkQueue, StorageWorkQueue>()
            .AddSingleton<IPoisonQueues, StoragePoisonQueues>()
            .AddSingleton<Sweep>()
            .AddSingleton<RepeatImport>()
            .AddSingleton(_ => new StripePaymentProvider(stripe, http, time))
            .AddSingleton<IRefundProvider, StripeRefundProvider>()
            .AddSingleton<IPaymentProvider>(provider => provider.GetRequiredService<StripePaymentProvider>())
            .BuildServiceProvider();
}
