namespace Autopay.Domain.Ledger;

/// <summary>
/// A penalty that the billing system has charged, as its file says. It is compared with the rules (R42) and never
/// collected.
/// </summary>
/// <param name="Id">The billing system's own; known once within the account.</param>
/// <param name="Amount">Cents.</param>
/// <param name="ChargedOn">The civil day.</param>
public sealed record ChargedPenalty(string Id, BillId Bill, Money Amount, DateOnly ChargedOn)
{
    /// <summary>The civil day on which the billing system took it back; null while it stands.</summary>
    public DateOnly? ReversedOn { get; init; }
}
