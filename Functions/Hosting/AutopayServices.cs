using Autopay.Application;
using Autopay.Application.Auditing;
using Autopay.Application.Backups;
using Autopay.Application.Certifying;
using Autopay.Application.Charging;
using Autopay.Application.Evaluating;
using Autopay.Application.Explaining;
using Autopay.Application.Finance;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Ports.Runs;
using Autopay.Application.ProviderEvents;
using Autopay.Application.PublicStatus;
using Autopay.Application.Receipts;
using Autopay.Application.Reconciling;
using Autopay.Application.Releasing;
using Autopay.Application.Retention;
using Autopay.Application.Runs;
using Autopay.Application.Stuck;
using Autopay.Application.Telemetry;
using Autopay.Application.Waiting;
using Autopay.Application.Work;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Hosting.Telemetry;
using Autopay.Mailing;
using Autopay.Pages;
using Autopay.Pages.Cycles;
using Autopay.Payments;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Autopay.Storage.Events;
using Autopay.Storage.Finance;
using Autopay.Storage.Imports;
using Autopay.Storage.Ledgers;
using Autopay.Storage.Messages;
using Autopay.Storage.Runs;
using Autopay.Triggers.Accounts;
using Autopay.Triggers.Operating;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Autopay.Hosting;

/// <summary>
/// How everything is wired. The verbs are the same in the app and in a rehearsal; only the ports differ.
/// </summary>
public static class AutopayServices
{
    /// <summary>The connection of the money tables, queues and blobs; the queue triggers name it too.</summary>
    [Setting(
        "connection string of the money tables, queues and blobs; or `__tableServiceUri`, `__queueServiceUri`, "
            + "`__blobServiceUri` and `__clientId`, the same by managed identity, without keys",
        SetBy = SettingSource.Deployment,
        Default = "starts Azurite",
        Sample = "UseDevelopmentStorage=true"
    )]
    public const string StorageConnection = "AutopayStorage";

    /// <summary>The second account; without it nothing is copied.</summary>
    [Setting(
        "connection string of the second account that backups are copied to; or `__blobServiceUri` and `__clientId`, "
            + "the same by managed identity; none: no copies",
        SetBy = SettingSource.Deployment
    )]
    public const string CopiesConnection = "AutopayCopies";

