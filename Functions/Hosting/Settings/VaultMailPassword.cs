using Autopay.Application.Ports.Messages;
using Autopay.Mailing;
using Autopay.Payments;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting.Settings;

/// <summary>
/// The mail server's password from the vault, fresh for five minutes. While the vault is away the last one is used: the
/// mail server itself refuses one that is no longer good, and what is to be sent then waits.
/// </summary>
internal sealed class VaultMailPassword(SecretClient vault, TimeProvider time, ILogger<VaultMailPassword> logger)
    : IMailPassword
{
    public const string Name = "smtp-password";
    private volatile Reading? last;

    public async ValueTask<string> ReadAsync(CancellationToken cancel)
    {
        if (last is { } known && time.GetUtcNow() - known.At < VaultSecrets.FreshFor)
        {
            return known.Password;
        }

        try
        {
            var secret = (await vault.GetSecretAsync(Name, cancellationToken: cancel)).Value.Value.Trim();
            last = new Reading(secret, time.GetUtcNow());
            return secret;
        }
        catch (Exception away) when (!cancel.IsCancellationRequested && VaultFailure.Of(away) is { } why)
        {
            logger.MailPasswordAway(why);
            return last?.Password ?? throw new MailAwayException(why, away);
        }
    }

    /// <summary>Of the vault that the settings name, where the server knows a user and no setting has the password.
    /// </summary>
    public static IMailPassword OrSettings(IServiceProvider provider)
    {
        var (mail, stripe) = (provider.GetRequiredService<SmtpOptions>(), provider.GetRequiredService<StripeOptions>());
        return stripe.HasVault && mail is { User.Length: > 0, Password.Length: 0 }
            ? new VaultMailPassword(
                VaultSecrets.Client(stripe.VaultUri!, new DefaultAzureCredential()),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<VaultMailPassword>>()
            )
            : new PasswordInSettings(mail);
    }

    private sealed record Reading(string Password, DateTimeOffset At);
}
