using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Work;
using Autopay.Tests.App.Finance;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Work;

/// <summary>What the list comes to by kind, read now, out of the city's sums, or after a pass over the city.</summary>
public sealed class WorkSumsTests
{
    private static readonly CitySums NoSums = new(DateTimeOffset.UnixEpoch, true, []);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_finance_is_told_with_its_count_and_cents_and_no_kind_of_engineers()
    {
        var desk = new WorkDesk();
        desk.Items.AddRange([
            WorkDesk.Item(WorkKind.Blocked, "1", cents: 100),
            WorkDesk.Item(WorkKind.Blocked, "2", cents: 250),
            WorkDesk.Item(WorkKind.Review, "3", cents: 7) with
            {
                Cents = null,
            },
        ]);

        ThenTold(await desk.Read.SumAsync(Cancel));
        ThenTold(await desk.Read.SumAsync(NoSums, Cancel));
        ThenTold(await desk.Read.SumAsync(await SeenAsync(), Cancel));

        static void ThenTold(IReadOnlyList<WorkTotal> totals)
        {
            Assert.Equal(WorkKinds.Of(WorkAudience.Finance), totals.Select(total => total.Kind));
            Assert.Equal(
                [new WorkTotal(WorkKind.Blocked, 2, 350), new WorkTotal(WorkKind.Review, 1, 0)],
                totals.Where(total => total.Count > 0).OrderBy(total => total.Kind)
            );
        }
    }

    [Fact]
    public async Task A_late_receipt_waits_while_the_clear_that_it_contradicts_is_in_force_and_nobody_has_accepted_it()
    {
        var cleared = new BacklogCleared([new(1)], new Dictionary<string, DateOnly> { ["cash"] = Day("2020-02-19") });
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "10:00")
            .Change(cleared)
            .WhenAPaymentIsPosted("P1", 1_000, received: "2020-02-19");
        Assert.Equal((1, 1_000), await LateAsync());

        var late = account.Ledger.Work().Where(item => item.Late is not null).ToList();
        account
            .On("2020-02-20", "11:00")
            .Change(new LateReceiptsAccepted(LateReceipts.Of(late), account.Controls.ClearedAt(new(1))!.Value));
        Assert.Equal((0, 0), await LateAsync());
        account.On("2020-02-20", "12:00").WhenAPaymentIsPosted("P2", 500, received: "2020-02-19");
        Assert.Equal((1, 500), await LateAsync());
        account.On("2020-02-21", "10:00").Change(cleared);
        Assert.Equal((0, 0), await LateAsync());

        async Task<(int, long)> LateAsync()
        {
            var books = await StoredScenario.OfAsync(account);
            var source = new LedgerWork(books.Ledgers);
            var read = new ReadWork([source], books.Controls, books.Clock);
            var items = await source.ReadAsync(Cancel);
            var (now, sums) = (await read.SumAsync(Cancel), NoSums with { Work = WorkSums.Of([.. items]) });
            Assert.Equal(now, await read.SumAsync(sums, Cancel));
            Assert.Equal(now, await read.SumAsync(NoSums, Cancel));
            var seen = new SeenCity(account.Controls, items, [], new Dictionary<Bucket, DateTimeOffset?>(), [], []);
            Assert.Equal(now, await read.SumAsync(seen, Cancel));
            var page = await read.RunAsync(WorkFilter.All(WorkAudience.Finance), null, null, Cancel);
            var total = now.Single(it => it.Kind == WorkKind.LateReceipt);
            Assert.Equal(total.Count, page.Items.Count(it => it.Kind == WorkKind.LateReceipt));
            return (total.Count, total.Cents);
        }
    }

    [Fact]
    public async Task A_page_that_ends_with_the_list_has_none_behind_it()
    {
        var desk = new WorkDesk();
        desk.Items.AddRange([WorkDesk.Item(WorkKind.Blocked, "1"), WorkDesk.Item(WorkKind.Blocked, "2")]);

        Assert.Null((await PageAsync(null, 2)).Next);
        var first = await PageAsync(null, 1);
        Assert.Equal(WorkCursor.Of(desk.Items[0]).ToString(), first.Next);
        var second = await PageAsync(WorkCursor.Parse(first.Next!), 1);
        Assert.Equal(("2", null), (second.Items.Single().Id, second.Next));
        Assert.Equal((WorkAudience.Finance, WorkDesk.Today), (second.For, second.Today));

        Task<WorkPage> PageAsync(WorkCursor? after, int limit) =>
            desk.Read.RunAsync(WorkFilter.All(WorkAudience.Finance), after, limit, Cancel);
    }

    [Fact]
    public async Task An_entry_has_all_that_its_item_says()
    {
        var desk = new WorkDesk();
        var item = WorkDesk.Item(WorkKind.Blocked, "B1", cents: 120, daysAgo: 3, cycle: 2) with
        {
            Payment = new PaymentId("P1"),
            Import = "bills-1",
            DueDate = new DateOnly(2020, 2, 5),
        };
        desk.Items.Add(item);

        var page = await desk.Read.RunAsync(WorkFilter.All(WorkAudience.Finance), null, null, Cancel);
        var entry = Assert.Single(page.Items);

        Assert.Equal(
            (item.Kind, item.Id, item.Account, item.Bill, item.Debit, item.Payment, item.Deferral),
            (entry.Kind, entry.Id, entry.Account, entry.Bill, entry.Debit, entry.Payment, entry.Deferral)
        );
        Assert.Equal(
            (item.DueDate, 120L, item.Reason, item.Since, 3, item.Import),
            (entry.DueDate, entry.Cents, entry.Reason, entry.Since, entry.AgeDays, entry.Import)
        );
        Assert.Equal(item.Cycles, entry.Cycles);
        Assert.NotEmpty(entry.Actions);
    }

    [Fact]
    public void Places_are_in_the_order_of_day_account_kind_and_id()
    {
        WorkCursor[] inOrder =
        [
            new(new DateOnly(2020, 1, 1), "B", "b", "b"),
            new(new DateOnly(2020, 1, 2), "A", "a", "a"),
            new(new DateOnly(2020, 1, 2), "A", "a", "b"),
            new(new DateOnly(2020, 1, 2), "A", "b", "a"),
            new(new DateOnly(2020, 1, 2), "B", "a", "a"),
        ];

        Assert.Equal(inOrder, inOrder.Reverse().Order());
        Assert.Equal(1, inOrder[0].CompareTo(null));
        Assert.Equal(0, inOrder[1].CompareTo(inOrder[1] with { }));
    }

    [Theory]
    [InlineData("""["2020-01-02","A","a","a"]""", true)]
    [InlineData("""["2020-01-02","A","a"]""", false)]
    [InlineData("""["2020-01-02","A","a","a","b"]""", false)]
    [InlineData("""["2020-1-2","A","a","a"]""", false)]
    public void A_cursor_is_four_texts_of_which_the_first_is_a_day(string json, bool isOne) =>
        Assert.Equal(
            isOne,
            WorkCursor.Parse(System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json)))
                is not null
        );

    private static async Task<SeenCity> SeenAsync()
    {
        var books = await StoredScenario.OfAsync(GivenAnAccount());
        return new SeenCity(books.Controls.Current, [], [], new Dictionary<Bucket, DateTimeOffset?>(), [], []);
    }
}
