using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Notifying;

/// <summary>R44: which letters are printed together, and what is recorded when they were mailed.</summary>
public sealed class LetterListTests
{
    private static readonly DateOnly Today = Day("2020-01-13");
    private readonly NoticeDesk desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Printed_is_who_gets_no_e_mail_and_everybody_where_there_is_no_mail_server()
    {
        await desk.AddAsync("10-0001", email: null);
        await desk.AddAsync("10-0002");
        await desk.AddAsync("10-0003", email: null, language: "es");

        var list = await MakeAsync();
        desk.IsConfigured = false;
        var everybody = await MakeAsync();

        Assert.Equal(["10-0001 en", "10-0003 es"], list.Rows.Select(row => $"{row.Account} {row.Language}"));
        Assert.Equal(["10-0001", "10-0002", "10-0003"], everybody.Rows.Select(row => row.Account.Value));
        var row = list.Rows[0];
        Assert.Equal(
            (NoticeKind.Change, 10_675, 1, Day("2020-01-23")),
            (row.Kind, row.AmountCents, row.Notice, row.Day)
        );
        Assert.StartsWith("We will collect up to $106.75", row.Text, StringComparison.Ordinal);
        Assert.StartsWith("Cobraremos", list.Rows[1].Text, StringComparison.Ordinal);
        Assert.Equivalent(list, await desk.Letters.FindAsync(list.Id, Cancel), strict: true);
        Assert.Null(await desk.Letters.FindAsync("another", Cancel));
    }

    [Fact]
    public async Task A_list_goes_on_behind_an_account_and_keeps_the_day_on_which_it_was_first_made()
    {
        await desk.AddAsync("10-0001", email: null);
        await desk.AddAsync("10-0002", email: null);
        await desk.AddAsync("10-0003", email: null);
        var behind = await MakeAsync(after: "10-0002");
        Assert.Equal(["10-0003"], behind.Rows.Select(row => row.Account.Value));

        var first = await MakeAsync();
        var (later, earlier) = (await MakeAsync(madeOn: Today.AddDays(2)), await MakeAsync(madeOn: Today.AddDays(-1)));

        Assert.Equal((first.Id, Today), (later.Id, later.MadeOn));
        Assert.Equal((first.Id, Today.AddDays(-1)), (earlier.Id, earlier.MadeOn));
    }

    [Fact]
    public async Task What_has_nothing_to_tell_any_more_is_not_printed()
    {
        await desk.AddAsync("10-0001", email: null);
        await desk.HaltAsync();

        Assert.Empty((await MakeAsync()).Rows);
    }

    [Theory]
    [InlineData(1_000, 1, 1_000, 0)]
    [InlineData(1_001, 1, 1_000, 1)]
    [InlineData(1_000, 2, 999, 2)]
    public async Task A_list_has_a_thousand_letters_at_most_and_parts_no_account(
        int accounts,
        int ofTheLast,
        int printed,
        int more
    )
    {
        var model = await desk.AddAsync("10-0000", email: null);
        var one = model.Ledger;
        var two = model.WhenABillIsImported("feb", 5_000).WhenABillIsAdjusted("feb", 500).Ledger;
        for (var number = 1; number < accounts; number++)
        {
            var id = new AccountId(string.Create(CultureInfo.InvariantCulture, $"11-{number:0000}"));
            await desk.SaveAsync((number == accounts - 1 && ofTheLast == 2 ? two : one) with { Id = id });
        }

        var list = await MakeAsync();

        Assert.Equal((printed, more), (list.Rows.Count, list.More));
        Assert.Equal(list.Rows.Select(row => row.Account).Order(), list.Rows.Select(row => row.Account));
    }

    [Fact]
    public async Task How_many_letters_wait_and_since_when_is_told_once_there_is_one()
    {
        Assert.Null(await desk.Letters.CountAsync(Cancel));
        await desk.AddAsync("10-0002");
        Assert.Null(await desk.Letters.CountAsync(Cancel));
        var told = await desk.AddAsync("10-0001", email: null);
        told.On("2020-01-17").WhenABillIsImported("feb", 5_000).WhenABillIsAdjusted("feb", 500);
        await desk.SaveAsync(told.Ledger);

        Assert.Equal((2, Today), await desk.Letters.CountAsync(Cancel));
        desk.IsConfigured = false;
        Assert.Equal((3, Today), await desk.Letters.CountAsync(Cancel));
    }

    [Theory]
    [InlineData(true, 0, 1, false)]
    [InlineData(true, 1, 1, true)]
    [InlineData(false, 0, 1, true)]
    [InlineData(false, 0, 0, false)]
    public void Without_a_mail_server_every_notice_is_a_letter(bool isConfigured, int letters, int notices, bool areIn)
    {
        desk.IsConfigured = isConfigured;

        Assert.Equal(areIn, desk.Letters.AreIn(new WorkSums([], []) { Letters = letters, Notices = notices }));
    }

