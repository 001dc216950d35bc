using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Stuck;
using Autopay.Application.Work;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Finance;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Work;

/// <summary>Refunds and what engineers look after, on the list, and the ways out of it.</summary>
public sealed class WorkEdgesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<SeenCity> SeenAsync() =>
        new((await StoredScenario.OfAsync(GivenAnAccount())).Controls.Current, [], [], Looks, [], []);

    private static Dictionary<Bucket, DateTimeOffset?> Looks => [];

    [Fact]
    public async Task What_waits_for_engineers_is_what_was_seen_and_what_was_counted_elsewhere()
    {
        var books = await StoredScenario.OfAsync(GivenAnAccount());
        var desk = new WorkDesk();
        var read = new ReadWork([desk, new Engineers(2), new Engineers(3)], books.Controls, books.Clock);
        var city = await SeenAsync() with { WatchedElsewhere = 4 };
        Assert.Equal(9, await read.CountForEngineersAsync(city, Cancel));
        var page = await read.RunAsync(WorkFilter.All(WorkAudience.Engineers), (null, 4), city, Cancel);
        Assert.Equal((5, 4), (page.Total.Count, page.Items.Count));
    }

    [Fact]
    public async Task A_refund_that_went_wrong_names_its_account_and_no_other_trouble_is_finance_s()
    {
        var books = await StoredScenario.OfAsync(GivenAnAccount());
        var since = At("2020-02-03", "12:00").Utc;
        var city = await SeenAsync() with
        {
            Items =
            [
                new StuckItem("refund-1", KindOfWork.Of(WorkKind.RefundFailed).Stuck, "closed", "10-0001", since),
                new StuckItem("evaluate:03", "poison", "ten times", "10-0002", since),
            ],
        };
        var item = Assert.Single(await new RefundWork(new ScratchStuckStore(), books.Clock).ReadAsync(city, Cancel));
        Assert.Equal(
            (WorkKind.RefundFailed, "10-0001", Day("2020-02-03")),
            (item.Kind, item.Account!.Value.Value, item.Since)
        );
    }

    [Fact]
    public void Money_that_came_in_twice_is_given_back_from_its_debit_or_kept()
    {
        var advice = KindOfWork.Of(WorkKind.PaidTwice).Advice!;
        var entry = new StuckEntry("paid twice", "p", "10-0001", "twice", Day("2020-02-03"));
        Assert.EndsWith("kept: POST /api/accounts/10-0001/payments/p/keep.", advice(entry), StringComparison.Ordinal);
        Assert.Contains(
            "POST /api/accounts/10-0001/debits/D-1/refunds, or POST",
            advice(entry with { Debit = "D-1" }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void R26_A_clear_that_waits_for_totals_and_no_file_shows_its_certificate()
    {
        var item = WorkDesk.Item(WorkKind.Clearing, "cycle-1") with { Import = null };
        Assert.Equal(
            ["/api/cycles/1/certificate", "/api/cycles/1/certificate/override", "/api/cycles/1/backlog"],
            WorkRoutes.Of(item, new Controls()).Select(way => way.Path)
        );
    }

    [Fact]
    public void R38_What_is_of_two_cycles_can_be_taken_out_of_a_merge_of_one_of_them()
    {
        var declared = new DeferralDeclared(
            new DeferralId("late-bills"),
            [new CycleNumber(1)],
            Day("2020-01-22"),
            Day("2020-02-05"),
            DeferralAction.Merge,
            null
        );
        var controls = new Controls().Change(declared, new Authority("finance", "late", DateTimeOffset.UnixEpoch));
        var item = WorkDesk.Item(WorkKind.NoNextBill, "B1") with
        {
            Cycles = [new CycleNumber(9), new CycleNumber(1)],
            DueDate = Day("2020-01-22"),
        };
        Assert.EndsWith("exemptions/late-bills", WorkRoutes.Of(item, controls)[0].Path, StringComparison.Ordinal);
    }

    private sealed class Engineers(int count) : IWorkSource
    {
        public WorkAudience Audience => WorkAudience.Engineers;

        public Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<WorkItem>>([
                .. Enumerable.Range(0, count).Select(number => WorkDesk.Item(WorkKind.Finding, $"{count}-{number}")),
            ]);
    }
}
