using Autopay.Application;
using Autopay.Application.Certifying;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Application.Releasing;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.Finance;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Releasing;

/// <summary>Plans, seals and follows releases over stores in memory, of accounts that were held.</summary>
internal sealed class PlanDesk
{
    public const string Ann = "city|ann";
    public const string Bob = "city|bob";
    public static readonly CycleNumber One = new(1);

    private readonly VirtualClock time;
    private readonly CityClock clock;
    private readonly MakePlan make;
    private readonly SealPlan seal;
    private readonly FollowReleases follow;
    private readonly NoteStandstill standstill;
    private readonly ChangeControls change;

    private PlanDesk(StoredScenario books, DateTimeOffset now, ReleaseOptions options)
    {
        Books = books;
        time = new VirtualClock(now);
        clock = new CityClock(time, City);
        change = new ChangeControls(
            books.Controls,
            new SendHints(Queue, new HintsUnderWay(), clock, new ProcessingOptions()),
            clock
        );
        make = new MakePlan(Store, books.Controls, new PlanBucket(Store, books.Ledgers, clock, options), change, Queue);
        var late = new AcceptLateReceipts(new FindLateReceipts(books.Ledgers, books.Controls), change, books.Controls);
        seal = new SealPlan(Store, change, books.Controls, late, clock);
        standstill = new NoteStandstill(new StandstillWatch(Beats, clock), Beats, books.Controls, change, clock);
        follow = new FollowReleases(Store, change, standstill, clock, options);
        Read = new ReadReleases(Store, books.Controls, clock);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public StoredScenario Books { get; }

    public ScratchReleaseStore Store { get; } = new();

    public ScratchHeartbeats Beats { get; } = new();

    public RecordingQueue Queue { get; } = new();

    public ReadReleases Read { get; }

    public Controls Controls => Books.Controls.Current;

    /// <summary>An account whose January bill was held, and whose cycle is cleared the morning after its due date.
    /// </summary>
    public static AccountScenario Cleared(string account = "10-0001", long cents = 5_000, Policies? policies = null) =>
        GivenAnAccount(account: account, policies: policies, releases: true)
            .WhenABillIsImported("jan", cents)
            .WhenFinanceHolds("jan")
            .On("2020-01-23", "07:00")
            .WhenFinanceClears(1);

    public static Task<PlanDesk> OfAsync(params AccountScenario[] accounts) => OfAsync(new ReleaseOptions(), accounts);

    public static async Task<PlanDesk> OfAsync(ReleaseOptions options, params AccountScenario[] accounts)
    {
        var books = await StoredScenario.OfAsync(accounts[0]);
        foreach (var account in accounts[1..])
        {
            await books.SaveAsync(account, []);
        }

        return new PlanDesk(books, accounts[0].Now.Utc, options);
    }

    /// <summary>Time only goes forward.</summary>
    public void On(string day, string at) => time.MoveTo(At(day, at).Utc);

    public Authority By(string who) => new(who, "Sent late", clock.Now.Utc);

    public Task<ReleasePlan> AskAsync(string by = Ann, string? operation = null) =>
        make.AskAsync(
            One,
            new ChangeRequest(By(by)) { Operation = operation is null ? null : new(operation, operation) },
            Cancel
        );

    public Task MakeAsync(string id) => make.RunAsync(id, Cancel);

    /// <summary>The sweep begins.</summary>
    public Task NoteStandstillAsync() => standstill.RunAsync(Cancel);

    public Task RemindAsync() => make.RemindAsync(Cancel);

    public async Task<ReleasePlan> PlanAsync(string by = Ann)
    {
        var plan = await AskAsync(by);
        await MakeAsync(plan.Id);
        return (await Store.FindAsync(plan.Id, Cancel))!.Plan;
    }

    public Task<ReleasePlan?> SealAsync(string id, Sealing? sealing = null, string? operation = null) =>
        seal.RunAsync(
            id,
            sealing ?? new Sealing(0, null, null, null),
            new ChangeRequest(By(Ann)) { Operation = operation is null ? null : new(operation, operation) },
            Cancel
        );

    /// <summary>A plan is made and sealed by Ann and approved by Bob.</summary>
    public async Task<Release> ReleaseAsync(Sealing? sealing = null)
    {
        var plan = await PlanAsync();
        await SealAsync(plan.Id, sealing);
        await ApproveAsync(plan.Id);
        return Controls.FindRelease(plan.Id)!;
    }

    public Task ApproveAsync(string id) =>
        ChangeAsync(new ApprovalGiven(id, Controls.Approvals.Single(it => it.Id == id).Hash), Bob);

    public Task ChangeAsync(ControlChange asked, string by = Ann) => change.RunAsync(asked, By(by), Cancel);

    /// <summary>What the walk of the account's bucket may send now.</summary>
    public async Task<BucketReleases> OpenAsync(AccountScenario account) =>
        await follow.OpenAsync(Bucket.Of(account.Ledger.Id), Controls, Cancel);

    public async Task<IReadOnlyList<ReleaseGrant>> GrantsAsync(AccountScenario account) =>
        [.. (await OpenAsync(account)).GrantsOf(account.Ledger.Id).Values];

    /// <summary>A walk of the account's bucket, and what is kept of it.</summary>
    public async Task WalkAsync(params AccountScenario[] accounts)
    {
        foreach (var account in accounts)
        {
            var releases = await OpenAsync(account);
            releases.Note([new LedgerEntry(account.Ledger, null, null)]);
            await KeepAsync(releases);
        }
    }

    public Task TellAsync(BucketReleases releases) => follow.TellAsync(releases, Cancel);

    public Task KeepAsync(BucketReleases releases) => follow.KeepAsync(releases, Cancel);

    public async Task<PlanLine> LineAsync(string release, AccountScenario account) =>
        Assert.Single(
            (await Store.FindLinesAsync(release, Bucket.Of(account.Ledger.Id), Cancel))!.Lines,
            line => line.Debit.Account == account.Ledger.Id
        );

    public async Task<ReleaseView> ViewAsync(string id) => (await Read.FindAsync(id, Cancel))!;
}
