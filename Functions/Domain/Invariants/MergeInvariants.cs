namespace Autopay.Domain.Invariants;

/// <summary>
/// What was folded or carried into another debit is in there, line by line, until somebody takes it out (R8, R11).
/// </summary>
internal static class MergeInvariants
{
    public static IEnumerable<string> PartsHaveAParentThatKeepsTheirLines(
        AccountLedger ledger,
        InvariantContext context,
        Action looked
    )
    {
        foreach (var part in ledger.Debits.Where(debit => debit.State == DebitState.Merged))
        {
            looked();
            var parent =
                part.MergedInto is { } id && id != part.Id
                    ? ledger.FindDebit(id) ?? context.Archived.FirstOrDefault(debit => debit.Id == id)
                    : null;
            if (parent is null)
            {
                yield return $"Merged debit {part.Id} has no parent";
            }
            else if (
                MissingLines(part, parent)
                    .FirstOrDefault(line => context.History?.TookOutSinceMerged(part, line.Bill) == false) is
                { } lost
            )
            {
                yield return $"Bill {lost.Bill} of merged debit {part.Id} is not in its parent {parent.Id}, "
                    + "although nobody took it out";
            }
        }

        foreach (var stray in StrayLines(ledger, context, looked))
        {
            yield return stray;
        }
    }

    public static bool HasMissingLines(AccountLedger ledger) =>
        ledger
            .Debits.Where(debit => debit.State == DebitState.Merged)
            .Any(part =>
                part.MergedInto is { } id && ledger.FindDebit(id) is { } parent && MissingLines(part, parent).Any()
            );

    private static IEnumerable<DebitLine> MissingLines(Debit part, Debit parent) =>
        part.Lines.Where(line => parent.Lines.Count(moved => CameFrom(moved, part) && IsSame(moved, line)) != 1);

    // The other way: every line that was moved came out of a part that is merged into this very debit.
    private static IEnumerable<string> StrayLines(AccountLedger ledger, InvariantContext context, Action looked)
    {
        foreach (
            var (debit, line) in ledger
                .Debits.Where(debit => debit.State != DebitState.Merged)
                .SelectMany(debit => debit.Lines.Where(line => line.Trail.Count > 0), (debit, line) => (debit, line))
        )
        {
            looked();
            var from = line.Trail[^1].From;
            if ((ledger.FindDebit(from) ?? context.Archived.FirstOrDefault(part => part.Id == from)) is not { } part)
            {
                yield return $"Bill {line.Bill} of debit {debit.Id} came out of debit {from}, which does not exist";
            }
            else if (
                part.State != DebitState.Merged
                || line.Trail.Any(hop => ledger.FindDebit(hop.From) is { State: not DebitState.Merged })
                || part.MergedInto != debit.Id
                || !part.Lines.Any(moved => IsSame(line, moved))
            )
            {
                yield return $"Bill {line.Bill} of debit {debit.Id} came out of debit {from}, which is "
                    + $"{part.State} into {part.MergedInto} without it";
            }
        }
    }

    private static bool CameFrom(DebitLine moved, Debit part) =>
        moved.Trail.Count > 0 && moved.Trail[^1].From == part.Id;

    private static bool IsSame(DebitLine moved, DebitLine line) =>
        moved.Bill == line.Bill && moved.Trail.SkipLast(1).SequenceEqual(line.Trail);
}
