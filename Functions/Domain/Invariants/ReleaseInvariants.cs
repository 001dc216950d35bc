namespace Autopay.Domain.Invariants;

/// <summary>What two people approved is what was sent.</summary>
internal static class ReleaseInvariants
{
    /// <summary>Attempts that were taken over after a restore had no pre-charge check of these books.</summary>
    public static IEnumerable<string> SentAsApproved(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var debit in ledger.Debits)
        {
            // A retry goes out for the amount of the attempt before.
            if (debit.Attempts.FirstOrDefault(attempt => attempt.SubmittedOn is not null) is { } sent)
            {
                looked();
                if (sent.ControlsVersion != Attempt.NotLookedAt && WhyNot(ledger, debit, sent, context) is { } why)
                {
                    yield return $"Attempt {sent.Number} of {debit.Id} was sent {why}";
                }
            }
        }
    }

    private static string? WhyNot(AccountLedger ledger, Debit debit, Attempt sent, InvariantContext context)
    {
        var seen = context.ControlsAt(sent.ControlsVersion ?? 0);
        return sent.Grant is not { } grant
            ? seen is { Policies.ReleaseApproval: true } && IsOfAHold(ledger, debit, sent, seen)
                ? "although it was held and no release has it"
                : null
            : sent.Amount > grant.Amount
                ? $"for {sent.Amount}: release {grant.Release} has {grant.Amount}"
                : (sent.Customer, sent.PaymentMethod, sent.Mandate)
                != (grant.Customer, grant.PaymentMethod, grant.Mandate)
                    ? $"with another payment method than release {grant.Release} has"
                    : grant.Release == ReleaseGrant.NotAsked || seen is null || seen.IsLive(grant.Release)
                        ? WhyLate(ledger, debit, sent, grant, seen ?? context.Controls)
                        : $"under release {grant.Release}, which was not in force";
    }

    // On the day of its lock; what is learned of it later says nothing of when it left.
    private static string? WhyLate(
        AccountLedger ledger,
        Debit debit,
        Attempt sent,
        ReleaseGrant grant,
        Controls controls
    ) =>
        grant.Release != ReleaseGrant.NotAsked
        && sent.LockedOn is { } left
        && Releasing.LastDay(ledger, debit with { Grant = grant }, controls, sent.Amount) < left
            ? $"on {left:yyyy-MM-dd}, after release {grant.Release} had let it go on {grant.On:yyyy-MM-dd}"
            : null;

    // What is left of a refused retry was let go with it; an attempt that left the row tells nothing any more.
    private static bool IsMore(AccountLedger ledger, Debit debit, AttemptLine sent)
    {
        var before = ledger
            .Debits.Where(other => other.Id != debit.Id)
            .SelectMany(other => other.Attempts)
            .Where(attempt => attempt.SubmittedOn is not null)
            .SelectMany(attempt => attempt.Lines)
            .Where(line => line.Bill == sent.Bill)
            .ToList();
        return before.Count > 0 && before.TrueForAll(line => line.Cents < sent.Cents);
    }

    // A bill that left the row, or that was exempted since, tells nothing any more.
    private static bool IsOfAHold(AccountLedger ledger, Debit debit, Attempt sent, Controls seen) =>
        debit.Lines.Any(line =>
            sent.Lines.FirstOrDefault(it => it.Bill == line.Bill) is { } of
            && (!line.WasCarried || of.Cents >= seen.Policies.MinimumCharge)
            && (!debit.BornOfRetry || IsMore(ledger, debit, of))
            && ledger.FindBill(line.Bill) is { } bill
            && seen.WasHeld(bill)
        );
}
