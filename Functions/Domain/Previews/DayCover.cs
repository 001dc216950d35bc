namespace Autopay.Domain.Previews;

/// <summary>What is in force over the bills of one cycle and due date.</summary>
/// <param name="Held">A hold that is not cleared.</param>
internal readonly record struct DayCover(bool Held, bool Merged)
{
    public static DayCover Of(Controls controls, CycleNumber cycle, DateOnly dueDate)
    {
        var over = controls.Deferrals.Where(it => it.IsInForce && it.IsAbout(cycle, dueDate)).ToList();
        return new(
            over.Exists(it => it.Action == DeferralAction.Hold && !it.ClearedCycles.Contains(cycle)),
            over.Exists(it => it.Action == DeferralAction.Merge)
        );
    }

    /// <summary>Whether a debit in this state goes to another one when the cover becomes that (R7, R8).</summary>
    public bool Moves(DebitState state, DayCover next) =>
        state switch
        {
            DebitState.Scheduled => (!Held && next.Held) || (!Merged && next.Merged),
            DebitState.RetryScheduled => !Held && next.Held,
            DebitState.Deferred => (!Merged && next.Merged)
                || (Held && !next.Held)
                || (Merged && !next.Merged && !next.Held),
            DebitState.Merged => Merged && !next.Merged,
            _ => false,
        };
}
