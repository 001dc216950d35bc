namespace Autopay.Domain.Commands;

/// <summary>
/// May this happen now, and what follows? Pure: the same command on the same ledger and controls gives the same events.
/// An empty list says "nothing to do", which is what makes repeats harmless.
/// </summary>
public static class LedgerDecider
{
    /// <exception cref="RefusedException">The rules refuse what was asked; nothing changes.</exception>
    /// <exception cref="InvalidOperationException">The impossible: a bug of ours.</exception>
    public static IReadOnlyList<LedgerEvent> Decide(LedgerCommand command, AccountLedger ledger, Controls controls)
    {
        var draft = new Draft(ledger, controls, command);
        if (ledger.Enrolment is null && command is not Enrol)
        {
            throw new RefusedException($"Account {ledger.Id} is not enrolled.");
        }

        command.Decide(draft);
        HoldMergeRelease.Apply(draft);
        if (command is Evaluate evaluate)
        {
            DueDebits.ChargeWhatIsDue(draft, evaluate);
            Archiving.Archive(draft);
        }

        Noticing.Ask(draft);
        Listing.ListWhatIsNotCollected(draft);

        return draft.Events;
    }
}
