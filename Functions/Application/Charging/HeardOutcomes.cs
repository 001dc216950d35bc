namespace Autopay.Application.Charging;

/// <summary>What the provider said of confirms and is not recorded yet (P4).</summary>
internal sealed class HeardOutcomes(ChargeBatch batch)
{
    private readonly List<ChargeOutcome> outcomes = [];

    /// <summary>The controls that the last group was confirmed under; null before the first.</summary>
    public Controls? Seen { get; private set; }

    public int Count => outcomes.Count;

    /// <summary>A "no" to one debit may stop another one of its account: it has to be in the books first.</summary>
    public bool HasAnyOf(IReadOnlyCollection<Attempt> group)
    {
        var accounts = outcomes.Select(outcome => outcome.Attempt.Debit.Account).ToHashSet();
        return group.Any(attempt => accounts.Contains(attempt.Debit.Account));
    }

    public void Add(IEnumerable<ChargeOutcome> heard, Controls controls)
    {
        outcomes.AddRange(heard);
        Seen = controls;
    }

    public async Task RecordAsync()
    {
        if (Seen is { } controls && outcomes.Count > 0)
        {
            List<ChargeOutcome> heard = [.. outcomes];
            outcomes.Clear();
            await batch.RecordAsync(heard, controls);
        }
    }
}
