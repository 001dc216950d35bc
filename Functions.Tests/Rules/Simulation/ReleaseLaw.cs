using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// I25 from outside, at every moment: sent + stopped + dropped + still to go is the plan that two people agreed on, in
/// debits and in cents, and what is told as sent was sent, for no more than was approved.
/// </summary>
internal static class ReleaseLaw
{
    /// <returns>What does not add up in a release that is under way; null when all does.</returns>
    public static string? WhyNotThePlan(SimWorld world) =>
        world
            .Controls.Current.Releases.Where(release => release.IsLive)
            .Select(release => WhyNot(release, LinesOf(world, release.Id), world.Ledgers.Ledgers))
            .FirstOrDefault(why => why is not null);

    /// <param name="lines">All that the plan has now, with how far each is.</param>
    /// <param name="ledgers">Of every account, at the same moment.</param>
    public static string? WhyNot(Release release, IReadOnlyList<PlanLine> lines, IEnumerable<AccountLedger> ledgers)
    {
        var terms = release.Terms;
        var progress = ReleaseProgress.Of(lines, release.IsLive);
        var debits = progress.Sent.Debits + progress.Stopped.Debits + progress.Dropped.Debits + progress.ToGo.Debits;
        var notSent = progress.Stopped.Cents + progress.Dropped.Cents + progress.ToGo.Cents;
        var planned = lines.Where(IsSent).Sum(line => line.Open);
        return debits != terms.Debits
                ? $"{release.Id} has {debits} debits, and {terms.Debits} were approved: {progress}"
            : notSent + planned != terms.Total
                ? $"{release.Id} comes to {notSent + planned}, and {terms.Total} were approved: {progress}"
            : progress.Sent.Cents > planned ? $"{release.Id} sent more than it had for these debits: {progress}"
            : WhyNotSent(release, lines, [.. ledgers]);
    }

    private static string? WhyNotSent(Release release, IReadOnlyList<PlanLine> lines, List<AccountLedger> ledgers)
    {
        var sent = ledgers
            .SelectMany(ledger => ledger.Debits)
            .SelectMany(debit => debit.Attempts.Select(attempt => (Debit: debit, Attempt: attempt)))
            .Where(it => it.Attempt.SubmittedOn is not null && it.Attempt.Grant?.Release == release.Id)
            .ToLookup(it => it.Debit.Id, it => it.Attempt.Amount);
        var planned = lines
            .Where(line => line.Outcome == PlanOutcome.ToBank)
            .ToDictionary(line => line.Debit, line => line.Open);
        var splits = ledgers
            .SelectMany(ledger => ledger.Debits)
            .Where(debit => debit.SplitFrom is not null && !planned.ContainsKey(debit.Id))
            .ToDictionary(debit => debit.Id, debit => debit.SplitFrom!.Value);

        // A part is of what was approved of the debit that it was split from (R45); a retry repeats its amount (R17).
        foreach (var debits in sent.GroupBy(debit => splits.GetValueOrDefault(debit.Key, debit.Key)))
        {
            var taken = debits.Sum(debit => debit.Max());
            if (!planned.TryGetValue(debits.Key, out var open) || taken > open)
            {
                return $"{string.Join(", ", debits.Select(debit => debit.Key))} were sent under {release.Id} for "
                    + $"{taken}, approved was {open}";
            }
        }

        return lines
            .Where(IsSent)
            .Where(line => IsKnown(line.Debit, ledgers) && !sent[line.Debit].Contains(line.Sent))
            .Select(line => $"{release.Id} tells that {line.Debit} was sent for {line.Sent}, and it was not")
            .FirstOrDefault();
    }

    // What is archived is not looked at.
    private static bool IsKnown(DebitId debit, List<AccountLedger> ledgers) =>
        ledgers.Find(ledger => ledger.Id == debit.Account)?.FindDebit(debit) is not null;

    private static bool IsSent(PlanLine line) => line is { Outcome: PlanOutcome.ToBank, State: LineState.Sent };

    private static List<PlanLine> LinesOf(SimWorld world, string release) =>
        [
            .. Bucket
                .All.Where(world.IsUsed)
                .SelectMany(bucket =>
                    world.Releases.FindLinesAsync(release, bucket, CancellationToken.None).Result?.Lines ?? []
                ),
        ];
}
