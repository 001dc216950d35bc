namespace Autopay.Application.Ports.Messages;

/// <summary>One e-mail of plain text.</summary>
/// <param name="Id">Names the message for good: one that comes twice is the same to whoever reads it.</param>
public sealed record Mail(string Id, string To, string Subject, string Body);

public enum MailEnd
{
    Sent,

    /// <summary>The server does not take it for this address, now or ever.</summary>
    Refused,

    /// <summary>Not now: it is tried again.</summary>
    Later,
}

/// <param name="Detail">Of one that was sent its message id, else the server's codes; never an address.</param>
public sealed record MailAnswer(MailEnd End, string Detail);

/// <summary>The city's mail server.</summary>
public interface IMailer
{
    /// <summary>Without a server everything goes by letter.</summary>
    bool IsConfigured { get; }

    /// <exception cref="MailAwayException">Nobody answers, or does not let us in.</exception>
    Task<IMailSession> OpenAsync(CancellationToken cancel);
}

public interface IMailSession : IAsyncDisposable
{
    /// <exception cref="MailAwayException">The connection is gone: whether it was sent is not known.</exception>
    Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancel);
}

/// <summary>The mail server is away: what waits goes on waiting.</summary>
public sealed class MailAwayException(string why, Exception? cause = null)
    : Exception($"The mail server is away: {why}", cause);
