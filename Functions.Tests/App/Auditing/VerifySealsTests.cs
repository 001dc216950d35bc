using Autopay.Application.Auditing;
using Autopay.Application.Ports.Books;
using Autopay.Domain.Certificates;
using Autopay.Domain.Releases;
using Autopay.Rehearsal.World;

namespace Autopay.Tests.App.Auditing;

/// <summary>What is stored is held against the record of what was decided, each night.</summary>
public sealed class VerifySealsTests
{
    private static readonly DateTimeOffset Now = new(2020, 2, 20, 16, 0, 0, TimeSpan.Zero);
    private static readonly Authority Ann = new("ann", "test", Now);
    private static readonly CycleNumber One = new(1);
    private static readonly Dictionary<string, DateOnly> Nothing = [];

    private readonly ScratchControlsStore controls = new(new Policies { MaxRetries = 1 });
    private readonly ScratchCertificateStore certificates = new();
    private readonly ScratchReleaseStore releases = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_record_gives_is_what_is_stored()
    {
        await DoAsync(new ChargingHalted());
        await DoAsync(Hold("outage"));

        Assert.Empty(await VerifyAsync());
    }

    [Fact]
    public async Task A_field_that_nobody_decided_is_named()
    {
        await DoAsync(new ChargingHalted());

        var broken = await VerifyAsync(controls.Current with { Halt = null });

        Assert.Equal(
            ["the city's controls: 'Halt' is not what the record of decisions gives"],
            broken.Select(it => it.ToString())
        );
    }

    [Fact]
    public async Task What_is_decided_while_it_looks_is_only_in_the_record()
    {
        await DoAsync(new ChargingHalted());
        var seen = controls.Current;
        await DoAsync(Hold("outage"));

        Assert.Empty(await VerifyAsync(seen));
    }

