using Autopay.Application.Ports.Messages;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Fixtures.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.Notifying;

/// <summary>Notices by e-mail through a real mail server (R44).</summary>
public sealed class MailedNoticeTests(AzuriteFixture azurite)
{
    private const string Kim = "kim@customer.example";

    [Fact]
    public async Task A_debit_leaves_on_the_first_lawful_banking_day_after_its_customer_was_told_and_not_before()
    {
        await using var mail = await MailServer.StartAsync();
        var log = new LogRecorder();
        await using var app = await NoticedCity.StartAsync(azurite, mail, builder => builder.Logging.AddProvider(log));
        await app.EnrolAsync(Kim);
        await app.HoldAndLetGoAsync();
        await app.NoticeIsAsync("sent");

        var message = Assert.Single(mail.Messages);
        Assert.Equal(Kim, message.To.Mailboxes.Single().Address);
        Assert.Equal("City of Example: your automatic payment from Thursday, February 27, 2020 on", message.Subject);
        Assert.Contains("up to $41.20", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("573-555-0100", message.TextBody, StringComparison.Ordinal);
        Assert.Equal("answers@city.example", message.ReplyTo.Mailboxes.Single().Address);
        var notice = await app.NoticeAsync();
        Assert.Equal(
            ("email", "2020-02-20", 4120, "2020-02-27", message.MessageId),
            (
                notice.GetProperty("channel").GetString(),
                notice.GetProperty("sentOn").GetString(),
                notice.GetProperty("amountCents").GetInt32(),
                notice.GetProperty("day").GetString(),
                notice.GetProperty("proof").GetString()
            )
        );
        Assert.Equal("2020-02-27", (await app.DebitAsync()).GetProperty("earliestDay").GetString());

        await app.StateIsAsync("2020-02-26T07:00", "scheduled");
        await app.StateIsAsync("2020-02-27T07:00", "submitted");
        Assert.Single(mail.Messages);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("kim@", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_waits_while_the_mail_server_is_away_goes_out_when_it_is_back()
    {
        await using var mail = await MailServer.StartAsync();
        var log = new LogRecorder();
        await using var app = await NoticedCity.StartAsync(azurite, mail, builder => builder.Logging.AddProvider(log));
        await app.EnrolAsync(Kim);
        await mail.EndAsync();
        await app.HoldAndLetGoAsync();
        await log.HasAsync(LogLevel.Warning, "No notice is sent: The mail server is away");
        await app.IdleAsync();
        Assert.Equal("waiting", (await app.NoticeAsync()).GetProperty("state").GetString());
        Assert.Equal(0, (await app.GetAsync("api/stuck"))["items"].GetArrayLength());

        await mail.BeginAsync();
        app.MoveTo("2020-02-21T08:00");
        await app.TickAsync();
        await app.NoticeIsAsync("sent");
        Assert.Equal("2020-02-28", (await app.DebitAsync()).GetProperty("earliestDay").GetString());
        Assert.Single(mail.Messages);
    }

    [Fact]
    public async Task An_address_that_the_server_refuses_goes_on_the_list_and_its_notice_by_letter()
    {
        await using var mail = await MailServer.StartAsync();
        var log = new LogRecorder();
        await using var app = await NoticedCity.StartAsync(azurite, mail, builder => builder.Logging.AddProvider(log));
        await app.EnrolAsync("unknown-kim@customer.example");
        await app.HoldAndLetGoAsync();
        await app.NoticeIsAsync("failed");
        await app.NoticeIsAsync("waiting", number: 2);

        var failed = await app.NoticeAsync();
        Assert.Equal("the mail server does not take it: 550 5.1.1", failed.GetProperty("failure").GetString());
        var work = (await app.GetAsync("api/work?kind=noticeFailed,letters"))["items"].EnumerateArray().ToList();
        Assert.Equal(
            ["letters", "noticeFailed"],
            work.Select(item => item.GetProperty("kind").GetString()).Order(StringComparer.Ordinal)
        );
        Assert.Empty(mail.Messages);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("kim@", StringComparison.OrdinalIgnoreCase));

        // Another address is another try.
        await app.ImportAsync("accounts", NoticedCity.AccountsCsv(Kim));
        app.MoveTo("2020-02-21T08:00");
        await app.TickAsync();
        await app.NoticeIsAsync("sent", number: 2);
        Assert.Empty((await app.GetAsync("api/work?kind=noticeFailed,letters"))["items"].EnumerateArray());
    }

    [Fact]
    public async Task A_server_that_is_busy_with_an_address_is_asked_again()
    {
        await using var mail = await MailServer.StartAsync();
        await using var app = await NoticedCity.StartAsync(azurite, mail);
        await app.EnrolAsync("busy-kim@customer.example");
        await app.HoldAndLetGoAsync();
        await app.IdleAsync();
        var notices = (await app.GetAsync("api/notices?state=waiting"))["items"].EnumerateArray().ToList();
        Assert.False(Assert.Single(notices).GetProperty("byLetter").GetBoolean());

        // A debit may wait for it: after three days it goes by letter, and somebody is told.
        app.MoveTo("2020-02-24T08:00");
        await app.TickAsync();
        await app.NoticeIsAsync("failed");
        await app.NoticeIsAsync("waiting", number: 2);
        Assert.Equal(2, (await app.GetAsync("api/work?kind=noticeFailed,letters"))["items"].GetArrayLength());
        Assert.Empty(mail.Messages);
    }

    [Fact]
    public async Task What_no_server_has_taken_for_three_days_goes_by_letter()
    {
        await using var mail = await MailServer.StartAsync();
        await using var app = await NoticedCity.StartAsync(azurite, mail);
        await app.EnrolAsync(Kim);
        await mail.EndAsync();
        await app.HoldAndLetGoAsync();
        app.MoveTo("2020-02-24T08:00");
        await app.TickAsync();
        await app.NoticeIsAsync("failed");
        await app.NoticeIsAsync("waiting", number: 2);
        Assert.Equal(2, (await app.GetAsync("api/work?kind=noticeFailed,letters"))["items"].GetArrayLength());
    }

    [Fact]
    public async Task Who_dies_between_sending_and_recording_sends_the_same_message_once_more()
    {
        await using var mail = await MailServer.StartAsync();
        var dying = new DyingMailer();
        await using var app = await NoticedCity.StartAsync(
            azurite,
            mail,
            builder =>
                ((IHostApplicationBuilder)builder).ConfigureContainer(
                    new DefaultServiceProviderFactory(),
                    services => services.AddSingleton<IMailer>(provider => dying.Over(provider))
                )
        );
        await app.EnrolAsync(Kim);
        await app.HoldAndLetGoAsync();
        await Eventually.HoldsAsync("the message has arrived", () => mail.Messages.Count == 1);
        await app.IdleAsync();
        Assert.Equal("waiting", (await app.NoticeAsync()).GetProperty("state").GetString());

        app.MoveTo("2020-02-20T08:10");
        await app.TickAsync();
        await app.NoticeIsAsync("sent");
        Assert.Equal(2, mail.Messages.Count);
        Assert.Single(mail.Messages.Select(message => message.MessageId).Distinct());
        Assert.Single((await app.DebitAsync()).GetProperty("notices").EnumerateArray());
    }

    [Fact]
    public async Task Courtesies_come_where_the_city_sends_them_and_the_customer_wants_them_in_his_language()
    {
        await using var mail = await MailServer.StartAsync();
        await using var app = await NoticedCity.StartAsync(
            azurite,
            mail,
            null,
            ("Autopay:RemindDaysBefore", "3"),
            ("Autopay:TellCollected", "true"),
            ("Autopay:TellCardExpires", "true")
        );
        await app.EnrolAsync(Kim, "es", "2019-12");
        await app.StateIsAsync("2020-01-19T07:00", "scheduled");
        await Eventually.HoldsAsync("reminder and card", () => mail.Messages.Count == 2);
        Assert.Contains(mail.Messages, it => it.TextBody!.Contains("Su tarjeta vence", StringComparison.Ordinal));
        Assert.All(
            mail.Messages,
            it => Assert.Contains("miércoles 22 de enero de 2020", it.TextBody, StringComparison.Ordinal)
        );

        var refused = await app.PutAsync(
            $"api/accounts/{NoticedCity.Account}/notices",
            """{"declined":["change"],"reason":"he asked"}"""
        );
        Assert.Equal(409, refused.Status);
        Assert.Equal(
            200,
            (
                await app.PutAsync(
                    $"api/accounts/{NoticedCity.Account}/notices",
                    """{"declined":["collected"],"reason":"he asked"}"""
                )
            ).Status
        );
        await app.StateIsAsync("2020-01-22T07:00", "submitted");
        await app.StateIsAsync("2020-01-29T13:00", "collected");
        Assert.Equal(2, mail.Messages.Count);
    }

    /// <summary>The first message goes out, and the process with it.</summary>
    private sealed class DyingMailer : IMailer
    {
        private IMailer? inner;
        private int deaths = 1;

        public bool IsConfigured => inner!.IsConfigured;

        public IMailer Over(IServiceProvider provider)
        {
            inner = ActivatorUtilities.CreateInstance<Autopay.Mailing.SmtpMailer>(provider);
            return this;
        }

        public async Task<IMailSession> OpenAsync(CancellationToken cancel) =>
            new Session(this, await inner!.OpenAsync(cancel));

        private sealed class Session(DyingMailer mailer, IMailSession session) : IMailSession
        {
            public async Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancel)
            {
                var answer = await session.SendAsync(mail, cancel);
                return Interlocked.Decrement(ref mailer.deaths) == 0 ? throw new IOException("killed") : answer;
            }

            public ValueTask DisposeAsync() => session.DisposeAsync();
        }
    }
}
