using System.Globalization;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Auditing;

/// <summary>
/// The nightly look at the record of what was decided (I10), and at the certificates and sealed plans that it names.
/// When one is not what was written, an item waits for a person until it is again. Nothing is halted: the record says
/// who decided, not what is charged.
/// </summary>
public sealed class WatchAudit(VerifyAudit verify, VerifySeals seals, IStuckStore stuck, CityClock clock)
{
    /// <summary>What it lists when the record does not stand.</summary>
    public const string Kind = "audit";

    private const int MostNamed = 5;
    private const string SealsKey = "audit-seals";

    public async Task<AuditReport> RunAsync(CancellationToken cancel)
    {
        var report = await verify.RunAsync(cancel);
        await (
            report.Broken is { } broken
                ? stuck.PutAsync(
                    new StuckItem(
                        Kind,
                        Kind,
                        $"The record of decisions is not what was written: {broken.Why}",
                        broken.Number.ToString(CultureInfo.InvariantCulture),
                        clock.Now.Utc
                    ),
                    cancel
                )
                : stuck.RemoveAsync(Kind, cancel)
        );
        return report with { Seals = await WatchSealsAsync(cancel) };
    }

    private async Task<IReadOnlyList<SealBreak>> WatchSealsAsync(CancellationToken cancel)
    {
        var broken = await seals.RunAsync(cancel);
        await (
            broken is [var first, ..]
                ? stuck.PutAsync(
                    new StuckItem(
                        SealsKey,
                        Kind,
                        $"What two people signed is not what was kept: {string.Join("; ", broken.Take(MostNamed))}",
                        first.What,
                        clock.Now.Utc
                    ),
                    cancel
                )
                : stuck.RemoveAsync(SealsKey, cancel)
        );
        return broken;
    }
}
