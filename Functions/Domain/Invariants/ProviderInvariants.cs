namespace Autopay.Domain.Invariants;

/// <summary>Our books against the provider's word.</summary>
internal static class ProviderInvariants
{
    public static IEnumerable<string> OneChargePerDebit(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (var debit in (context.Intents ?? []).GroupBy(intent => intent.DebitId))
        {
            looked();
            var charged = debit
                .Where(intent => intent.Status is IntentStatus.Processing or IntentStatus.Succeeded)
                .ToList();
            if (charged.Count > 1)
            {
                yield return $"Debit {debit.Key} is charged {charged.Count} times: "
                    + $"{string.Join(", ", charged.Select(intent => intent.IntentId))}";
            }
        }
    }

    public static IEnumerable<string> IntentsMatchAttempts(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        if (context.Intents is not { } intents)
        {
            yield break;
        }

        var attempts = ledger.Debits.Concat(context.Archived).SelectMany(debit => debit.Attempts).ToList();
        foreach (var attempt in attempts.Where(attempt => attempt.IntentId is not null))
        {
            looked();
            var intent = intents.FirstOrDefault(it => it.IntentId == attempt.IntentId);
            if (
                intent is null
                || intent.Amount != attempt.Amount
                || intent.Currency != attempt.Currency
                || intent.Customer != attempt.Customer
            )
            {
                yield return $"Attempt {attempt.Number} of {attempt.Debit} and intent {attempt.IntentId} do not match";
            }
        }

        foreach (
            var intent in intents.Where(intent => intent.Status is IntentStatus.Processing or IntentStatus.Succeeded)
        )
        {
            looked();
            if (
                !attempts.Any(attempt => attempt.IntentId == intent.IntentId)
                && ledger.Funds.All(funds => funds.Id.Value != intent.IntentId)
            )
            {
                yield return $"Intent {intent.IntentId} charges, and no attempt knows it";
            }
        }
    }
}
