namespace Autopay.Domain.Events;

/// <summary>The billing system has charged a penalty; nothing is collected for it (R42).</summary>
/// <param name="On">The civil day.</param>
public sealed record PenaltyCharged(string PenaltyId, BillId Bill, Money Amount, DateOnly On, string Reason)
    : LedgerEvent(Reason)
{
    public override string Title() => "penalty charged";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Penalties = [.. ledger.Penalties, new ChargedPenalty(PenaltyId, Bill, Amount, On)],
        };
}

/// <summary>The billing system has taken the penalty back.</summary>
/// <param name="On">The civil day.</param>
public sealed record PenaltyReversed(string PenaltyId, BillId Bill, DateOnly On, string Reason) : LedgerEvent(Reason)
{
    public override string Title() => "penalty reversed";

    internal override AccountLedger ApplyTo(AccountLedger ledger) =>
        ledger with
        {
            Penalties =
            [
                .. ledger.Penalties.Select(penalty =>
                    penalty.Id == PenaltyId ? penalty with { ReversedOn = On } : penalty
                ),
            ],
        };
}
