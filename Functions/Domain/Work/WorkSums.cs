namespace Autopay.Domain.Work;

/// <summary>The items of one kind: how many, and their cents as far as they are known.</summary>
public sealed record KindSum(WorkKind Kind, int Count, long Cents);

/// <summary>What waits for people, added up.</summary>
/// <param name="Kinds">Only kinds of which something waits.</param>
/// <param name="Late">Items by themselves, which a later clear makes nobody's work: they are in none of the sums.
/// </param>
public sealed record WorkSums(IReadOnlyList<KindSum> Kinds, IReadOnlyList<WorkItem> Late)
{
    /// <summary>Notices that wait to be sent.</summary>
    public int Notices { get; init; }

    /// <summary>Those of them that need a letter whatever a mailer can do.</summary>
    public int Letters { get; init; }

    public static WorkSums Of(IReadOnlyCollection<WorkItem> items) =>
        new(
            [
                .. items
                    .Where(item => item.Late is null)
                    .GroupBy(item => item.Kind)
                    .OrderBy(kind => kind.Key)
                    .Select(kind => new KindSum(kind.Key, kind.Count(), kind.Sum(item => item.Cents?.Cents ?? 0))),
            ],
            [.. items.Where(item => item.Late is not null)]
        );

    public static WorkSums operator +(WorkSums left, WorkSums right) =>
        new(
            [
                .. left
                    .Kinds.Concat(right.Kinds)
                    .GroupBy(sum => sum.Kind)
                    .OrderBy(kind => kind.Key)
                    .Select(kind => new KindSum(kind.Key, kind.Sum(sum => sum.Count), kind.Sum(sum => sum.Cents))),
            ],
            [.. left.Late, .. right.Late]
        )
        {
            Notices = left.Notices + right.Notices,
            Letters = left.Letters + right.Letters,
        };
}

/// <summary>Adds up what waits in ledgers. The order changes nothing.</summary>
public sealed class WorkTally
{
    private readonly List<WorkItem> items = [];
    private int notices;
    private int letters;

    public WorkSums Sums => WorkSums.Of(items) with { Notices = notices, Letters = letters };

    public void Add(AccountLedger ledger)
    {
        items.AddRange(ledger.Work());
        var waiting = ledger.PendingNotices();
        notices += waiting.Count;
        letters += waiting.Count(notice => notice.ByLetter);
    }
}
