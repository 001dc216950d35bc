using System.Net;
using Autopay.Application.Ports.Messages;
using Autopay.Hosting.Settings;
using Autopay.Mailing;
using Autopay.Payments;
using Autopay.Tests.App.Payments;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Secrets;

/// <summary>The mail server's password is rotated like Stripe's secrets: in minutes, and without a restart.</summary>
public sealed class MailPasswordTests : IDisposable
{
    private readonly FakeTimeProvider time = new(FrozenSandbox.Monday);
    private readonly VaultStandIn vault = new();
    private readonly LogRecorder log = new();
    private readonly VaultMailPassword password;

    public MailPasswordTests()
    {
        vault.Secrets[VaultMailPassword.Name] = "old";
        password = vault.ReadMailPassword(time, log);
    }

    public void Dispose()
    {
        vault.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task A_rotated_password_is_used_five_minutes_later_and_the_vault_is_not_asked_before()
    {
        Assert.Equal("old", await ReadAsync());
        vault.Secrets[VaultMailPassword.Name] = "new\n";

        time.Advance(VaultSecrets.FreshFor - TimeSpan.FromSeconds(1));
        Assert.Equal("old", await ReadAsync());
        Assert.Equal(1, vault.Given);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("new", await ReadAsync());
    }

    [Fact]
    public async Task While_the_vault_is_away_the_last_one_is_used_and_without_any_the_mail_server_counts_as_away()
    {
        await ReadAsync();
        vault.Refuses = HttpStatusCode.Forbidden;
        time.Advance(TimeSpan.FromDays(3));

        Assert.Equal("old", await ReadAsync());
        await log.HasAsync(LogLevel.Error, "403");

        await Assert.ThrowsAsync<MailAwayException>(() =>
            vault.ReadMailPassword(time).ReadAsync(CancellationToken.None).AsTask()
        );
    }

    [Theory]
    [InlineData("https://kv-own.vault.azure.net", "user", "", typeof(VaultMailPassword))]
    [InlineData("https://kv-own.vault.azure.net", "user", "in a setting", typeof(PasswordInSettings))]
    [InlineData("https://kv-own.vault.azure.net", "", "", typeof(PasswordInSettings))]
    [InlineData("", "user", "in a setting", typeof(PasswordInSettings))]
    public void It_is_looked_up_in_the_vault_where_there_is_one_and_the_server_knows_a_user(
        string vaultUri,
        string user,
        string set,
        Type kind
    )
    {
        using var services = new ServiceCollection()
            .AddSingleton(new SmtpOptions { User = user, Password = set })
            .AddSingleton(new StripeOptions { VaultUri = vaultUri.Length > 0 ? new Uri(vaultUri) : null })
            .AddSingleton<TimeProvider>(time)
            .AddLogging()
            .BuildServiceProvider();

        Assert.IsType(kind, VaultMailPassword.OrSettings(services));
    }

    private Task<string> ReadAsync() => password.ReadAsync(CancellationToken.None).AsTask();
}
