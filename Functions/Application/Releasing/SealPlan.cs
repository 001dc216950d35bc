using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Releasing;

/// <summary>How a release is to go out.</summary>
/// <param name="First">So many debits first, the rest waits for a go; 0: all at once.</param>
/// <param name="DailyLimit">Cents a banking day, of those behind the first; null is no limit.</param>
/// <param name="StartAt">Nothing leaves before, UTC; null is at once.</param>
/// <param name="GoOn">The civil day on which the rest goes without a person.</param>
public sealed record Sealing(int First, Money? DailyLimit, DateTimeOffset? StartAt, DateOnly? GoOn);

/// <summary>
/// Seals a plan: from here on it is what it is, by its hash, and waits for another person's approval.
/// </summary>
public sealed class SealPlan(
    IReleaseStore store,
    ChangeControls change,
    IControlsStore controlsStore,
    AcceptLateReceipts late,
    CityClock clock
)
{
    /// <summary>How long what is agreed on may wait for its start.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(31);

    /// <returns>The sealed plan; null when there is none of that name.</returns>
    /// <exception cref="RefusedException">It is not made yet, sealed already, empty, or the cycle is not cleared any
    /// more.</exception>
    public Task<ReleasePlan?> RunAsync(string id, Sealing sealing, Authority authority, CancellationToken cancel) =>
        RunAsync(id, sealing, new ChangeRequest(authority), cancel);

    /// <inheritdoc cref="RunAsync(string, Sealing, Authority, CancellationToken)"/>
    public async Task<ReleasePlan?> RunAsync(
        string id,
        Sealing sealing,
        ChangeRequest request,
        CancellationToken cancel
    )
    {
        if (await store.FindAsync(id, cancel) is not { } entry)
        {
            return null;
        }

        if (
            entry.Plan.State == PlanState.Sealed
            && request.Operation is { } operation
            && (await controlsStore.FindOperationAsync(operation.Id, cancel))?.Operation == operation
        )
        {
            return entry.Plan;
        }

        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        Require(entry.Plan, sealing, controls);
        if (!controls.Policies.ReleaseApproval)
        {
            throw new RefusedException(
                "Release approval is switched off (Autopay__ReleaseApproval): a clear lets everything go."
            );
        }

        if (controls.FindRelease(id) is not null)
        {
            throw new RefusedException($"Plan {id} is approved already.");
        }

        if (!controls.Policies.SecondPerson)
        {
            await late.RefuseReleaseAsync(entry.Plan.Cycle, cancel);
        }

        var buckets = await store.ReadLinesAsync(id, cancel).ToListAsync(cancel);
        var terms = TermsOf(entry.Plan, sealing, buckets) with
        {
            PreparedBy = await FindPreparers.OfAsync(
                entry.Plan,
                DueDatesOf(buckets),
                controls,
                controlsStore.ReadHistoryAsync(cancel),
                cancel
            ),
        };
        await WriteWavesAsync(buckets, sealing, cancel);

        // The request first: a plan that says "sealed" and waits for nobody could never be approved.
        ControlChange release = new CycleReleased(terms);
        await change.RunAsync(
            controls.Policies.SecondPerson ? new ApprovalAsked(id, release) : release,
            request,
            cancel
        );
        var sealedPlan = entry.Plan with { State = PlanState.Sealed, Terms = terms, Sealed = request.Authority };
        return (await store.TrySaveAsync(entry, sealedPlan, cancel))?.Plan ?? (await store.FindAsync(id, cancel))?.Plan;
    }

    private static HashSet<DateOnly> DueDatesOf(IReadOnlyList<BucketLines> buckets) =>
        [
            .. buckets
                .SelectMany(bucket => bucket.Lines)
                .Where(line => line.Outcome == PlanOutcome.ToBank)
                .Select(line => line.DueDate),
        ];

    private void Require(ReleasePlan plan, Sealing sealing, Controls controls)
    {
        if (plan.State == PlanState.Planning)
        {
            throw new RefusedException($"Plan {plan.Id} is still being made; look at it first.");
        }

        if (plan.State == PlanState.Sealed)
        {
            throw new RefusedException($"Plan {plan.Id} is sealed already. Another plan can be made at any time.");
        }

        if (plan.Totals is not { ToBank.Debits: > 0 } totals)
        {
            throw new RefusedException(
                $"Plan {plan.Id} has no debit that goes to the bank: nothing is to be released."
                    + (controls.HoldOf(plan.Cycle) is { } hold ? $" '{hold.Id}' holds the cycle by now." : "")
            );
        }

        if (sealing.First > totals.ToBank.Debits)
        {
            throw new RefusedException($"first: the plan has {totals.ToBank.Debits} debits.");
        }

        if (sealing.First == 0 && sealing.GoOn is not null)
        {
            throw new RefusedException("goOn: without first debits nothing waits for a go.");
        }

        RequireDays(sealing);
    }

    private void RequireDays(Sealing sealing)
    {
        var now = clock.Now.Utc;
        if (sealing.StartAt > now + LongestWait)
        {
            throw new RefusedException(
                $"startAt: expected an instant within {LongestWait.TotalDays:0} days: what two people agree on now may "
                    + "not be true any more."
            );
        }

        var start = clock.City.At(sealing.StartAt > now ? sealing.StartAt.Value : now).Today;
        var first = BankingCalendar.RollForward(start);
        if (sealing.GoOn <= first)
        {
            throw new RefusedException(
                $"goOn: expected a day after {first:yyyy-MM-dd}, on which the first debits go to the bank."
            );
        }
    }

    private ReleaseTerms TermsOf(ReleasePlan plan, Sealing sealing, IReadOnlyList<BucketLines> buckets)
    {
        List<PlanLine> lines = [.. buckets.SelectMany(bucket => bucket.Lines)];
        var totals = PlanTotals.Of(lines).ToBank;
        var waves = PlanSeal.WavesOf(lines, sealing.First, sealing.DailyLimit);
        return new ReleaseTerms(plan.Id, plan.Cycle, PlanSeal.HashOf(plan.Id, lines), totals.Debits, totals.Cents)
        {
            First = sealing.First,
            DailyLimit = sealing.DailyLimit,
            LastWave = waves.Values.Max(),
            Later = PlanTotals.LaterOf(lines),
            StartAt = sealing.StartAt is { } start && start > clock.Now.Utc ? start : clock.Now.Utc,
            GoOn = sealing.GoOn,
            ClearedAt = plan.ClearedAt,
            BucketSeals = buckets
                .Select(bucket => (bucket.Bucket, Seal: PlanSeal.OfBucket(plan.Id, bucket.Lines)))
                .Where(it => it.Seal is not null)
                .ToDictionary(it => it.Bucket.Number, it => it.Seal!),
        };
    }

    private async Task WriteWavesAsync(IReadOnlyList<BucketLines> buckets, Sealing sealing, CancellationToken cancel)
    {
        var waves = PlanSeal.WavesOf(buckets.SelectMany(bucket => bucket.Lines), sealing.First, sealing.DailyLimit);
        var written = await InParallel.SelectAsync(
            [.. buckets.Where(bucket => bucket.Lines.Any(line => waves.ContainsKey(line.Debit)))],
            Bucket.Count,
            bucket =>
                store.TrySaveLinesAsync(
                    bucket with
                    {
                        Lines =
                        [
                            .. bucket.Lines.Select(line =>
                                waves.TryGetValue(line.Debit, out var wave) ? line with { Wave = wave } : line
                            ),
                        ],
                    },
                    cancel
                )
        );
        if (written.Any(lines => lines is null))
        {
            throw new RefusedException("Somebody else seals this plan right now; look at it again.");
        }
    }
}
