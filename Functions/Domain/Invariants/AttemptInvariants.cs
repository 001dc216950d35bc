namespace Autopay.Domain.Invariants;

/// <summary>The charge protocol, as the ledger recorded it.</summary>
internal static class AttemptInvariants
{
    public static IEnumerable<string> NoHoldAtThePreChargeCheck(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        foreach (var attempt in Attempts(ledger).Where(attempt => attempt.SubmittedOn is not null))
        {
            looked();
            if (attempt.ControlsVersion is not { } version)
            {
                yield return $"Attempt {attempt.Number} of {attempt.Debit} was submitted without a pre-charge check";
            }
            else if (
                context.ControlsAt(version) is { } controls
                && (controls.WhyNothingIsCharged is not null || HeldBills(ledger, attempt, controls).Any())
            )
            {
                yield return $"Attempt {attempt.Number} of {attempt.Debit} was locked although "
                    + $"held or halted at version {version}";
            }
        }
    }

    public static IEnumerable<string> UnknownKeepsItsIntent(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        foreach (
            var attempt in Attempts(ledger)
                .Where(attempt => attempt.Phase is not (AttemptPhase.Planned or AttemptPhase.Abandoned))
        )
        {
            looked();
            if (attempt.IntentId is null)
            {
                yield return $"Attempt {attempt.Number} of {attempt.Debit} is {attempt.Phase} and names no intent";
            }
        }
    }

    public static IEnumerable<string> KeysAreUnique(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var key in Attempts(ledger).GroupBy(attempt => attempt.CreateKey))
        {
            looked();
            if (key.Count() > 1)
            {
                yield return $"Key {key.Key} belongs to {key.Count()} attempts";
            }
        }
    }

    public static IEnumerable<string> OneLivingAttempt(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var debit in ledger.Debits.Where(debit => debit.Attempts.Count > 0))
        {
            looked();
            if (
                debit
                    .Attempts.SkipLast(1)
                    .Any(attempt => attempt.Phase is not (AttemptPhase.Refused or AttemptPhase.Abandoned))
            )
            {
                yield return $"Debit {debit.Id} has a newer attempt although an older one is not dead";
            }
        }
    }

    private static IEnumerable<Attempt> Attempts(AccountLedger ledger) =>
        ledger.Debits.SelectMany(debit => debit.Attempts);

    private static IEnumerable<Bill> HeldBills(AccountLedger ledger, Attempt attempt, Controls controls) =>
        attempt
            .Lines.Select(line => ledger.FindBill(line.Bill))
            .OfType<Bill>()
            .Where(bill => controls.HoldsOn(bill).Any());
}
