using System.Text;
using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Certifying;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Releasing;
using Autopay.Application.Waiting;
using Autopay.Application.Work;
using Autopay.Imports;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Hints;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>
/// The two import verbs over the scratch stores of a rehearsal; every write goes through one fuse, which can blow.
/// </summary>
internal sealed class ImportWorld
{
    private readonly ScratchLedgerStore ledgers = new();
    private readonly ScratchControlsStore controls;
    private readonly VirtualClock time = new(new DateTimeOffset(2020, 1, 13, 14, 0, 0, TimeSpan.Zero));
    private readonly ReceiveImport receive;
    private readonly ApplyImport apply;
    private readonly RepeatImport repeat;
    private readonly SkipLookAlikes skip;
    private readonly ChangeAccount change;
    private readonly ChangeControls controlChanges;
    private readonly FusedImportStore files;

    /// <summary>How often a stored file was read.</summary>
    public int Readings => files.Readings;

    public ImportWorld(Policies? policies = null, ProcessingOptions? options = null, int rowsAtOnce = 12_500)
    {
        controls = new ScratchControlsStore(policies ?? new Policies());
        var clock = new CityClock(time, new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")));
        var store = new FusedLedgerStore(Failing = new FailingLedgerStore(ledgers), Fuse);
        var writer = new LedgerWriter(
            store,
            new ScratchBucketScheduleStore(),
            controls,
            clock,
            new ProcessingOptions()
        );
        var books = new AccountBooks(store, controls, writer, clock, options ?? new ProcessingOptions());
        var imports = files = new FusedImportStore(Imports, Fuse);
        var fused = new FusedSuspenseStore(Suspense, Fuse);
        change = new ChangeAccount(
            store,
            controls,
            new SendHints(Queue, new HintsUnderWay(), clock, new ProcessingOptions()),
            writer
        );
        var fusedRows = new FusedWaitingRows(Waiting, Fuse);
        var follow = new FollowEarlyRows(fusedRows, change);
        Assign = new AssignSuspense(fused, change, follow, controls, Stuck, clock);
        var suspended = new SuspenseRows(fused, Assign, change);
        var register = new ScratchIdRegister();
        var open = new OpenAccounts(fusedRows, fused, register);
        var conflicts = new IdConflicts(register, books, fused, fusedRows);
        var readContext = new ReadImportContext(fused, fusedRows, register, conflicts);
        var early = new EarlyRows(fusedRows, fused, suspended, clock);
        Decide = new DecideCorrection(store, fused, register, suspended, change, follow);
        DecideRow = new DecideWaitingRow(fusedRows, books, readContext, conflicts, open, change, follow);
        controlChanges = new ChangeControls(
            controls,
            new SendHints(Queue, new HintsUnderWay(), clock, new ProcessingOptions()),
            clock
        );
        var compare = new CompareTotals(Certificates, new ScratchPostedPayments(ledgers), controls);
        var explain = new ExplainDifferences(fused, fusedRows, store);
        Clear = new ClearBacklog(
            controlChanges,
            controls,
            imports,
            new CertifyClear(compare, explain, Certificates, controls),
            clock
        );
        Certificate = new ReadCertificate(compare, explain, Certificates, controls, imports);
        Override = new OverrideCertificate(compare, controlChanges, Clear, controls, new Policies());
        Aside = new SetAsideImport(imports, Queue, Clear);
        Work = new ReadWork(
            [
                new LedgerWork(ledgers),
                new ControlsWork(controls, clock),
                new ClearingWork(controls, Clear, clock),
                new WaitingWork(Waiting, clock),
            ],
            controls,
            clock
        );
        receive = new ReceiveImport(imports, Queue, clock);
        repeat = new RepeatImport(imports, Queue);
        skip = new SkipLookAlikes(new ChangeBillsOfImport(store, imports, controls, Queue, writer));
        Agree = new AgreeImport(imports, books, controlChanges, Aside, Queue);
        var file = new ReadImportRows(imports, conflicts, clock) { RowsAtOnce = rowsAtOnce };
        apply = new ApplyImport(
            imports,
            Queue,
            new ApplyBuckets(new ApplyRows(books, Stuck, suspended, early, open, conflicts), file, readContext),
            new WholeFile(file, readContext, conflicts, early, register),
            file,
            register,
            Totals = new CountTotals(Certificates, controlChanges),
            Clear,
            Agree,
            books
        );
        PreviewExemption = new PreviewExemption(store, controls, clock);
        Approvals = new DecideApproval(
            controlChanges,
            Override,
            new AgreedOnAccounts(
                new GiveRefund(change, controlChanges, controls, Stuck, clock),
                Exempt = new ExemptHeldBill(change, controlChanges, controls, clock)
            ),
            Agree,
            new AcceptLateReceipts(new FindLateReceipts(ledgers, controls), controlChanges, controls)
        );
    }

    /// <summary>Ledgers that cannot be read or written.</summary>
    public FailingLedgerStore Failing { get; }

    public ScratchCertificateStore Certificates { get; } = new();

    public CountTotals Totals { get; }

    public ReadCertificate Certificate { get; }

    public OverrideCertificate Override { get; }

    public ScratchSuspenseStore Suspense { get; } = new();

    public ScratchStuckStore Stuck { get; } = new();

    public ScratchWaitingRows Waiting { get; } = new();

    public DecideCorrection Decide { get; }

    public ReadWork Work { get; }

    public DecideWaitingRow DecideRow { get; }

    public ClearBacklog Clear { get; }

    public SetAsideImport Aside { get; }

    public AssignSuspense Assign { get; }

    public AgreeImport Agree { get; }

    public DecideApproval Approvals { get; }

    public ExemptHeldBill Exempt { get; }

    public PreviewExemption PreviewExemption { get; }

    public IReadOnlyList<Approval> WaitingApprovals =>
        [
            .. controls.Current.Approvals.Where(approval =>
                approval.Decided is null && !approval.IsExpired(time.GetUtcNow())
            ),
        ];

    public ScratchImportStore Imports { get; } = new();

    public Fuse Fuse { get; } = new();

    public RecordingQueue Queue { get; } = new();

    public IReadOnlyList<SuspensePayment> Suspended =>
        [.. Suspense.ReadAllAsync(CancellationToken.None).ToBlockingEnumerable()];

    public AccountLedger Ledger(string account) => ledgers.Ledgers.Single(ledger => ledger.Id.Value == account);

    /// <summary>
    /// Every ledger and the suspense as text. How many operations it took, and when which file came, is not state.
    /// </summary>
    public string State =>
        JsonSerializer.Serialize(
            new
            {
                Ledgers = ledgers
                    .Ledgers.OrderBy(ledger => ledger.Id)
                    .Select(ledger => ledger with { Operations = 0, EnrolledAt = null }),
                Waiting = Waiting.Open.Select(row => row.Id).Order(StringComparer.Ordinal),
                Waiting.Bills,
                Suspended = Suspended
                    .OrderBy(payment => payment.NamedAccount, StringComparer.Ordinal)
                    .Select(payment => new
                    {
                        payment.NamedAccount,
                        payment.Payment,
                        payment.AssignedTo,
                        payment.IsOpen,
                    }),
            }
        );

    /// <summary>A second after whatever happened before.</summary>
    public async Task<ImportReceipt> ReceiveAsync(
        ImportKind kind,
        string text,
        string name = "file.csv",
        ExpectedTotals? expected = null
    )
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await receive.RunAsync(
            kind,
            name,
            file,
            expected ?? new(null, null),
            Later("clerk"),
            CancellationToken.None
        );
    }

