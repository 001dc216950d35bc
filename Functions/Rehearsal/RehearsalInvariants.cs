using Autopay.Domain.Invariants;

namespace Autopay.Rehearsal;

/// <summary>What an invariant's checks found over the whole rehearsal.</summary>
public sealed record InvariantResult(string Id, bool Holds, long Looked);

/// <summary>Checks every account that changed since the last check, and all of them at the end.</summary>
internal sealed class RehearsalInvariants(RehearsalWorld world)
{
    private readonly Dictionary<AccountId, AccountLedger> seen = [];
    private readonly Dictionary<string, long> looked = LedgerInvariants.All.ToDictionary(invariant => invariant.Id, _ => 0L);
    private readonly List<string> violations = [];
    private readonly HashSet<string> broken = [];

    public IReadOnlyList<string> Violations => violations;

    /// <summary>After a step: the accounts that it changed.</summary>
    public void CheckChanged()
    {
        var changed = world.Ledgers.Ledgers.Where(ledger => !ReferenceEquals(seen.GetValueOrDefault(ledger.Id), ledger)).ToList();
        var intents = IntentsOf(changed.Count);
        foreach (var ledger in changed)
        {
            CheckClosedStayClosed(ledger);
            Check(ledger, intents);
            seen[ledger.Id] = ledger;
        }
    }

    /// <summary>At the end: every account. An invariant that looked at nothing although there are books has failed (I21).</summary>
    public IReadOnlyList<InvariantResult> Finish()
    {
        var intents = IntentsOf(int.MaxValue);
        foreach (var ledger in world.Ledgers.Ledgers)
        {
            Check(ledger, intents);
        }

        return [.. LedgerInvariants.All.Where(IsRegistered).Select(invariant => new InvariantResult(invariant.Id, !broken.Contains(invariant.Id) && looked[invariant.Id] > 0, looked[invariant.Id]))];
    }

    // An invariant whose subject does not occur in these books (nothing charged, nothing merged) is not registered.
    private bool IsRegistered(LedgerInvariant invariant) => looked[invariant.Id] > 0
        || (invariant.Id is "I3" or "I8" or "I16" or "I22" && world.Ledgers.Ledgers.Any(ledger => ledger.Bills.Count > 0))
        || (invariant.Id is "I6" && world.Ledgers.Ledgers.Any(ledger => ledger.Debits.Count > 0));

    private ILookup<string?, IntentReading> IntentsOf(int accounts) =>
        (accounts == 0 ? [] : world.Bank.Intents).ToLookup(intent => intent.AccountId);

    private void Check(AccountLedger ledger, ILookup<string?, IntentReading> intents)
    {
        var context = new InvariantContext
        {
            Now = world.Now, Controls = world.Controls.Current, ControlsAt = world.Controls.AtVersion,
            Intents = [.. intents[ledger.Id.Value]], Archived = [.. world.Ledgers.ArchivedOf(ledger.Id)],
            NextLook = world.Ledgers.LoadAsync(ledger.Id, CancellationToken.None).Result!.NextLook,
        };
        foreach (var invariant in LedgerInvariants.All)
        {
            foreach (var violation in invariant.Check(ledger, context, () => looked[invariant.Id]++))
            {
                Note(invariant.Id, $"{violation} (account {ledger.Id}, {world.Now.Today:yyyy-MM-dd} {world.Now.TimeOfDay:HH:mm})");
            }
        }
    }

    // I6: a terminal state never changes.
    private void CheckClosedStayClosed(AccountLedger ledger)
    {
        foreach (var before in seen.GetValueOrDefault(ledger.Id)?.Debits.Where(debit => debit.IsTerminal) ?? [])
        {
            if (ledger.FindDebit(before.Id) is { } after && after.State != before.State)
            {
                Note("I6", $"Debit {before.Id} went from {before.State} to {after.State}");
            }
        }
    }

    private void Note(string id, string violation)
    {
        broken.Add(id);
        violations.Add($"{id}: {violation}");
    }
}
