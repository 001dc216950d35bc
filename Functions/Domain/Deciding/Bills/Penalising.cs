namespace Autopay.Domain.Deciding.Bills;

/// <summary>Penalties of the billing system: known once, and never collected (R42).</summary>
internal static class Penalising
{
    /// <exception cref="RefusedException">The bill is not there, or the id is known with other numbers.</exception>
    public static void Record(Draft draft, ChargedPenalty penalty)
    {
        if (!draft.Ledger.Holds(penalty.Bill))
        {
            throw new RefusedException(
                $"Account {draft.Ledger.Id} has no bill {penalty.Bill}: penalty {penalty.Id} is not compared."
            );
        }

        var known = draft.Ledger.Penalties.FirstOrDefault(it => it.Id == penalty.Id);
        if (known is not null && known with { ReversedOn = penalty.ReversedOn } != penalty)
        {
            throw new RefusedException(
                $"Penalty {penalty.Id} is known as {known.Amount} on bill {known.Bill}, charged on "
                    + $"{known.ChargedOn:yyyy-MM-dd}: it stays so."
            );
        }

        if (known is null)
        {
            draft.Emit(
                new PenaltyCharged(
                    penalty.Id,
                    penalty.Bill,
                    penalty.Amount,
                    penalty.ChargedOn,
                    $"Penalty {penalty.Id} of {penalty.Amount} by the billing system; it is not collected here"
                )
            );
        }

        // An older file that does not know of the reversal undoes nothing.
        if (penalty.ReversedOn is { } on && known?.ReversedOn is null)
        {
            draft.Emit(
                new PenaltyReversed(
                    penalty.Id,
                    penalty.Bill,
                    on,
                    $"Penalty {penalty.Id} is taken back by the billing system"
                )
            );
        }
    }
}
