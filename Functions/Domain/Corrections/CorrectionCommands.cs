namespace Autopay.Domain.Corrections;

/// <summary>A row names a bill or payment that is another account's (R29): nothing of it is taken.</summary>
/// <param name="Bill">As the row has it; null of a payment.</param>
/// <param name="Payment">As the row has it; null of a bill.</param>
/// <param name="Other">The other account.</param>
public sealed record NoteConflict(Bill? Bill, Funds? Payment, AccountId Other, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Correcting.NoteConflict(draft, this);
}

/// <summary>
/// A person takes the new numbers; of a conflict: the bill or payment moves to the account that its row names (R29,
/// R31).
/// </summary>
public sealed record TakeCorrection(CorrectedItem Item, string Id, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Correcting.Take(draft, this);
}

/// <summary>A person keeps what is stored (R29, R31).</summary>
public sealed record KeepStored(CorrectedItem Item, string Id, string Why, Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft) => Correcting.Keep(draft, this);
}
