namespace Autopay.Domain.Releases;

/// <summary>A plan against the last one of its cycle.</summary>
public static class PlanComparison
{
    /// <summary>
    /// What the last plan had of each debit for the bank, cents. Null where it has sent some and the cycle was held
    /// anew since: that was another outage. Every debit would be new, all that was collected gone, and no line worth a
    /// look.
    /// </summary>
    public static Dictionary<DebitId, Money>? ToCompareWith(IReadOnlyCollection<PlanLine> last, bool isHeldSince) =>
        isHeldSince && last.Any(line => line.State == LineState.Sent)
            ? null
            : last.Where(line => line.Outcome != PlanOutcome.Gone)
                .ToDictionary(line => line.Debit, line => line.ToBank);

    /// <summary>Which lines are new since the last plan, and which have another amount.</summary>
    public static PlanLine Compare(PlanLine line, IReadOnlyDictionary<DebitId, Money>? last) =>
        last is null ? line
        : !last.TryGetValue(line.Debit, out var before)
            ? line with
            {
                Flags = [.. line.Flags, PlanFlag.NewSinceLastPlan],
            }
        : before != line.ToBank ? line with { Flags = [.. line.Flags, PlanFlag.Changed], LastPlan = before }
        : line with { LastPlan = before };

    /// <summary>What the last plan had for the bank and this one does not have at all, in the order of the
    /// debits.</summary>
    /// <param name="last">What the last plan had of each debit for the bank, cents.</param>
    public static IEnumerable<PlanLine> GoneSince(
        IEnumerable<KeyValuePair<DebitId, Money>> last,
        IEnumerable<PlanLine> lines
    )
    {
        var there = lines.Select(line => line.Debit).ToHashSet();
        return last.Where(it => it.Value.IsPositive && !there.Contains(it.Key))
            .OrderBy(it => it.Key.Account)
            .ThenBy(it => it.Key)
            .Select(it => new PlanLine
            {
                Debit = it.Key,
                DueDate = default,
                Outcome = PlanOutcome.Gone,
                Billed = Money.Zero,
                PaidElsewhere = Money.Zero,
                Bills = [],
                Customer = "",
                PaymentMethod = "",
                LastPlan = it.Value,
            });
    }
}
