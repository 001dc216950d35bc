namespace Autopay.Domain.Ledger;

/// <summary>One part of a debit that is taken in parts (R45).</summary>
/// <param name="Amount">Cents.</param>
/// <param name="Day">The banking day on which it leaves.</param>
public readonly record struct DebitPart(Money Amount, DateOnly Day);