    public static IServiceCollection AddAutopay(this IServiceCollection services, IConfiguration configuration)
    {
        ChooseBuckets(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new VaultWatch(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(VaultSecrets.OrSettings);
        services.TryAddSingleton(VaultMailPassword.OrSettings);
        return services
            .AddSettings()
            .AddTelemetry(configuration)
            .AddIdentity()
            .AddAutopayStorage()
            .AddStripe()
            .AddAutopayVerbs()
            .AddSingleton<ReceiveProviderEvent>()
            .AddSingleton<RecordProviderEvent>()
            .AddSingleton<Sweep>()
            .AddSingleton<RunSweep>()
            .AddSingleton<ReadHealth>()
            .AddSingleton<ReadUpkeep>()
            .AddSingleton<ReadToday>()
            .AddSingleton<ReadCondition>()
            .AddSingleton<BooksMeter>()
            .AddSingleton<SeeCity>()
            .AddSingleton<MeasureBooks>()
            .AddSingleton<WatchBooks>()
            .AddSingleton<WatchReturns>()
            .AddSingleton<ReadFindings>()
            .AddSingleton<CollectPoisonMessages>()
            .AddSingleton<RemadeHints>()
            .AddSingleton<ReplayStuck>()
            .AddSingleton<ResolveAttempt>()
            .AddSingleton<ResolveStuck>()
            .AddSingleton<RepeatImport>()
            .AddSingleton<ReadImports>()
            .AddSingleton<FindById>()
            .AddSingleton<OperationTraces>()
            .AddSingleton<DoOnce>()
            .AddSingleton<RefuseOtherVersion>()
            .AddSingleton<DropWaitingBills>()
            .AddSingleton<CountCycles>()
            .AddSingleton<IWorkSource, ReleaseWork>()
            .AddNotices()
            .AddSingleton<LookAtCity>()
            .AddSingleton<PreviewChange>()
            .AddSingleton<PreviewResume>()
            .AddSingleton<PreviewExemption>()
            .AddSingleton<JudgeProtection>()
            .AddSingleton<DeclareProtection>()
            .AddSingleton<ReadCycles>()
            .AddSingleton<ReadTimeline>()
            .AddSingleton<ReadAccount>()
            .AddSingleton<ExplainDebit>()
            .AddSingleton<ExportAccount>()
            .AddSingleton<ReadStatus>()
            .AddPages()
            .AddSingleton<PublishNote>()
            .AddReceipts()
            .AddSingleton<AccountRequests>()
            .AddBackups()
            .AddRuns()
            .AddSingleton<ReadAudit>()
            .AddSingleton<VerifyAudit>()
            .AddSingleton<VerifySeals>()
            .AddSingleton<AnchorAudit>()
            .AddSingleton<WatchAudit>()
            .AddSingleton<StoragePreparation>()
            .AddHostedService<PrepareStorage>()
            .AddHostedService<DrainHints>();
    }

    // What is no count is refused by its own sentence, when the options are validated.
    private static void ChooseBuckets(IConfiguration configuration)
    {
        if (
            int.TryParse(configuration[$"{CityOptions.Section}:{nameof(CityOptions.Buckets)}"], out var buckets)
            && buckets is > 0 and <= Bucket.Most
        )
        {
            Bucket.Choose(buckets);
        }
    }

    private static IServiceCollection AddNotices(this IServiceCollection services) =>
        services
            .AddSingleton<IMailer, SmtpMailer>()
            .AddSingleton(provider => new NoticeSender(
                provider.GetRequiredService<NoticeOptions>().CityName,
                provider.GetRequiredService<StatusOptions>().Phone
            ))
            .AddSingleton<SendNotices>()
            .AddSingleton<RemindNotices>()
            .AddSingleton<MakeLetters>()
            .AddSingleton<RecordPublicNotice>()
            .AddSingleton<RecordLetters>()
            .AddSingleton<ReadNotices>()
            .AddSingleton<IWorkSource, LetterWork>();

    private static IServiceCollection AddPages(this IServiceCollection services) =>
        services
            .AddSingleton(provider => new CityFace(
                provider.GetRequiredService<NoticeOptions>().CityName,
                provider.GetRequiredService<CityOptions>().TimeZone,
                provider.GetRequiredService<CityOptions>().Contact,
                provider.GetService<IDevelopmentIdentity>() is not null
            ))
            .AddSingleton<PageBooks>()
            .AddSingleton<ShowPage>();

    private static IServiceCollection AddRuns(this IServiceCollection services) =>
        services
            .AddSingleton<IRunWork, ReconcileRun>()
            .AddSingleton<IRunWork, InvariantsRun>()
            .AddSingleton<IRunWork, ExportRun>()
            .AddSingleton<IRunWork, ReceiptsRun>()
            .AddSingleton<IRunWork, MeasureRun>()
            .AddSingleton<GoOnWithRuns>()
            .AddSingleton<RunRequests>();

    private static IServiceCollection AddReceipts(this IServiceCollection services) =>
        services
            .AddSingleton<ReadReceipts>()
            .AddSingleton<FindDiscardedLines>()
            .AddSingleton<IssueReceipts>()
            .AddSingleton<SummarizeMonth>()
            .AddSingleton<TiePayouts>();

    private static IServiceCollection AddBackups(this IServiceCollection services) =>
        services
            .AddSingleton<ExportBackup>()
            .AddSingleton<ReadBackups>()
            .AddSingleton<PruneBackups>()
            .AddSingleton<CheckBackup>()
            .AddSingleton<CopyWatch>()
            .AddSingleton<CopyBackup>()
            .AddSingleton<CopyControls>()
            .AddSingleton<RestoreBackup>();

    public static IServiceCollection AddAutopayVerbs(this IServiceCollection services) =>
        services
            .AddSingleton<CityClock>()
            .AddSingleton<LedgerWriter>()
            .AddSingleton<AccountBooks>()
            .AddSingleton<ProviderSteps>()
            .AddSingleton<ChargeDebits>()
            .AddSingleton<BucketLeases>()
            .AddSingleton<MoneySteps>()
            .AddSingleton<EvaluateBucket>()
            .AddSingleton<AnswerEvaluateMessage>()
            .AddSingleton<RecordIntentOutcome>()
            .AddSingleton<RecordReadings>()
            .AddSingleton<EventHints>()
            .AddSingleton<ProcessRefunds>()
            .AddSingleton<ApplyImport>()
            .AddSingleton<ApplyBuckets>()
            .AddSingleton<ReadImportRows>()
            .AddSingleton<WholeFile>()
            .AddSingleton<ApplyRows>()
            .AddSingleton<ReadImportContext>()
            .AddSingleton<IdConflicts>()
            .AddSingleton<OpenAccounts>()
            .AddSingleton<EarlyRows>()
            .AddSingleton<FollowEarlyRows>()
            .AddSingleton<DecideCorrection>()
            .AddSingleton<DecideWaitingRow>()
            .AddSingleton<SuspenseRows>()
            .AddSingleton<AssignSuspense>()
            .AddSingleton<ReceiveImport>()
            .AddSingleton<HintsUnderWay>()
            .AddSingleton<SendHints>()
            .AddSingleton<ChangeControls>()
            .AddSingleton<ClearBacklog>()
            .AddSingleton<HoldStaleFeed>()
            .AddSingleton<WithdrawDeferral>()
            .AddSingleton<ReadProtections>()
            .AddCertificates()
            .AddSingleton<ResumeCharging>()
            .AddSingleton<GiveRefund>()
            .AddSingleton<ExemptHeldBill>()
            .AddSingleton<AgreedOnAccounts>()
            .AddSingleton<AgreeImport>()
            .AddSingleton<DecideApproval>()
            .AddSingleton<PlanBucket>()
            .AddSingleton<MakePlan>()
            .AddSingleton<SealPlan>()
            .AddSingleton<NoteStandstill>()
            .AddSingleton<FollowReleases>()
            .AddSingleton<ReadReleases>()
            .AddSingleton<SetAsideImport>()
            .AddSingleton<ChangeAccount>()
            .AddSingleton<ChangeBillsOfImport>()
            .AddSingleton<RearmImport>()
            .AddSingleton<SkipLookAlikes>()
            .AddWork()
            .AddReconciling();

    private static IServiceCollection AddCertificates(this IServiceCollection services) =>
        services
            .AddSingleton<CompareTotals>()
            .AddSingleton<ExplainDifferences>()
            .AddSingleton<CertifyClear>()
            .AddSingleton<CountTotals>()
            .AddSingleton<OverrideCertificate>()
            .AddSingleton<FindLateReceipts>()
            .AddSingleton<AcceptLateReceipts>()
            .AddSingleton<PreviewOverride>()
            .AddSingleton<ReadCertificate>();

    // What waits for people: each source is a class of its own.
    private static IServiceCollection AddWork(this IServiceCollection services) =>
        services
            .AddSingleton<LedgerWork>()
            .AddSingleton<ControlsWork>()
            .AddSingleton<IWorkSource>(provider => provider.GetRequiredService<LedgerWork>())
            .AddSingleton<IWorkSource>(provider => provider.GetRequiredService<ControlsWork>())
            .AddSingleton<IWorkSource, SuspenseWork>()
            .AddSingleton<IWorkSource, ClearingWork>()
            .AddSingleton<IWorkSource, WaitingWork>()
            .AddSingleton<IWorkSource, RefundWork>()
            .AddSingleton<IWorkSource, StuckWork>()
            .AddSingleton<ReadStuck>()
            .AddSingleton<ReadWork>();

    private static IServiceCollection AddReconciling(this IServiceCollection services) =>
        services
            .AddSingleton<AdoptIntents>()
            .AddSingleton<MatchIntents>()
            .AddSingleton<FindOursOnly>()
            .AddSingleton<LookAgain>()
            .AddSingleton<BackfillEvents>()
            .AddSingleton<ReconcileAftermath>()
            .AddSingleton<Reconcile>()
            .AddSingleton<UnreadableLedgers>()
            .AddSingleton<AskProviderInvariants>()
            .AddSingleton<StandstillWatch>()
            .AddSingleton<OverdueWork>()
            .AddSingleton<CheckInvariants>()
            .AddSingleton<ExpireEvents>()
            .AddSingleton<ExpireAuthorisations>();

    public static IServiceCollection AddAutopayStorage(this IServiceCollection services)
    {
        // A host that hears of each message wakes its listeners by it.
        services.TryAddSingleton<IWorkQueue, StorageWorkQueue>();
        return services
            .AddSingleton(provider =>
                BooksConnections.Clients(
                    provider.GetRequiredService<IConfiguration>(),
                    provider.GetService<HttpPipelinePolicy>()
                )
            )
            .AddIdentityOfBooks()
            .AddSingleton<StorageSetup>()
            .AddSingleton<TableLedgerStore>()
            .AddSingleton<ILedgerStore>(provider => provider.GetRequiredService<TableLedgerStore>())
            .AddSingleton<IPostedPayments, TablePostedPayments>()
            .AddSingleton<ICertificateStore, TableCertificateStore>()
            .AddSingleton<IControlsStore, TableControlsStore>()
            .AddSingleton<IOperationStore, TableOperationStore>()
            .AddSingleton<IAuditTrail, TableAuditTrail>()
            .AddSingleton<IBucketScheduleStore, TableBucketScheduleStore>()
            .AddSingleton<IStuckStore, TableStuckStore>()
            .AddSingleton<ISuspenseStore, TableSuspenseStore>()
            .AddSingleton<IImportStore, TableImportStore>()
            .AddSingleton<IReleaseStore, TableReleaseStore>()
            .AddSingleton<IWaitingRows, TableWaitingRows>()
            .AddSingleton<IIdRegister, TableIdRegister>()
            .AddSingleton<IProviderEventStore, TableProviderEventStore>()
            .AddSingleton<IExpiringEvents, TableExpiringEvents>()
            .AddSingleton<IMeansInHistory, TableMeansInHistory>()
            .AddSingleton<ISharedRateStore, TableSharedRateStore>()
            .AddSingleton<IStorageProbe, StorageProbing>()
            .AddSingleton<IPoisonQueues, StoragePoisonQueues>()
            .AddSingleton<IReportStore, TableReportStore>()
            .AddSingleton<IRunStore, TableRunStore>()
            .AddSingleton<IStatusStore, BlobStatusStore>()
            .AddSingleton<BlobBackupStore>()
            .AddSingleton<IBackupStore>(provider => provider.GetRequiredService<BlobBackupStore>())
            .AddSingleton<IRestoreTarget, TableRestoreTarget>()
            .AddSingleton<IBooksEraser, TableEraser>()
            .AddSingleton(provider => BooksConnections.Copies(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<IBackupCopies, BlobBackupCopies>()
            .AddSingleton<IReceiptStore, TableReceiptStore>()
            .AddSingleton<INoticeOutbox, TableNoticeOutbox>()
            .AddSingleton<IQueueDepths, StorageQueueDepths>()
            .AddSingleton<IHeartbeatStore, TableHeartbeatStore>()
            .AddSingleton<ICycleSumStore, TableCycleSumStore>();
    }

    private static IServiceCollection AddStripe(this IServiceCollection services) =>
        services
            .AddHttpClient(StripeOptions.Section)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5))
            .AddHttpMessageHandler(provider => new CurrentKeyHandler(provider.GetRequiredService<IStripeSecrets>()))
            .Services.AddSingleton(provider => new StripePaymentProvider(
                provider.GetRequiredService<StripeOptions>(),
                Http(provider, provider.GetRequiredService<StripeOptions>().Timeout),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ISharedRateStore>()
            ))
            .AddSingleton<IPaymentProvider>(provider => provider.GetRequiredService<StripePaymentProvider>())
            .AddSingleton<IRefundProvider, StripeRefundProvider>()
            .AddSingleton<StripeEventText>()
            .AddSingleton<IProviderRecords, StripeProviderRecords>()
            .AddSingleton<IPayoutRecords, StripePayoutRecords>()
            .AddSingleton<IWebhookReader, StripeWebhookReader>();

    private static HttpClient Http(IServiceProvider provider, TimeSpan timeout)
    {
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(StripeOptions.Section);
        client.Timeout = timeout;
        return client;
    }
}
