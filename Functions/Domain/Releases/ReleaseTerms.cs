namespace Autopay.Domain.Releases;

/// <summary>What two people agree on: a sealed plan, and how it goes out.</summary>
/// <param name="PlanHash">SHA-256 of the plan's sorted lines, lower-case hex.</param>
/// <param name="Debits">How many go to the bank, at most.</param>
/// <param name="Total">Of these debits, cents.</param>
public sealed record ReleaseTerms(string Id, CycleNumber Cycle, string PlanHash, int Debits, Money Total)
{
    /// <summary>So many go first, and the rest waits for a go; 0: all go at once.</summary>
    public int First { get; init; }

    /// <summary>Of the debits behind the first ones, cents a banking day; null is no limit.</summary>
    public Money? DailyLimit { get; init; }

    /// <summary>The number of the last wave: 0 is the first ones, each wave from 1 on has a banking day of its
    /// own.</summary>
    public int LastWave { get; init; }

    /// <summary>How many of the debits go in parts (R45), and what of them leaves in a later part.</summary>
    public PlanSum Later { get; init; }

    /// <summary>Nothing of it leaves before, UTC.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>The civil day on which the rest goes without a person; null: a person says go.</summary>
    public DateOnly? GoOn { get; init; }

    /// <summary>A seal for each bucket with lines that go to the bank, by its number: its grants are held against it.
    /// Null in terms of before there were any.</summary>
    public IReadOnlyDictionary<int, string>? BucketSeals { get; init; }

    /// <summary>Who made the plan, who cleared the cycle or asked for that in spite of differences, and who withdrew a
    /// hold: nobody of them approves it.</summary>
    public IReadOnlyList<string> PreparedBy { get; init; } = [];

    /// <summary>When the cycle was cleared, UTC: another clear is another release. Null when every hold was
    /// withdrawn.</summary>
    public DateTimeOffset? ClearedAt { get; init; }
}