    [Fact]
    public async Task An_act_that_cannot_have_been_done_is_named_by_its_number()
    {
        await DoAsync(new ChargingHalted());
        var after = controls.Current with { Version = 2 };
        await controls.TrySaveAsync(
            new ControlsEntry(controls.Current, null),
            after,
            new ControlAct(new DeferralWithdrawn(new DeferralId("never declared")), Ann),
            Cancel
        );

        var broken = Assert.Single(await VerifyAsync());

        Assert.StartsWith("act 2 cannot have been done: ", broken.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_stands_while_it_is_there_and_says_what_it_said()
    {
        var kept = Kept();
        await DoAsync(Cleared(kept.Hash));
        Assert.Equal(
            [$"certificate {kept.Hash} of cycle 1: the cycle was cleared on it, and it is not there any more"],
            (await VerifyAsync()).Select(it => it.ToString())
        );

        await certificates.TryKeepAsync(kept, Cancel);
        Assert.Empty(await VerifyAsync());

        var altered = Kept(version: 2) with { Overridden = true };
        await certificates.TryKeepAsync(altered, Cancel);
        Assert.Equal(
            [$"certificate 2 of cycle 1: its hash is {altered.Hash}, and what it says gives {altered.HashOfAll}"],
            (await VerifyAsync()).Select(it => it.ToString())
        );
    }

    [Fact]
    public async Task A_certificate_of_a_clear_that_never_came_is_looked_at_too()
    {
        await DoAsync(Hold("outage"));
        var altered = Kept() with { Overridden = true };
        await certificates.TryKeepAsync(altered, Cancel);

        Assert.Equal("certificate 1 of cycle 1", Assert.Single(await VerifyAsync()).What);
    }

    [Fact]
    public async Task A_plan_is_held_against_what_two_people_were_asked_for()
    {
        var terms = new ReleaseTerms("R-1", One, PlanSeal.HashOf("R-1", []), 0, Money.Zero);
        await releases.AddAsync(id => new ReleasePlan(id, One, PlanState.Sealed, Ann) { Terms = terms }, Cancel);
        await AskedAsync(terms);
        Assert.Empty(await PlansAsync());

        var plan = (await releases.FindAsync("R-1", Cancel))!;
        await releases.TrySaveAsync(plan, plan.Plan with { Terms = terms with { PlanHash = "other" } }, Cancel);

        Assert.Equal([$"it was sealed as {terms.PlanHash}, and says other"], await PlansAsync());
    }

    [Fact]
    public async Task A_plan_whose_lines_are_others_is_named_also_when_it_is_gone()
    {
        await AskedAsync(new ReleaseTerms("R-1", One, "what was sealed", 0, Money.Zero));
        await AskedAsync(new ReleaseTerms("R-2", One, PlanSeal.HashOf("R-2", []), 0, Money.Zero));

        Assert.Equal(
            [$"it was sealed as what was sealed, and its lines give {PlanSeal.HashOf("R-1", [])}"],
            await PlansAsync()
        );
    }

    [Fact]
    public async Task A_night_lists_what_it_finds_until_it_is_whole_again()
    {
        var (trail, stuck) = (
            new ScratchTrail().With("ann", "chargingHalted", "2020-01-20T18:00Z"),
            new ScratchStuckStore()
        );
        var whole = trail.Rows[0];
        trail.Rows[0] = whole with { Hash = "altered" };
        for (var cycle = 1; cycle <= 6; cycle++)
        {
            await DoAsync(Cleared($"gone-{cycle}", cycle));
        }

        var watch = new WatchAudit(
            new VerifyAudit(trail, trail.Clock),
            new VerifySeals(controls, certificates, releases),
            stuck,
            trail.Clock
        );
        var report = await watch.RunAsync(Cancel);
        var listed = await stuck.ReadAllAsync(Cancel).ToListAsync(Cancel);

        Assert.Equal((1, 6), (report.Broken?.Number, report.Seals.Count));
        Assert.Equal(["audit", "audit-seals"], listed.Select(item => item.Id).Order());
        Assert.All(listed, item => Assert.Equal("audit", item.Kind));
        var seals = listed.Single(item => item.Id == "audit-seals");
        Assert.Contains("certificate gone-1 of cycle 1: ", seals.Reason, StringComparison.Ordinal);
        Assert.Contains("gone-5", seals.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("gone-6", seals.Reason, StringComparison.Ordinal);

        trail.Rows[0] = whole;
        var watchWhole = new WatchAudit(
            new VerifyAudit(trail, trail.Clock),
            new VerifySeals(new ScratchControlsStore(new Policies()), certificates, releases),
            stuck,
            trail.Clock
        );
        Assert.True((await watchWhole.RunAsync(Cancel)).IsWhole);
        Assert.Empty(await stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
    }

    private static CertificateDocument Kept(int version = 1) =>
        CertificateDocument.Of(version, new Certificate(One, Nothing, []), Ann, null);

    private static BacklogCleared Cleared(string certificate, int cycle = 1) =>
        new([new CycleNumber(cycle)], Nothing) { Certificate = certificate };

    private static DeferralDeclared Hold(string id) =>
        new(new DeferralId(id), [One], new DateOnly(2020, 1, 22), new DateOnly(2020, 2, 5), DeferralAction.Hold, null);

    private async Task DoAsync(ControlChange change)
    {
        var before = await controls.LoadAsync(Cancel);
        var act = new ControlAct(change, Ann);
        Assert.True(await controls.TrySaveAsync(before, before.Controls.Change(change, Ann), act, Cancel));
    }

    // As a record has it, whether or not the controls could allow it now.
    private Task<bool> AskedAsync(ReleaseTerms terms) =>
        controls.TrySaveAsync(
            new ControlsEntry(controls.Current, null),
            controls.Current with
            {
                Version = controls.Current.Version + 1,
            },
            new ControlAct(new ApprovalAsked($"ask {terms.Id}", new CycleReleased(terms)), Ann),
            Cancel
        );

    private async Task<IEnumerable<string>> PlansAsync() =>
        (await VerifyAsync()).Where(it => it.What == "plan R-1").Select(it => it.Why);

    private Task<IReadOnlyList<SealBreak>> VerifyAsync(Controls? stored = null) =>
        new VerifySeals(stored is null ? controls : new Stored(controls, stored), certificates, releases).RunAsync(
            Cancel
        );

    /// <summary>The record, and controls that somebody else has written.</summary>
    private sealed class Stored(IControlsStore record, Controls stored) : IControlsStore
    {
        public Task<ControlsEntry> LoadAsync(CancellationToken cancel) =>
            Task.FromResult(new ControlsEntry(stored, null));

        public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) => LoadAsync(cancel);

        public Task<bool> TrySaveAsync(
            ControlsEntry before,
            Controls after,
            ControlAct act,
            CancellationToken cancel
        ) => Task.FromResult(false);

        public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
            record.ReadHistoryAsync(cancel);

        public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
            record.FindOperationAsync(id, cancel);
    }
}
