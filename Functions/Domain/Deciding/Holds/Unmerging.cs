namespace Autopay.Domain.Deciding.Holds;

/// <summary>Withdrawing a merge un-merges what its parent has not begun to charge (R8).</summary>
internal static class Unmerging
{
    public static void Unmerge(Draft draft)
    {
        // A scheduled retry has begun to charge, and keeps its amount (R17).
        var parents = draft.Ledger.Debits.Where(debit =>
            debit is { IsUnsent: true, IsRetry: false } or { State: DebitState.NeedsReview, RetryOn: null }
        );
        foreach (var parent in parents.ToList())
        {
            foreach (var part in PartsToReturn(draft, parent))
            {
                draft.Emit(new DebitUnmerged(part.Key, parent.Id, [.. part], "The merge was withdrawn"));
            }
        }
    }

    private static IEnumerable<IGrouping<DebitId, DebitLine>> PartsToReturn(Draft draft, Debit parent) =>
        from line in parent.Lines
        let hop = line.Trail.ToList().FindIndex(hop => IsWithdrawn(draft, hop))
        where hop >= 0
        group line with
        {
            Trail = [.. line.Trail.Take(hop)],
        } by line.Trail[hop].From;

    private static bool IsWithdrawn(Draft draft, Hop hop) =>
        hop.Deferral is { } id && draft.Controls.Find(id) is not { IsInForce: true };
}
