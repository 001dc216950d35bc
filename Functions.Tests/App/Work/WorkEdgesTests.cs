using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Stuck;
using Autopay.Application.Work;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Finance;
using Autopay.Tests.Fixtures;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Work;

/// <summary>Letters, refunds and what engineers look after, on the list and in its sums.</summary>
public sealed class WorkEdgesTests
{
    private static readonly Policies Told = new() { NoticeClock = NoticeClockMode.Enforce };
    private static readonly DebitId Debit = new(new AccountId("10-0001"), 1, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PendingNotice Notice(int number, string asked, bool byLetter = true) =>
        new(Debit, number, NoticeKind.Change, Day(asked), byLetter);

    private static async Task<SeenCity> SeenAsync() =>
        new((await StoredScenario.OfAsync(GivenAnAccount())).Controls.Current, [], [], Looks, [], []);

    private static Dictionary<Bucket, DateTimeOffset?> Looks => [];

    private static LetterWork LettersOf(Policies policies, bool mails, params PendingNotice[] notices) =>
        new(
            new MakeLetters(
                new OneOutbox(notices),
                new ScratchLedgerStore(),
                new ScratchControlsStore(policies),
                new ScratchReportStore(),
                new NoMail(mails)
            ),
            policies
        );

    private static async Task ThenListedAsync(LetterWork work, PendingNotice[] seen, string? reason, string? since)
    {
        var city = await SeenAsync() with { Notices = seen };
        foreach (
            var items in (IReadOnlyList<WorkItem>[])
                [
                    await work.ReadAsync(Cancel),
                    await work.ReadAsync(city, Cancel),
                    await work.ReadAsync(city with { Notices = null }, Cancel),
                ]
        )
        {
            Assert.Equal(
                reason is null ? Array.Empty<string>() : [$"{WorkKind.Letters} {reason} since {since}"],
                items.Select(item => $"{item.Kind} {item.Reason} since {item.Since:yyyy-MM-dd}")
            );
        }
    }

    [Fact]
    public async Task R44_Notices_that_wait_for_a_letter_are_one_item_since_the_first_of_them()
    {
        PendingNotice[] two = [Notice(1, "2020-02-03"), Notice(2, "2020-02-01"), Notice(3, "2020-01-31", false)];
        await ThenListedAsync(LettersOf(Told, true, two), two, "2 notices wait for a letter", "2020-02-01");
        PendingNotice[] one = [Notice(1, "2020-02-03")];
        await ThenListedAsync(LettersOf(Told, true, one), one, "1 notice waits for a letter", "2020-02-03");
        PendingNotice[] mail = [Notice(1, "2020-02-03", byLetter: false)];
        await ThenListedAsync(LettersOf(Told, true, mail), mail, null, null);
        await ThenListedAsync(LettersOf(Told, false, mail), mail, "1 notice waits for a letter", "2020-02-03");
        await ThenListedAsync(LettersOf(new Policies(), true, one), one, null, null);
    }

    [Theory]
    [InlineData(true, 1, 0, 1)]
    [InlineData(true, 0, 1, 0)]
    [InlineData(false, 0, 1, 1)]
    public async Task R44_In_the_city_s_sums_they_are_one_item_too(bool mails, int letters, int notices, int items)
    {
        var counted = new WorkSums([], []) { Letters = letters, Notices = notices };
        var sums = new CitySums(DateTimeOffset.UnixEpoch, true, []);
        var work = LettersOf(Told, mails, Notice(1, "2020-02-03"));
        Assert.Equal(items, CountOf(await work.SumAsync(sums with { Work = counted }, Cancel)));
        Assert.Equal(1, CountOf(await work.SumAsync(sums, Cancel)));
        var off = LettersOf(new Policies(), mails, Notice(1, "2020-02-03"));
        Assert.Equal(0, CountOf(await off.SumAsync(sums with { Work = counted }, Cancel)));
        Assert.Equal(0, CountOf(await off.SumAsync(sums, Cancel)));

        static int CountOf(WorkSums found) => found.Kinds.Sum(kind => kind.Count);
    }

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

    private sealed class OneOutbox(PendingNotice[] notices) : INoticeOutbox
    {
        public IAsyncEnumerable<WaitingNotices> ReadAsync(Bucket bucket, NoticeWay way, CancellationToken cancel) =>
            bucket == Bucket.Of(Debit.Account) && notices.Length > 0
                ? new[] { new WaitingNotices(Debit.Account, notices, "tag") }.ToAsyncEnumerable()
                : AsyncEnumerable.Empty<WaitingNotices>();

        public Task<bool> TryTakeAsync(WaitingNotices taken, DateTimeOffset until, CancellationToken cancel) =>
            Task.FromResult(false);
    }

    private sealed class NoMail(bool isConfigured) : IMailer
    {
        public bool IsConfigured => isConfigured;

        public Task<IMailSession> OpenAsync(CancellationToken cancel) => throw new MailAwayException("no server");
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
