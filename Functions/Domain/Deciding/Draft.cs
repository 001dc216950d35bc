namespace Autopay.Domain.Deciding;

/// <summary>A decision in the making: the events so far and the ledger as they leave it.</summary>
internal sealed class Draft(AccountLedger ledger, Controls controls, LedgerCommand command)
{
    private readonly List<LedgerEvent> events = [];

    public IReadOnlyList<LedgerEvent> Events => events;

    public AccountLedger Ledger { get; private set; } = ledger;

    public Controls Controls => controls;

    public Policies Policies => controls.Policies;

    public Moment Now => command.Now;

    public DateOnly Today => Now.Today;

    /// <summary>The import that is being applied; null outside of one.</summary>
    public string? Source => command.Source;

    public void Emit(LedgerEvent happened)
    {
        var whole = Complete(happened);
        Ledger = Ledger.Apply(whole);
        events.Add(whole);
    }

    // Whoever opens cents again, or brings a bill again, the import that asked for it is kept.
    private LedgerEvent Complete(LedgerEvent happened) =>
        happened switch
        {
            BillAdjusted adjusted => adjusted with { Source = Source },
            BillFlagged { Check: ReviewCheck.Twin } flagged => flagged with { Source = Source },
            FundsUnapplied unapplied => unapplied with { Source = Source },
            _ => happened,
        };
}
