using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Application.Releasing;
using Autopay.Imports;
using Autopay.Rehearsal.World;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>What finance is shown of its cycles, and of what an act would do before it is done.</summary>
public sealed class ShownCyclesTests
{
    private static readonly CycleNumber One = new(1);
    private readonly CountedCity city = new();
    private readonly ScratchImportStore imports = new();

    public ShownCyclesTests() => city.MoveTo("2020-01-21");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_cycle_that_has_a_name_or_accounts_is_shown_in_order()
    {
        await city.AddAsync(GivenAnAccount(cycle: 3).WhenABillIsImported("jan", 5_000), new Bucket(1));
        await city.AddAsync(GivenAnAccount(cycle: 1).WhenABillIsImported("jan", 4_000), new Bucket(1));

        var cycles = await CyclesAsync(new CycleName(2, "South", "river"), new CycleName(1, "North", "hill"));

        Assert.Equal(
            [(1, "North", "hill", 1, 4_000L), (2, "South", "river", 0, 0L), (3, "Cycle 3", "", 1, 5_000L)],
            cycles.Select(it => (it.Cycle, it.Name, it.Area, it.Accounts, it.OpenCents))
        );
    }

    [Fact]
    public async Task A_clear_waits_for_the_files_that_had_arrived_when_it_was_asked_for()
    {
        await ArriveAsync("first", "2020-01-21", "08:00");
        await ClearAsync(1, "2020-01-21", "09:00");
        await ArriveAsync("second", "2020-01-21", "10:00");
        await ClearAsync(2, "2020-01-21", "10:00");
        await ArriveAsync("third", "2020-01-21", "11:00");

        var cycles = await CyclesAsync(new CycleName(1, "", ""), new CycleName(2, "", ""), new CycleName(3, "", ""));

        Assert.Equal(
            ["first", "first second", ""],
            cycles.Select(it => string.Join(' ', it.Backlog.WaitsFor?.Select(file => file.Import) ?? []))
        );
        Assert.Equal(
            [BacklogStep.Clearing, BacklogStep.Clearing, BacklogStep.Open],
            cycles.Select(it => it.Backlog.State)
        );
        Assert.Null(cycles[2].Backlog.WaitsFor);
    }

    [Fact]
    public async Task A_cycle_is_cleared_when_it_is()
    {
        await city.DoAsync(new BacklogCleared([One], new Dictionary<string, DateOnly>()));

        var shown = Assert.Single(await CyclesAsync(new CycleName(1, "", ""))).Backlog;

        Assert.Equal((BacklogStep.Cleared, true, null), (shown.State, shown.Cleared, shown.WaitsFor));
    }

    [Fact]
    public async Task Without_its_withdrawal_a_shield_protects_from_today_on()
    {
        await city.AddAsync(GivenAnAccount().WhenABillIsImported("jan", 5_000, due: "2020-01-10"), new Bucket(1));
        var shield = new DisconnectShielded("cold", [Day("2020-01-20"), Day("2020-01-21"), Day("2020-01-22")]);
        Assert.Equal(3, (await Preview.RunAsync(shield, isFresh: true, Cancel)).Days.Count);
        await city.DoAsync(shield);

        var withdrawn = new ShieldWithdrawn("cold");
        var before = await Preview.RunAsync(withdrawn, isFresh: true, Cancel);
        await city.DoAsync(withdrawn);
        var after = await Preview.RunAsync(withdrawn, isFresh: true, Cancel);

        Assert.Equal([Day("2020-01-21"), Day("2020-01-22")], before.Days.Select(day => day.Date));
        Assert.Equal("Of bills due before 2020-01-22 1 is open now, $50.00.", before.Sentence);
        Assert.Equal((0, "No date."), (after.Days.Count, after.Sentence));
    }

