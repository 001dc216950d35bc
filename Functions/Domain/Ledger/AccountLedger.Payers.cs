using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

/// <summary>A customer of the provider who once authorised the account's debits.</summary>
/// <param name="Until">The civil day on which the account got another payer.</param>
public sealed record FormerPayer(string Customer, DateOnly Until);

public sealed partial record AccountLedger
{
    /// <summary>Those before the payer of today, oldest first (R34).</summary>
    public IReadOnlyList<FormerPayer> FormerPayers { get; init; } = [];

    /// <summary>The last payer that an accounts file named; kept while autopay is off and a file names none.</summary>
    public string? KnownPayer { get; init; }

    /// <summary>Who authorises the account's debits today; null when nobody was ever named.</summary>
    [JsonIgnore]
    public string? Payer => Enrolment is { Customer.Length: > 0 } enrolment ? enrolment.Customer : KnownPayer;

    /// <summary>Whose bill or money it is.</summary>
    public string? PayerOf(string? stamped) => stamped ?? Payer;

    public bool IsOfFormerPayer(string? stamped) => stamped is not null && stamped != Payer;

    /// <summary>
    /// Whose money was received on a day: paper receipts are posted weeks later. Null: the payer's of today.
    /// </summary>
    public string? PayerOn(DateOnly received) =>
        FormerPayers.FirstOrDefault(former => received < former.Until)?.Customer;

    /// <summary>Money pays bills of its own payer only (R34).</summary>
    public bool CanPay(Funds funds, Bill bill) => PayerOf(funds.Payer) == PayerOf(bill.Payer);

    /// <summary>Whether both may be in one debit: of one payer, and taken out of the same deferrals.</summary>
    public bool GoTogether(Bill one, Bill other) =>
        PayerOf(one.Payer) == PayerOf(other.Payer) && one.Exemptions.ToHashSet().SetEquals(other.Exemptions);

    // What was nobody's in particular was the payer's until now.
    private AccountLedger ChangePayer(PayerChanged e) =>
        this with
        {
            FormerPayers = [.. FormerPayers, new FormerPayer(e.From, e.On)],
            ReturnedDebits = [],
            Bills = [.. Bills.Select(bill => bill with { Payer = bill.Payer ?? e.From })],
            Funds = [.. Funds.Select(funds => funds with { Payer = funds.Payer ?? e.From })],
        };
}
