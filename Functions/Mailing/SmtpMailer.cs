using System.Net.Sockets;
using Autopay.Application.Ports.Messages;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Autopay.Mailing;

/// <summary>Sends by SMTP. A server on another machine is spoken to by TLS or not at all.</summary>
public sealed class SmtpMailer(SmtpOptions options, IMailPassword password, TimeProvider time) : IMailer
{
    private const int TlsPort = 465;
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "::1"];

    public bool IsConfigured => options.Host.Length > 0 && options.From.Length > 0;

    public async Task<IMailSession> OpenAsync(CancellationToken cancel)
    {
        SmtpClient? client = new() { Timeout = (int)options.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Security, cancel);
            if (options.User.Length > 0)
            {
                await client.AuthenticateAsync(options.User, await password.ReadAsync(cancel), cancel);
            }

            var session = new SmtpSession(client, options, time);
            client = null;
            return session;
        }
        catch (Exception failure) when (IsAway(failure) && !cancel.IsCancellationRequested)
        {
            throw new MailAwayException(failure.GetType().Name, failure);
        }
        finally
        {
            client?.Dispose();
        }
    }

    private SecureSocketOptions Security =>
        options.Port == TlsPort ? SecureSocketOptions.SslOnConnect
        : ThisMachine.Contains(options.Host) ? SecureSocketOptions.None
        : SecureSocketOptions.StartTls;

    /// <summary>Nothing of it says anything about a message or an address.</summary>
    internal static bool IsAway(Exception failure) =>
        failure
            is IOException
                or SocketException
                or TimeoutException
                or OperationCanceledException
                or ProtocolException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException
                or AuthenticationException
                or SslHandshakeException
                or NotSupportedException
                or SmtpCommandException;
}
