using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Stuck;
using Autopay.Application.Work;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// The state that lasts: everything that was due is collected or waits for a person, by the provider's word and not by
/// ours.
/// </summary>
/// <param name="asked">When the first reconcile ran after all was calm.</param>
internal sealed class EndChecks(SimWorld world, DateTimeOffset asked)
{
    // In production reconcile runs every night; here, where histories are long, what was over before its window may be
    // news that no webhook brought.
    private static readonly TimeSpan Window = TimeSpan.FromDays(70);

    public void Run()
    {
        foreach (
            var debit in world.Bank.Story.Charging.GroupBy(intent => intent.DebitId).Where(debit => debit.Count() > 1)
        )
        {
            world.Checks.Violated("I1", $"the provider charges debit {debit.Key} {debit.Count()} times");
        }

        foreach (var ledger in world.Ledgers.Ledgers)
        {
            CheckDebits(ledger);
            CheckIntents(ledger);
            CheckRefunds(ledger);
            CheckReleases(ledger);
        }

        CheckImports();
        CheckEvents();
    }

    // I5: closed, waiting with a date, or on the stuck list.
    private void CheckDebits(AccountLedger ledger)
    {
        foreach (var debit in ledger.Debits.Where(debit => !debit.IsTerminal && !Waits(ledger, debit)))
        {
            world.Checks.Violated(
                "I5",
                $"when all was calm, debit {debit.Id} of {ledger.OpenOn(debit)} stayed {debit.State}: {debit.Reason}"
            );
        }
    }

    private bool Waits(AccountLedger ledger, Debit debit) =>
        debit.State switch
        {
            DebitState.Merged or DebitState.NeedsReview => true,
            DebitState.Deferred => ledger.Suspension is not null,
            DebitState.Charging or DebitState.Unknown => debit.Discrepancy is not null,
            DebitState.Scheduled => debit.DueDate > world.Now.Today.AddDays(-4)
                || ledger.OpenOn(debit) < world.Controls.Current.Policies.MinimumCharge
                || NoticeClock.EarliestDay(ledger, debit, world.Controls.Current, world.Now.Today) > world.Now.Today
                    && world.Controls.Current.Policies.NoticeClock == NoticeClockMode.Enforce,
            _ => true,
        };

    // I25 from the other side: the plan that two people read has the debit, and as much as the bank was asked for.
    private void CheckReleases(AccountLedger ledger)
    {
        List<Debit> debits = [.. ledger.Debits.Concat(world.Ledgers.ArchivedOf(ledger.Id))];
        foreach (
            var sent in debits
                .SelectMany(debit => debit.Attempts)
                .Where(attempt => attempt is { SubmittedOn: not null, Grant.Release: not ReleaseGrant.NotAsked })
        )
        {
            var grant = sent.Grant!;
            var whole = debits.Find(debit => debit.Id == sent.Debit)?.SplitFrom;
            var lines = world
                .Releases.FindLinesAsync(grant.Release, Bucket.Of(ledger.Id), CancellationToken.None)
                .Result?.Lines.Where(it => it.Outcome == PlanOutcome.ToBank)
                .ToList();

            // A part is of the line of the debit that it was split from (R45), unless a later plan had it alone.
            var line = lines?.Find(it => it.Debit == sent.Debit) ?? lines?.Find(it => it.Debit == whole);
            if (line is null || sent.Amount > line.Open || world.Controls.Current.FindRelease(grant.Release) is null)
            {
                world.Checks.Violated("I25", $"{sent.Debit} was sent for {sent.Amount} under {grant.Release}: {line}");
            }
        }
    }

    private void CheckIntents(AccountLedger ledger)
    {
        foreach (var intent in world.Bank.Story.Intents.Where(intent => intent.AccountId == ledger.Id.Value))
        {
            var id = DebitId.TryParse(intent.DebitId, out var parsed) ? parsed : default;
            var debit =
                ledger.FindDebit(id)
                ?? world
                    .Ledgers.ArchivedOf(ledger.Id)
                    .Where(it => it.Id == id)
                    .Select(ledger.WithLateReturns)
                    .FirstOrDefault();
            if (
                Reconciliation.Compare(ledger, debit, intent) is { } difference
                && debit?.Discrepancy is null
                && !IsOldNews(intent, difference.Kind)
            )
            {
                world.Checks.Violated("I7", $"{difference.Kind} {difference.IntentId}: {difference.Detail}");
            }
        }
    }

    private bool IsOldNews(IntentReading intent, DifferenceKind kind) =>
        intent.CreatedAt < asked - Window && kind is DifferenceKind.ReturnUnseen or DifferenceKind.RefundUnseen;

    // Given back as often as asked for, and by the provider's own word; what failed there failed here.
    private void CheckRefunds(AccountLedger ledger)
    {
        var ours = ledger
            .Debits.Concat(world.Ledgers.ArchivedOf(ledger.Id))
            .SelectMany(debit => debit.Refunds)
            .ToList();
        foreach (var refund in ours.Where(refund => refund.IsOpen))
        {
            world.Checks.Violated(
                "refund",
                $"when all was calm, refund {refund.Number} of {refund.Debit} stayed {refund.State}"
            );
        }

        foreach (
            var refund in world.Bank.Story.Refunds.Where(refund =>
                refund.Debit is { } debit && DebitId.From(debit).Account == ledger.Id
            )
        )
        {
            var known = ours.Where(it => it.RefundId == refund.RefundId).ToList();
            var isOldNews =
                world.Bank.Story.Intents.First(intent => intent.IntentId == refund.IntentId).CreatedAt < asked - Window;
            if (known is not [var one] || (one.State != refund.State && !isOldNews) || one.Amount != refund.Amount)
            {
                world.Checks.Violated(
                    "refund",
                    $"refund {refund.RefundId} of {refund.Amount} is {refund.State} at the provider, and here "
                        + $"{string.Join(", ", known.Select(it => $"{it.Amount} {it.State}"))}"
                );
            }
        }
    }

    private void CheckImports()
    {
        foreach (var import in world.Imports.ReadUnfinishedAsync(CancellationToken.None).ToListAsync().AsTask().Result)
        {
            world.Checks.Violated(
                "I11",
                $"import {import.FileName} is not done: {import.State}, {import.BucketsDone} buckets done"
            );
        }
    }

    private void CheckEvents()
    {
        foreach (var happened in world.Events.Open)
        {
            world.Checks.Violated("lost", $"event {happened.Id} of {happened.IntentId} was never looked at");
        }

        var listed = world.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync().AsTask().Result;
        foreach (var item in listed.Where(item => item.Kind is EvaluateBucket.StuckKind))
        {
            world.Checks.Violated("stuck", $"{item.Id}: {item.Reason}");
        }

        foreach (
            var item in listed.Where(item =>
                item.Kind is not CollectPoisonMessages.HintKind && KindOfWork.OfStuck(item.Kind) is null
            )
        )
        {
            world.Checks.Violated("kind", $"{item.Id} is listed as '{item.Kind}', which no runbook explains");
        }
    }
}