    public async Task<ImportReceipt> ReceiveAsync(ImportKind kind, string text, ImportOptions options)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await receive.RunAsync(kind, "file.csv", file, options, Later("clerk"), CancellationToken.None);
    }

    /// <summary>Takes a file in; it waits for its turn.</summary>
    public async Task<string> SendAsync(ImportKind kind, params string[] rows) =>
        (await ReceiveAsync(kind, Csv.File(kind, rows))).Import!.Id;

    public Task<ImportRecord?> AskAgainAsync(string importId) =>
        repeat.RunAsync(importId, Later("operator"), CancellationToken.None);

    public async Task<ImportRecord> AgainAsync(string importId)
    {
        Assert.NotNull(await AskAgainAsync(importId));
        Assert.True(await ApplyAsync(importId));
        return await RecordAsync(importId);
    }

    /// <summary>Finance leaves out what of the import looks like other bills.</summary>
    public Task<ChangedBills?> SkipLookAlikesAsync(string importId) =>
        skip.RunAsync(importId, Later("finance"), CancellationToken.None);

    /// <summary>All that were kept, and not only the first ones that the record has.</summary>
    public async Task<IReadOnlyList<ImportFinding>> FindingsAsync(ImportRecord record) =>
        await Imports.ReadFindingsAsync(record, null, CancellationToken.None).ToListAsync();

    public Task SwitchAsync(string account, bool on)
    {
        var person = Later("person");
        return change.RunAsync(
            new AccountId(account),
            now => new SwitchAutopay(on, "the customer asked", now),
            person,
            CancellationToken.None
        );
    }

    /// <summary>The bill leaves the ledger, as if it had closed long ago; its row stays.</summary>
    public async Task ForgetAsync(string account, BillId bill)
    {
        var before = (await ledgers.LoadAsync(new AccountId(account), CancellationToken.None))!;
        var debits = before.Ledger.Debits.Where(debit => debit.Names(bill)).Select(debit => debit.Id).ToList();
        await ForgetAsync(before, new ItemsArchived(debits, [bill], [], "Closed long ago"));
    }

    /// <summary>The payment leaves the ledger likewise.</summary>
    public async Task ForgetAsync(string account, PaymentId payment) =>
        await ForgetAsync(
            (await ledgers.LoadAsync(new AccountId(account), CancellationToken.None))!,
            new ItemsArchived([], [], [payment], "Closed long ago")
        );

    private async Task ForgetAsync(LedgerEntry before, ItemsArchived archived)
    {
        var after = before.Ledger.Apply(archived) with { Operations = before.Ledger.Operations + 1 };
        await ledgers.SaveAsync(
            Bucket.Of(before.Ledger.Id),
            [new LedgerSave(before, [archived], after, null, "archive", Later("autopay"))],
            CancellationToken.None
        );
    }

    public Task<AccountResult?> AssignAsync(string payment, string account, string? named = null) =>
        Assign.RunAsync(new PaymentId(payment), named, new AccountId(account), Later("clerk"), CancellationToken.None);

    public Task<bool> ApplyAsync(string importId) => apply.RunAsync(importId, CancellationToken.None);

    public Task<bool> ApplyAsync(ImportMessage message) => apply.RunAsync(message, CancellationToken.None);

    /// <summary>Takes a file in and applies it; what the import's record says in the end.</summary>
    public async Task<ImportRecord> ImportAsync(ImportKind kind, params string[] rows)
    {
        var receipt = await ReceiveAsync(kind, Csv.File(kind, rows));
        Assert.Empty(receipt.Check.Problems);
        Assert.True(await ApplyAsync(receipt.Import!.Id));
        return await RecordAsync(receipt.Import.Id);
    }

    /// <summary>Message after message, as the queue has them.</summary>
    public async Task<ImportRecord> ApplyUntilDoneAsync(string importId)
    {
        for (var messages = 0; !(await RecordAsync(importId)).IsEnded; messages++)
        {
            Assert.InRange(messages, 0, Bucket.Count);
            Assert.True(await ApplyAsync(importId));
        }

        return await RecordAsync(importId);
    }

    public async Task<ImportRecord> ImportUntilDoneAsync(ImportKind kind, params string[] rows) =>
        await ApplyUntilDoneAsync(await SendAsync(kind, rows));

    public async Task<ImportRecord> RecordAsync(string importId) =>
        (await Imports.FindAsync(importId, CancellationToken.None))!;

    public Task DeclareAsync(string id, int cycle, DateOnly from, DateOnly to) =>
        controlChanges.RunAsync(
            new DeferralDeclared(new DeferralId(id), [new CycleNumber(cycle)], from, to, DeferralAction.Hold, null),
            Later("finance"),
            CancellationToken.None
        );

    public Task<ClearAnswer> ClearAsync(int cycle) =>
        Clear.RunAsync(
            new BacklogCleared([new CycleNumber(cycle)], new Dictionary<string, DateOnly>()),
            Later("finance"),
            CancellationToken.None
        );

    public BacklogState Backlog(int cycle) => controls.Current.BacklogOf(new CycleNumber(cycle));

    public Controls Controls => controls.Current;

    /// <summary>What was decided about the city.</summary>
    public IReadOnlyList<ControlsHistoryRow> History =>
        [.. controls.ReadHistoryAsync(CancellationToken.None).ToBlockingEnumerable()];

    public Task ChangeAsync(ControlChange asked, string by = "finance") =>
        controlChanges.RunAsync(asked, Later(by), CancellationToken.None);

    public DateTimeOffset Now => time.GetUtcNow();

    public void Wait(TimeSpan span) => time.MoveTo(time.GetUtcNow().Add(span));

    public Authority Later(string by)
    {
        time.MoveTo(time.GetUtcNow().AddSeconds(1));
        return new Authority(by, "test", time.GetUtcNow());
    }
}
