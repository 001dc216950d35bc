namespace Autopay.Domain.Previews;

/// <summary>The bills that a change of the controls is about.</summary>
internal sealed class ChangeSubject
{
    private readonly IReadOnlyList<Deferral> deferrals;
    private readonly IReadOnlyList<CycleNumber>? cycles;

    private ChangeSubject(IEnumerable<Deferral?> deferrals, IReadOnlyList<CycleNumber>? cycles = null)
    {
        this.deferrals = [.. deferrals.OfType<Deferral>()];
        this.cycles = cycles;
    }

    /// <exception cref="InvalidOperationException">The change moves no debits, or is never shown before.</exception>
    public static ChangeSubject Of(ControlChange change, Controls before, Controls after) =>
        change switch
        {
            DeferralDeclared declared => new([after.Find(declared.Id)]),
            DeferralWithdrawn withdrawn => new([before.Find(withdrawn.Id)]),
            BacklogCleared cleared => new(HoldsOf(before), cleared.Cycles),
            BacklogReopened reopened => new(HoldsOf(before), reopened.Cycles),
            _ => throw new InvalidOperationException($"There is no preview of {change.Name}."),
        };

    public bool IsAbout(AccountLedger ledger, Debit debit) =>
        debit.Lines.Any(line =>
            ledger.FindBill(line.Bill) is { } bill
            && IsOf(bill.Cycle)
            && deferrals.Any(deferral => deferral.IsAbout(bill))
        );

    public bool IsAbout(CycleNumber cycle, DateOnly dueDate) =>
        IsOf(cycle) && deferrals.Any(deferral => deferral.IsAbout(cycle, dueDate));

    private bool IsOf(CycleNumber cycle) => cycles?.Contains(cycle) ?? true;

    private static IEnumerable<Deferral> HoldsOf(Controls controls) =>
        controls.Deferrals.Where(deferral => deferral is { Action: DeferralAction.Hold, IsInForce: true });
}
