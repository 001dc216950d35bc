using System.Text.Json.Serialization;

namespace Autopay.Domain.Invariants;

/// <summary>What an invariant's checks found over all accounts.</summary>
/// <param name="Looked">How many items it looked at; zero is a failure where there is something to look at
/// (I21).</param>
public sealed record InvariantResult(string Id, bool Holds, long Looked)
{
    /// <summary>What is said of one that could not look at anything yet: it is no failure.</summary>
    public const string NothingYet = "nothing to look at yet";

    /// <summary>For people, beside whether it holds; null when there is nothing to add.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

/// <summary>What a tally counted.</summary>
/// <param name="Violations">The first of them; the count is complete.</param>
public sealed record TallyOfInvariants(
    IReadOnlyDictionary<string, long> Looked,
    IReadOnlyList<string> Broken,
    IReadOnlyList<string> Violations,
    int ViolationCount,
    bool HasBills,
    bool HasDebits
);

/// <summary>Checks account after account, counts, and keeps what is broken.</summary>
public sealed class InvariantTally(IReadOnlyList<LedgerInvariant> invariants)
{
    /// <summary>Of a city whose books are broken everywhere the first ones tell enough; they are all counted.</summary>
    private const int MostKept = 500;

    private readonly Dictionary<string, long> looked = invariants.ToDictionary(invariant => invariant.Id, _ => 0L);
    private readonly HashSet<string> broken = [];
    private readonly List<string> violations = [];
    private bool hasBills;
    private bool hasDebits;

    public IReadOnlyList<string> Violations => violations;

    public int ViolationCount { get; private set; }

    /// <summary>Everything that it counted, for a tally that goes on with it.</summary>
    public TallyOfInvariants Counted => new(looked, [.. broken], violations, ViolationCount, hasBills, hasDebits);

    /// <summary>Goes on where another tally of the same invariants ended.</summary>
    public void GoOnFrom(TallyOfInvariants before)
    {
        foreach (var (id, count) in before.Looked)
        {
            looked[id] += count;
        }

        broken.UnionWith(before.Broken);
        violations.AddRange(before.Violations);
        ViolationCount += before.ViolationCount;
        hasBills |= before.HasBills;
        hasDebits |= before.HasDebits;
    }

    public IReadOnlyList<InvariantResult> Results =>
        [
            .. invariants
                .Where(IsRegistered)
                .Select(invariant => new InvariantResult(
                    invariant.Id,
                    !broken.Contains(invariant.Id) && looked[invariant.Id] > 0,
                    looked[invariant.Id]
                )),
        ];

    public void Check(AccountLedger ledger, InvariantContext context)
    {
        hasBills |= ledger.Bills.Count > 0;
        hasDebits |= ledger.Debits.Count > 0;
        foreach (var invariant in invariants)
        {
            foreach (var violation in invariant.Check(ledger, context, () => looked[invariant.Id]++))
            {
                Note(
                    invariant.Id,
                    $"{violation} (account {ledger.Id}, {context.Now.Today:yyyy-MM-dd} {context.Now.TimeOfDay:HH:mm})"
                );
            }
        }
    }

    public void Note(string id, string violation)
    {
        broken.Add(id);
        ViolationCount++;
        if (violations.Count < MostKept)
        {
            violations.Add($"{id}: {violation}");
        }
    }

    // An invariant whose subject does not occur in these books (nothing charged, nothing merged) is not registered.
    private bool IsRegistered(LedgerInvariant invariant) =>
        looked[invariant.Id] > 0
        || (invariant.Id is "I3" or "I8" or "I16" or "I22" && hasBills)
        || (invariant.Id is "I6" && hasDebits);
}
