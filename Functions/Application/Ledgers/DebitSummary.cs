namespace Autopay.Application.Ledgers;

/// <summary>One debit in finance's lists.</summary>
public sealed record DebitSummary(
    AccountId Account,
    DebitId Debit,
    DebitState State,
    DateOnly DueDate,
    Money Open,
    string Reason,
    IReadOnlyList<CycleNumber> Cycles
);
