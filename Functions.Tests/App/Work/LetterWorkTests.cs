using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Work;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Finance;
using Autopay.Tests.Fixtures;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Work;

/// <summary>R44: notices that wait for a letter, on the list and in its sums.</summary>
public sealed class LetterWorkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<SeenCity> SeenAsync() =>
        new((await StoredScenario.OfAsync(GivenAnAccount())).Controls.Current, [], [], Looks, [], []);

    private static Dictionary<Bucket, DateTimeOffset?> Looks => [];

    private static readonly Policies Told = new() { NoticeClock = NoticeClockMode.Enforce };
    private static readonly DebitId Debit = new(new AccountId("10-0001"), 1, 1);

    private static PendingNotice Notice(int number, string asked, bool byLetter = true) =>
        new(Debit, number, NoticeKind.Change, Day(asked), byLetter);

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
}
