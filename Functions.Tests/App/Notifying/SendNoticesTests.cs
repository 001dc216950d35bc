using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.App.Hints;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Notifying;

/// <summary>R44: what becomes of each notice by e-mail, whatever the mail server says to it.</summary>
public sealed class SendNoticesTests
{
    private readonly NoticeDesk desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Bucket One => Bucket.Of("10-0001");

    [Fact]
    public async Task Without_a_mail_server_nothing_is_read_and_without_a_notice_none_is_called()
    {
        await desk.Send.RunAsync(One, Cancel);
        Assert.Equal((1, 0), desk.Asked);

        await desk.AddAsync();
        desk.IsConfigured = false;

        Assert.Equal(new NoticeTally(), await desk.Send.RunAsync(One, Cancel));
        Assert.Equal((1, 0), desk.Asked);
    }

    [Fact]
    public async Task Each_customer_of_the_bucket_is_told_once_and_it_is_recorded_with_its_proof()
    {
        var accounts = NoticeDesk.Together(2);
        foreach (var account in accounts)
        {
            await desk.AddAsync(account.Value, $"{account}@customer.example");
        }

        Assert.Equal(new NoticeTally(2, 0, 0, 0), await desk.Send.RunAsync(One, Cancel));
        Assert.Equal(new NoticeTally(), await desk.Send.RunAsync(One, Cancel));

        Assert.Equal(accounts.Select(account => $"{account}@customer.example"), desk.Mails.Select(mail => mail.To));
        var notice = Assert.Single(desk.Notices());
        Assert.Equal(
            (NoticeState.Sent, NoticeChannel.Email, Day("2020-01-13"), new Money(10_675), "250 ok"),
            (notice.State, notice.Channel, notice.SentOn, notice.Amount!.Value, notice.Proof)
        );
        Assert.Equal(desk.Clock.Now.Utc.AddMinutes(4), desk.Taken[accounts[0]]);
    }

    [Fact]
    public async Task Two_notices_of_one_account_go_out_together_under_ids_of_their_own()
    {
        var told = await desk.AddAsync();
        told.WhenABillIsImported("feb", 5_000).WhenABillIsAdjusted("feb", 500);
        await desk.SaveAsync(told.Ledger);

        Assert.Equal(2, (await desk.Send.RunAsync(One, Cancel)).Sent);

        Assert.Equal(
            told.Ledger.Debits.Select(debit => SendNotices.IdOf(debit.Id, 1)),
            desk.Mails.Select(mail => mail.Id)
        );
        Assert.All([0, 1], debit => Assert.Equal(NoticeState.Sent, desk.Notices(debit: debit).Single().State));
    }

    [Fact]
    public async Task What_somebody_else_is_sending_is_left_to_them()
    {
        await desk.AddAsync();
        desk.Meanwhile = async () =>
        {
            desk.Meanwhile = () => Task.CompletedTask;
            Assert.Equal(new NoticeTally(), await desk.Send.RunAsync(One, Cancel));
        };

        Assert.Equal(1, (await desk.Send.RunAsync(One, Cancel)).Sent);

        Assert.Single(desk.Mails);
    }

    [Fact]
    public async Task An_address_that_the_server_does_not_take_goes_by_letter()
    {
        await desk.AddAsync();
        desk.Answer = new MailAnswer(MailEnd.Refused, "550 no such user");

        Assert.Equal(new NoticeTally(0, 1, 0, 0), await desk.Send.RunAsync(One, Cancel));

        Assert.Equal((NoticeState.Failed, "550 no such user"), (desk.Notices()[0].State, desk.Notices()[0].Failure));
        Assert.Equal(NoticeState.Waiting, desk.Notices()[1].State);
        Assert.Single(desk.Mails);
    }

    [Theory]
    [InlineData("2020-01-13", true)]
    [InlineData("2020-01-16", true)]
    [InlineData("2020-01-17", false)]
    public async Task What_a_busy_server_puts_off_is_tried_for_three_days(string day, bool waits)
    {
        await desk.AddAsync();
        desk.Answer = new MailAnswer(MailEnd.Later, "451 busy");
        desk.MoveTo(day);

        var tally = await desk.Send.RunAsync(One, Cancel);

        Assert.Equal(waits ? new NoticeTally(0, 0, 0, 1) : new NoticeTally(0, 1, 0, 0), tally);
        Assert.Equal(waits ? NoticeState.Waiting : NoticeState.Failed, desk.Notices()[0].State);
        Assert.Single(desk.Mails);
    }

    [Fact]
    public async Task What_has_nothing_to_tell_any_more_is_dropped_and_not_sent()
    {
        await desk.AddAsync();
        await desk.HaltAsync();

        Assert.Equal(new NoticeTally(0, 0, 1, 0), await desk.Send.RunAsync(One, Cancel));

        Assert.Equal(NoticeState.Dropped, Assert.Single(desk.Notices()).State);
        Assert.Empty(desk.Mails);
    }

    [Fact]
    public async Task While_the_mail_server_is_away_what_is_young_waits_and_what_is_old_goes_by_letter()
    {
        var told = await desk.AddAsync();
        desk.Lose(NoticeDesk.Together(2)[1].Value);
        told.On("2020-01-17").WhenABillIsImported("feb", 5_000).WhenABillIsAdjusted("feb", 500);
        await desk.SaveAsync(told.Ledger);
        desk.IsAway = true;

        desk.MoveTo("2020-01-16");
        await Assert.ThrowsAsync<MailAwayException>(() => desk.Send.RunAsync(One, Cancel));
        Assert.Equal(NoticeState.Waiting, Assert.Single(desk.Notices()).State);

        desk.MoveTo("2020-01-17");
        await Assert.ThrowsAsync<MailAwayException>(() => desk.Send.RunAsync(One, Cancel));
        Assert.Equal([NoticeState.Failed, NoticeState.Waiting], desk.Notices().Select(notice => notice.State));
        Assert.Equal("The mail server is away: no answer", desk.Notices()[0].Failure);
        Assert.Equal(NoticeState.Waiting, Assert.Single(desk.Notices(debit: 1)).State);
    }

    [Fact]
    public async Task What_was_sent_meanwhile_is_not_given_up_because_the_server_went_away()
    {
        await desk.AddAsync();
        desk.MoveTo("2020-01-17");
        desk.Meanwhile = async () =>
        {
            desk.Meanwhile = () => Task.CompletedTask;
            desk.Taken.Clear();
            await desk.Send.RunAsync(One, Cancel);
            desk.IsAway = true;
        };

        await Assert.ThrowsAsync<MailAwayException>(() => desk.Send.RunAsync(One, Cancel));

        Assert.Equal(NoticeState.Sent, Assert.Single(desk.Notices()).State);
    }

    [Fact]
    public async Task A_process_that_is_told_to_end_begins_no_other_account()
    {
        await desk.AddAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Send.RunAsync(One, stop.Token));

        Assert.Empty(desk.Mails);
        Assert.Empty(desk.Taken);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public async Task Asked_again_are_the_buckets_with_notices_by_e_mail(bool isConfigured, bool asks, bool isAsked)
    {
        await desk.AddAsync("10-0001");
        await desk.AddAsync("10-0002", email: null);
        desk.IsConfigured = isConfigured;
        var queue = new HintQueue();
        var policies = asks ? NoticeDesk.Policies : new Policies();

        await new RemindNotices(desk, desk, queue, policies).RunAsync(Cancel);

        Assert.Equal(isAsked ? [One.Number] : [], queue.Notices);
        Assert.Equal(isAsked, desk.Asked.Reads > 0);
    }
}
