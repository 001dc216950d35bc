using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Notifying;

/// <summary>R44: notices are read page by page, and what the city told everybody counts as it was recorded.</summary>
public sealed class ReadNoticesTests
{
    private readonly NoticeDesk desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task Every_notice_of_a_state_is_on_one_page(int limit)
    {
        for (var number = 1; number <= 6; number++)
        {
            await desk.AddAsync($"10-000{number}", email: null);
        }

        var told = await desk.AddAsync("20-0001", email: null);
        told.WhenABillIsImported("feb", 5_000).WhenABillIsAdjusted("feb", 500);
        await desk.SaveAsync(told.Ledger);

        List<NoticeEntry> read = [];
        NoticePlace? after = null;
        for (var pages = 1; ; pages++)
        {
            Assert.InRange(pages, 1, 8);
            var page = await new ReadNotices(desk.Ledgers).RunAsync(NoticeState.Waiting, after, limit, Cancel);
            Assert.InRange(page.Items.Count, 1, limit);
            read.AddRange(page.Items);
            if (page.Next is null)
            {
                Assert.Equal((8 + limit - 1) / limit, pages);
                break;
            }

            after = NoticePlace.Parse(page.Next)!;
        }

        Assert.Equal(8, read.Count);
        Assert.Equal(
            read.OrderBy(it => Bucket.Of(it.Account).Number)
                .ThenBy(it => it.Account)
                .ThenBy(it => it.Debit)
                .Select(it => it.Debit),
            read.Select(it => it.Debit)
        );
        Assert.All(read, it => Assert.True(it.ByLetter));
        Assert.Empty((await new ReadNotices(desk.Ledgers).RunAsync(NoticeState.Sent, null, limit, Cancel)).Items);
    }

    [Theory]
    [InlineData("A-1|A-1-1-0001|1", true)]
    [InlineData("A-1|no debit|1", false)]
    [InlineData("A-1|A-1-1-0001", false)]
    [InlineData("A-1|A-1-1-0001|x", false)]
    [InlineData("A-1|A-1-1-0001|1|1", false)]
    public void A_place_is_what_a_page_named(string text, bool isOne)
    {
        Assert.Equal(isOne ? $"0|{text}" : null, NoticePlace.Parse($"0|{text}")?.ToString());
        Assert.Equal(isOne, NoticePlace.Parse($"{Bucket.Count - 1}|{text}") is not null);
        Assert.Null(NoticePlace.Parse($"{Bucket.Count}|{text}"));
        Assert.Null(NoticePlace.Parse($"-1|{text}"));
    }

    [Theory]
    [InlineData(true, NoticeClockMode.Enforce, -1, true)]
    [InlineData(true, NoticeClockMode.Enforce, 0, false)]
    [InlineData(true, NoticeClockMode.Warn, -1, false)]
    [InlineData(false, NoticeClockMode.Enforce, -1, false)]
    public async Task One_of_a_day_that_is_past_asks_for_two_people_where_debits_wait_for_it(
        bool second,
        NoticeClockMode clock,
        int days,
        bool waits
    )
    {
        await using var world = new ChargingWorld();
        var today = world.Now.Today;
        var notice = new PublicNoticeRecorded(
            "jan",
            [new CycleNumber(1)],
            today,
            today.AddDays(9),
            today.AddDays(days),
            null,
            true,
            "press",
            "page 4"
        );
        var policies = new Policies { SecondPerson = second, NoticeClock = clock };
        var record = new RecordPublicNotice(world.Verb<ChangeControls>(), policies, world.Verb<CityClock>());

        await record.RunAsync("ask", notice, new ChangeRequest(new Authority("ann", "a flood", world.Now.Utc)), Cancel);

        Assert.Equal(
            (waits ? 1 : 0, waits ? 0 : 1),
            (world.Controls.Current.Approvals.Count, world.Controls.Current.PublicNotices.Count)
        );
    }
}
