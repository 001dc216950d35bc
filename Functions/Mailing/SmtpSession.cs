using System.Text.RegularExpressions;
using Autopay.Application.Ports.Messages;
using MailKit.Net.Smtp;
using MimeKit;

namespace Autopay.Mailing;

/// <summary>One connection to the mail server; a message after the other.</summary>
internal sealed partial class SmtpSession(SmtpClient client, SmtpOptions options, TimeProvider time) : IMailSession
{
    private const int Permanent = 500;

    public async Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancel)
    {
        if (!MailboxAddress.TryParse(mail.To, out var to))
        {
            return new MailAnswer(MailEnd.Refused, "it is no e-mail address");
        }

        using var message = ToMessage(mail, to);
        try
        {
            await client.SendAsync(message, cancel);
            return new MailAnswer(MailEnd.Sent, message.MessageId!);
        }
        catch (SmtpCommandException refused)
            when (refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            return (int)refused.StatusCode >= Permanent
                ? new MailAnswer(MailEnd.Refused, $"the mail server does not take it: {CodesOf(refused)}")
                : new MailAnswer(MailEnd.Later, CodesOf(refused));
        }
        catch (Exception failure) when (SmtpMailer.IsAway(failure) && !cancel.IsCancellationRequested)
        {
            throw new MailAwayException(failure.GetType().Name, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await client.DisconnectAsync(quit: true);
        }
        catch (Exception failure) when (SmtpMailer.IsAway(failure))
        {
            // Everything is said already.
        }

        client.Dispose();
    }

    private MimeMessage ToMessage(Mail mail, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(options.From);
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id}@{from.Domain}",
            Subject = mail.Subject,
            Date = time.GetUtcNow(),
            Body = new TextPart("plain") { Text = mail.Body },
        };
        message.From.Add(from);
        message.To.Add(to);
        if (options.ReplyTo.Length > 0)
        {
            message.ReplyTo.Add(MailboxAddress.Parse(options.ReplyTo));
        }

        // No robot answers it with "I am on holiday".
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    // The server's own sentence often names the address.
    private static string CodesOf(SmtpCommandException answer) =>
        $"{(int)answer.StatusCode} {EnhancedCode().Match(answer.Message).Value}".TrimEnd();

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex EnhancedCode();
}
