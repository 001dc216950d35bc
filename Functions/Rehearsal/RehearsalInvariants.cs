namespace Autopay.Rehearsal;

/// <summary>Checks every account that changed since the last check, and all of them at the end.</summary>
internal sealed class RehearsalInvariants(RehearsalWorld world)
{
    private readonly Dictionary<AccountId, AccountLedger> seen = [];
    private readonly InvariantTally tally = new(LedgerInvariants.All);

    public IReadOnlyList<string> Violations => tally.Violations;

    /// <summary>After a step: the accounts that it changed.</summary>
    public void CheckChanged()
    {
        var changed = world
            .Ledgers.Ledgers.Where(ledger => !ReferenceEquals(seen.GetValueOrDefault(ledger.Id), ledger))
            .ToList();
        var intents = IntentsOf(changed.Count);
        foreach (var ledger in changed)
        {
            CheckClosedStayClosed(ledger);
            Check(ledger, intents);
            seen[ledger.Id] = ledger;
        }
    }

    /// <summary>
    /// At the end: every account. An invariant that looked at nothing although there are books has failed (I21).
    /// </summary>
    public IReadOnlyList<InvariantResult> Finish()
    {
        var intents = IntentsOf(int.MaxValue);
        foreach (var ledger in world.Ledgers.Ledgers)
        {
            Check(ledger, intents);
        }

        return tally.Results;
    }

    private ILookup<string?, IntentReading> IntentsOf(int accounts) =>
        (accounts == 0 ? [] : world.Bank.Intents).ToLookup(intent => intent.AccountId);

    private void Check(AccountLedger ledger, ILookup<string?, IntentReading> intents) =>
        tally.Check(
            ledger,
            new InvariantContext
            {
                Now = world.Now,
                Controls = world.Controls.Current,
                ControlsAt = world.Controls.AtVersion,
                Intents = [.. intents[ledger.Id.Value]],
                Archived = [.. world.Ledgers.ArchivedOf(ledger.Id)],
                NextEvaluation = world.Ledgers.LoadAsync(ledger.Id, CancellationToken.None).Result!.NextEvaluation,
                City = world.City,
                History = LedgerInvariants.NeedHistory(ledger)
                    ? [.. world.Ledgers.HistoryOf(ledger.Id).SelectMany(row => row.Events)]
                    : null,
            }
        );

    // I6: a terminal state never changes.
    private void CheckClosedStayClosed(AccountLedger ledger)
    {
        foreach (var before in seen.GetValueOrDefault(ledger.Id)?.Debits.Where(debit => debit.IsTerminal) ?? [])
        {
            if (ledger.FindDebit(before.Id) is { } after && after.State != before.State)
            {
                tally.Note("I6", $"Debit {before.Id} went from {before.State} to {after.State}");
            }
        }
    }
}
