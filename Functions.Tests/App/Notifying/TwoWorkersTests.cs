using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Notifying;

/// <summary>Two workers at the notices of one account, whose row changes with each one that is sent.</summary>
public sealed class TwoWorkersTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Who_is_sending_an_account_s_notices_sends_all_of_them_and_nobody_else_does()
    {
        await using var app = await NoticedCity.StartAsync(azurite, mail: null);
        await app.EnrolAsync("kim@customer.example");
        await app.ImportAsync(
            "bills",
            $"{Csv.BillsHeader}\nB-2,{NoticedCity.Account},1,2020-01-22,2020-02-05,2020-02-12,33.00,41.20,74.20\n"
        );
        await app.HoldAndLetGoAsync();
        await app.IdleAsync();

        var mailer = new Recorder();
        var other = WorkerOf(app, mailer);
        mailer.Meanwhile = () => other.RunAsync(BucketOf, CancellationToken.None);
        var tally = await WorkerOf(app, mailer).RunAsync(BucketOf, CancellationToken.None);

        Assert.Equal(2, tally.Sent);
        Assert.Equal(2, mailer.Sent.Count);
        Assert.Equal(2, mailer.Sent.Distinct().Count());
    }

    private static Bucket BucketOf => Bucket.Of(new AccountId(NoticedCity.Account));

    private static SendNotices WorkerOf(AppHost app, IMailer mailer) =>
        new(
            app.Services.GetRequiredService<AccountBooks>(),
            app.Services.GetRequiredService<INoticeOutbox>(),
            mailer,
            app.Services.GetRequiredService<NoticeSender>()
        );

    /// <summary>Takes every message; before each answer something else happens, once at a time.</summary>
    private sealed class Recorder : IMailer, IMailSession
    {
        private bool isBusy;

        public List<string> Sent { get; } = [];

        public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

        public bool IsConfigured => true;

        public Task<IMailSession> OpenAsync(CancellationToken cancel) => Task.FromResult<IMailSession>(this);

        public async Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancel)
        {
            Sent.Add(mail.Id);
            if (!isBusy)
            {
                isBusy = true;
                await Meanwhile();
                isBusy = false;
            }

            return new MailAnswer(MailEnd.Sent, mail.Id);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
