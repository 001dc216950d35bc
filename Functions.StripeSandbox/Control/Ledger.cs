using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Control;

/// <summary>
/// The independent witness: what was really taken, grouped by a metadata key, read from charges and never from the
/// app's rows.
/// </summary>
internal sealed class LedgerReader(SandboxState state)
{
    public LedgerReport Read(string by)
    {
        var groups = state
            .Intents.All()
            .GroupBy(intent => intent.Metadata.GetValueOrDefault(by), StringComparer.Ordinal)
            .ToList();
        var named = groups.Where(group => group.Key is not null).Select(Summarize).ToList();
        return new LedgerReport(
            by,
            named,
            [.. named.Where(group => group.LiveCharges > 1).Select(group => group.Name)],
            [.. groups.Where(group => group.Key is null).SelectMany(group => group).Select(intent => intent.Id)],
            Totals([.. groups.SelectMany(group => group).SelectMany(Movements)])
        );
    }

    private LedgerGroup Summarize(IGrouping<string?, PaymentIntent> group)
    {
        var movements = group.SelectMany(Movements).ToList();
        return new LedgerGroup(
            group.Key!,
            group.Count(),
            movements.Count(movement => movement is { Kind: "charge", Status: not ChargeStatus.Failed }),
            movements.Sum(movement => movement.NetCents),
            movements
        );
    }

    private IEnumerable<LedgerMovement> Movements(PaymentIntent intent)
    {
        foreach (var charge in state.Charges.GroupNewestFirst(intent.Id).Reverse())
        {
            var kept = charge.Status == ChargeStatus.Succeeded ? charge.Amount : 0;
            yield return new("charge", charge.Id, intent.Id, charge.Status, charge.Amount, kept, charge.Created);
            foreach (var refund in state.Refunds.GroupNewestFirst(charge.Id).Reverse())
            {
                yield return new(
                    "refund",
                    refund.Id,
                    intent.Id,
                    refund.Status,
                    refund.Amount,
                    -refund.Amount,
                    refund.Created
                );
            }
            foreach (var dispute in state.Disputes.GroupNewestFirst(charge.Id).Reverse())
            {
                var back = dispute.Status == "won" ? 0 : -dispute.Amount;
                yield return new(
                    "dispute",
                    dispute.Id,
                    intent.Id,
                    dispute.Status,
                    dispute.Amount,
                    back,
                    dispute.Created
                );
            }
        }
    }

    private LedgerTotals Totals(IReadOnlyList<LedgerMovement> movements)
    {
        long Cents(string kind, string? status) =>
            movements
                .Where(movement => movement.Kind == kind && (status is null || movement.Status == status))
                .Sum(movement => movement.AmountCents);
        return new LedgerTotals(
            state.Intents.Count,
            Cents("charge", ChargeStatus.Succeeded),
            Cents("charge", ChargeStatus.Pending),
            Cents("charge", ChargeStatus.Failed),
            Cents("refund", null),
            Cents("dispute", null) - Cents("dispute", "won"),
            movements.Sum(movement => movement.NetCents)
        );
    }
}

/// <summary>
/// `ChargedTwice`: names with more than one charge that is on its way or through, whatever happened to it afterwards.
/// </summary>
public sealed record LedgerReport(
    string By,
    IReadOnlyList<LedgerGroup> Groups,
    IReadOnlyList<string> ChargedTwice,
    IReadOnlyList<string> IntentsWithoutKey,
    LedgerTotals Totals
);

public sealed record LedgerGroup(
    string Name,
    int Intents,
    int LiveCharges,
    long NetCents,
    IReadOnlyList<LedgerMovement> Movements
);

public sealed record LedgerMovement(
    string Kind,
    string Id,
    string Intent,
    string Status,
    long AmountCents,
    long NetCents,
    long Created
);

public sealed record LedgerTotals(
    int Intents,
    long SucceededCents,
    long ProcessingCents,
    long FailedCents,
    long RefundedCents,
    long DisputedCents,
    long NetCents
);