    [Fact]
    public async Task A_waiver_and_its_withdrawal_are_about_the_same_bills()
    {
        await city.AddAsync(GivenAnAccount().WhenABillIsImported("jan", 5_000), new Bucket(1), 2);
        var waiver = new PenaltyWaived(
            "flood",
            Day("2020-01-22"),
            Day("2020-01-22"),
            Day("2020-01-29"),
            Day("2020-01-29")
        );
        var before = await Preview.RunAsync(waiver, isFresh: true, Cancel);
        await city.DoAsync(waiver);
        var back = await Preview.RunAsync(new WaiverWithdrawn("flood"), isFresh: true, Cancel);

        Assert.Equal(["2 bills in both windows."], new[] { before.Sentence, back.Sentence }.Distinct());
        Assert.Equal((0, 1), (before.Version, back.Version));
    }

    [Theory]
    [InlineData("2020-01-22", "08:00", "2020-01-22", "08:00")]
    [InlineData("2020-01-25", "08:00", "2020-01-27", "06:00")]
    public async Task What_leaves_after_a_halt_leaves_on_a_banking_day(
        string day,
        string hour,
        string first,
        string firstHour
    )
    {
        await city.AddAsync(GivenAnAccount().WhenABillIsImported("jan", 5_000), new Bucket(1), 2);
        await city.DoAsync(new ChargingHalted());
        city.MoveTo(day, hour);

        var preview = await Resume.RunAsync(isFresh: true, Cancel);

        Assert.Equal((2, 10_000), (preview.Debits, preview.Total.Cents));
        Assert.Equal(At(first, firstHour).Utc, preview.FirstDue);
        Assert.Null(preview.StillStopped);
    }

    [Fact]
    public async Task Nothing_leaves_where_nothing_is_due_or_something_else_still_stops_it()
    {
        await Assert.ThrowsAsync<RefusedException>(() => Resume.RunAsync(isFresh: true, Cancel));
        await city.DoAsync(new ChargingHalted());
        Assert.Null((await Resume.RunAsync(isFresh: true, Cancel)).FirstDue);

        await city.AddAsync(GivenAnAccount().WhenABillIsImported("jan", 5_000), new Bucket(1));
        city.MoveTo("2020-01-22");
        await city.DoAsync(new ReconcileDemanded(city.Clock.Now.Utc));
        var stopped = await Resume.RunAsync(isFresh: true, Cancel);

        Assert.Equal((1, null), (stopped.Debits, stopped.FirstDue));
        Assert.StartsWith("reconcile before charge", stopped.StillStopped, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_leave_is_what_is_due_and_what_releases_have_still_to_send()
    {
        var preview = new ResumePreview(
            1,
            new DebitCount(2, 500),
            new PlanSum(3, new Money(700)),
            default,
            new CityLook(city.Clock.Now.Utc, false)
        );

        Assert.Equal((5, 1_200), (preview.Debits, preview.Total.Cents));
        Assert.StartsWith("5 debits, $12.00, would leave: $5.00", preview.ToSentence(), StringComparison.Ordinal);
        var most = preview with { Released = new PlanSum(int.MaxValue, default) };
        Assert.Throws<OverflowException>(() => most.Debits);
    }

    private PreviewChange Preview => new(city.Look, city.Controls, city.Clock);

    private PreviewResume Resume =>
        new(
            city.Look,
            city.Controls,
            new ReadReleases(new ScratchReleaseStore(), city.Controls, city.Clock),
            city.Clock
        );

    private Task<IReadOnlyList<CycleView>> CyclesAsync(params CycleName[] names) =>
        new ReadCycles(
            city.Count,
            city.Controls,
            new ClearBacklog(null!, city.Controls, imports, null!, city.Clock),
            names
        ).RunAsync(isFresh: false, Cancel);

    private Task ClearAsync(int cycle, string day, string hour)
    {
        city.MoveTo(day, hour);
        return city.DoAsync(new BacklogClearing([new CycleNumber(cycle)], new Dictionary<string, DateOnly>()));
    }

    private Task ArriveAsync(string id, string day, string hour) =>
        imports.TryCreateAsync(
            new ImportRecord
            {
                Id = id,
                Kind = ImportKind.Payments,
                FileName = $"{id}.csv",
                Sha256 = id,
                Authority = new Authority("ann", "import", At(day, hour).Utc),
                Rows = 1,
                Total = new Money(100),
            },
            Cancel
        );
}
