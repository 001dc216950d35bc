namespace Autopay.Mailing;

/// <summary>The password of the user whom the mail server knows, wherever it is kept.</summary>
public interface IMailPassword
{
    /// <summary>As it is now: a rotated one is seen within minutes.</summary>
    /// <exception cref="Application.Ports.Messages.MailAwayException">It cannot be read, and never could
    /// be.</exception>
    ValueTask<string> ReadAsync(CancellationToken cancel);
}

/// <summary>What the settings say, for as long as the app runs.</summary>
public sealed class PasswordInSettings(SmtpOptions options) : IMailPassword
{
    public ValueTask<string> ReadAsync(CancellationToken cancel) => ValueTask.FromResult(options.Password);
}
