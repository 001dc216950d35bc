using Autopay.Application.Ports.Books;

namespace Autopay.Application.Auditing;

/// <summary>Keeps the end of the chain, once a day, where a person who can write the tables cannot write.</summary>
public sealed class AnchorAudit(IAuditTrail trail, CityClock clock)
{
    public async Task<AuditAnchor?> RunAsync(CancellationToken cancel)
    {
        var (number, hash) = await trail.ReadHeadAsync(cancel);
        if (number == 0)
        {
            return null;
        }

        var anchor = new AuditAnchor(clock.Now.Today, number, hash, clock.Now.Utc);
        await trail.AnchorAsync(anchor, cancel);
        return anchor;
    }
}
