using Autopay.Application.Ports.Books;

namespace Autopay.Application.Auditing;

/// <param name="Head">The last row's hash; an auditor keeps it.</param>
/// <param name="Broken">The first row that is not what was written; null when the record stands.</param>
public sealed record AuditReport(
    long Rows,
    string Head,
    int AnchorsMet,
    int AnchorsReplaced,
    AuditBreak? Broken,
    DateTimeOffset At
)
{
    /// <summary>Certificates and sealed plans that are not what the record says of them.</summary>
    public IReadOnlyList<SealBreak> Seals { get; init; } = [];

    public bool IsWhole => Broken is null && Seals.Count == 0;
}

/// <summary>Walks the whole chain of acts and holds it against the anchors.</summary>
public sealed class VerifyAudit(IAuditTrail trail, CityClock clock)
{
    public async Task<AuditReport> RunAsync(CancellationToken cancel)
    {
        // The anchors first: one that is made meanwhile is of a later row.
        var check = new AuditCheck(
            await trail.ReadAnchorsAsync(cancel).ToListAsync(cancel),
            await trail.ReadRestoresAsync(cancel).ToListAsync(cancel)
        );
        var head = await trail.ReadHeadAsync(cancel);
        await foreach (var row in trail.ReadAsync(cancel).Where(row => row.Number <= head.Number))
        {
            check.Add(row, AuditedAct.NameOf(row) == AuditedAct.Restore);
        }

        check.End(head);
        return new AuditReport(
            check.Rows,
            head.Hash,
            check.AnchorsMet,
            check.AnchorsReplaced,
            check.Broken,
            clock.Now.Utc
        );
    }
}
