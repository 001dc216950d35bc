using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace Autopay.Mailing;

/// <summary>Section <c>Smtp</c> of the configuration: the city's mail server.</summary>
public sealed record SmtpOptions : IValidatableObject
{
    public const string Section = "Smtp";

    [Setting("the city's mail server; empty sends no e-mail, and notices go by letter")]
    public string Host { get; init; } = "";

    [Setting("465 is TLS from the start, any other begins with STARTTLS; without TLS only this machine is spoken to")]
    public int Port { get; init; } = 587;

    [Setting("whom the server knows; empty signs nobody in")]
    public string User { get; init; } = "";

    [Setting("of that user", SetBy = SettingSource.Deployment)]
    public string Password { get; init; } = "";

    [Setting("the address that notices come from")]
    public string From { get; init; } = "";

    [Setting("the address that answers go to; empty is that of `From`")]
    public string ReplyTo { get; init; } = "";

    [Setting("of each step of the server's; then it counts as away", Unit = "h:m:s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A mistake here would send a whole city to the printer, or its notices to the poison queue.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Length > 0 && !MailboxAddress.TryParse(From, out _))
        {
            yield return new ValidationResult(
                "Smtp:From: expected an e-mail address that notices come from, since Smtp:Host is set."
            );
        }

        if (ReplyTo.Length > 0 && !MailboxAddress.TryParse(ReplyTo, out _))
        {
            yield return new ValidationResult("Smtp:ReplyTo: expected an e-mail address, or nothing.");
        }
    }
}
