namespace Autopay.Domain.Audit;

/// <summary>Walks the chain from its first row, and remembers the first thing that is wrong.</summary>
/// <param name="anchors">What was kept of it elsewhere.</param>
/// <param name="restores">The restores that were kept there: a row that only says that it is one excuses no
/// anchor.</param>
public sealed class AuditCheck(IEnumerable<AuditAnchor> anchors, IEnumerable<RestoreAnchor> restores)
{
    private readonly ILookup<long, RestoreAnchor> kept = restores.ToLookup(restore => restore.Number);
    private readonly ILookup<long, AuditAnchor> anchored = anchors.ToLookup(anchor => anchor.Number);
    private readonly HashSet<AuditAnchor> open = [.. anchors];
    private readonly List<(long Number, DateTimeOffset At)> begun = [];
    private string previous = AuditChain.Genesis;
    private (long Number, Authority? Authority) together;

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Anchors that agree with the row that they name.</summary>
    public int AnchorsMet { get; private set; }

    /// <summary>
    /// Anchors of books that a restore has replaced: what happened between the backup and the restore is not in this
    /// chain.
    /// </summary>
    public int AnchorsReplaced { get; private set; }

    /// <summary>Null while everything fits.</summary>
    public AuditBreak? Broken { get; private set; }

    /// <param name="row">The next one, in the order of their numbers.</param>
    /// <param name="isRestore">The act says that it began the books anew from a backup.</param>
    public void Add(AuditRow row, bool isRestore)
    {
        var expected = Rows + 1;
        Rows++;
        if (row.Number != expected)
        {
            Break(expected, $"row {expected} is missing");
        }
        else if (!row.IsWrittenBehind(previous))
        {
            Break(row.Number, $"row {row.Number} is not what was written, or the one before it is not");
        }

        // A restore is several acts of one moment; the chain of before ends with the first of them.
        together = row.Authority == together.Authority ? together : (row.Number, row.Authority);
        if (isRestore && kept[row.Number].FirstOrDefault(it => it.Hash == row.Hash) is { } restore)
        {
            begun.Add((together.Number, restore.At));
        }

        foreach (var anchor in anchored[row.Number].Where(anchor => anchor.Hash == row.Hash))
        {
            AnchorsMet++;
            open.Remove(anchor);
        }

        previous = row.Hash;
    }

    /// <summary>After the last row.</summary>
    /// <param name="head">The number and hash that the controls themselves name as their last.</param>
    public void End((long Number, string Hash) head)
    {
        if (head.Number != Rows || (Rows > 0 && head.Hash != previous))
        {
            Break(Math.Min(head.Number, Rows) + 1, $"the controls name row {head.Number} as the last, found {Rows}");
        }

        foreach (var anchor in open.OrderBy(anchor => anchor.Number))
        {
            if (begun.Exists(restore => restore.Number <= anchor.Number && anchor.At <= restore.At))
            {
                AnchorsReplaced++;
            }
            else
            {
                Break(anchor.Number, $"the anchor of {anchor.Day:yyyy-MM-dd} names another row {anchor.Number}");
            }
        }
    }

    private void Break(long number, string why) =>
        Broken = Broken is { } first && first.Number <= number ? first : new AuditBreak(number, why);
}
