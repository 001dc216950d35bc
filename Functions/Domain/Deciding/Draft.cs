namespace Autopay.Domain.Deciding;

/// <summary>A decision in the making: the events so far and the ledger as they leave it.</summary>
internal sealed class Draft(AccountLedger ledger, Controls controls, Moment now)
{
    private readonly List<LedgerEvent> events = [];

    public IReadOnlyList<LedgerEvent> Events => events;

    public AccountLedger Ledger { get; private set; } = ledger;

    public Controls Controls => controls;

    public Policies Policies => controls.Policies;

    public Moment Now => now;

    public DateOnly Today => now.Today;

    public void Emit(LedgerEvent happened)
    {
        var dated = Date(happened);
        Ledger = Ledger.Apply(dated);
        events.Add(dated);
    }

    // Whoever blocks a bill, it is on finance's list from today on.
    private LedgerEvent Date(LedgerEvent happened) => happened is BillBlocked { On: null } blocked ? blocked with { On = Today } : happened;
}