    [Fact]
    public async Task What_was_mailed_is_recorded_with_its_list_as_proof_and_its_buckets_are_looked_at()
    {
        foreach (var account in NoticeDesk.Together(2))
        {
            await desk.AddAsync(account.Value, email: null);
        }

        var list = await MakeAsync();
        var mailed = (await desk.Record.RunAsync(list.Id, Today, NoticeDesk.Ann, Cancel))!;

        Assert.Equal((2, 0), (mailed.Recorded, mailed.NotRecorded.Count));
        var notice = Assert.Single(desk.Notices());
        Assert.Equal(
            (NoticeState.Sent, NoticeChannel.Letter, Today, $"letters {list.Id}"),
            (notice.State, notice.Channel, notice.SentOn, notice.Proof)
        );
        Assert.Equal([Bucket.Of("10-0001").Number], desk.Queue.Buckets);
        Assert.Null(await desk.Record.RunAsync("123", Today, NoticeDesk.Ann, Cancel));

        var again = (await desk.Record.RunAsync(list.Id, Today, NoticeDesk.Ann, Cancel))!;
        Assert.Equal(0, again.Recorded);
        Assert.Equal(2, again.NotRecorded.Count(left => left.Why == "it does not wait any more"));
    }

    [Theory]
    [InlineData("2020-01-12", "were made on 2020-01-13")]
    [InlineData("2020-01-13", null)]
    [InlineData("2020-01-15", null)]
    [InlineData("2020-01-16", "Make another list for a later day")]
    public async Task A_list_is_mailed_between_the_day_it_was_made_and_the_last_day_that_it_names(
        string mailedOn,
        string? refused
    )
    {
        await desk.AddAsync(email: null);
        var list = await MakeAsync(mailOn: Day("2020-01-15"));
        desk.MoveTo("2020-01-17");

        var failure = await Xunit.Record.ExceptionAsync(() =>
            desk.Record.RunAsync(list.Id, Day(mailedOn), NoticeDesk.Ann, Cancel)
        );

        Assert.Contains(refused ?? "", (failure as RefusedException)?.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(refused is null, failure is null);
        Assert.Equal(refused is null, desk.Notices()[0].State == NoticeState.Sent);
    }

    [Fact]
    public async Task Nobody_has_mailed_what_is_to_be_mailed_tomorrow()
    {
        await desk.AddAsync(email: null);
        var list = await MakeAsync(mailOn: Day("2020-01-15"));

        await Assert.ThrowsAsync<RefusedException>(() =>
            desk.Record.RunAsync(list.Id, Today.AddDays(1), NoticeDesk.Ann, Cancel)
        );
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(1, 1, null)]
    [InlineData(-1, 0, "106.74 was printed, and 106.75 is asked for by this time")]
    [InlineData(0, -1, "2020-01-22 was printed, and it leaves no earlier than 2020-01-23")]
    public async Task A_letter_that_told_less_or_a_day_too_early_told_not_enough(int cents, int days, string? why)
    {
        await desk.AddAsync(email: null);
        var list = await MakeAsync();
        var row = list.Rows[0] with
        {
            AmountCents = list.Rows[0].AmountCents + cents,
            Day = list.Rows[0].Day.AddDays(days),
        };
        var printed = JsonSerializer.Serialize(list with { Rows = [row] }, ReportJson.Default.LetterList);
        await desk.Lists.SaveAsync(new StoredReport("letters", list.Id, printed), Cancel);

        var mailed = (await desk.Record.RunAsync(list.Id, Today, NoticeDesk.Ann, Cancel))!;

        Assert.Equal(why is null ? 1 : 0, mailed.Recorded);
        Assert.Equal(why is null ? [] : [why], mailed.NotRecorded.Select(left => left.Why));
    }

    [Fact]
    public async Task A_letter_that_is_about_nothing_any_more_is_not_recorded()
    {
        await desk.AddAsync(email: null);
        var list = await MakeAsync();
        await desk.HaltAsync();

        var mailed = (await desk.Record.RunAsync(list.Id, Today, NoticeDesk.Ann, Cancel))!;

        Assert.Equal("there is nothing to tell any more", Assert.Single(mailed.NotRecorded).Why);
        Assert.Equal((0, NoticeState.Waiting), (mailed.Recorded, desk.Notices()[0].State));
    }

    private Task<LetterList> MakeAsync(DateOnly? mailOn = null, string? after = null, DateOnly? madeOn = null) =>
        desk.Letters.RunAsync(
            new PrintRun(madeOn ?? Today, mailOn ?? Today, after is null ? null : new AccountId(after)),
            NoticeDesk.Ann,
            Cancel
        );
}
