using System.Text.Json.Serialization;

namespace Autopay.Domain.Corrections;

/// <summary>What a correction is about.</summary>
public enum CorrectedItem
{
    Bill,

    Payment,
}

/// <summary>
/// A row of a file that contradicts what we know under its id: other content (R31), or another account (R29). It
/// changes nothing; both versions stay until a person takes the new one or keeps the old.
/// </summary>
public sealed record Correction
{
    /// <summary>The bill as the file has it now; null when a payment is corrected.</summary>
    public Bill? Bill { get; init; }

    /// <summary>The payment as the file has it now; null when a bill is corrected.</summary>
    public Funds? Payment { get; init; }

    /// <summary>
    /// The other account that has, or wants, the same id (R29); null when only the content differs (R31).
    /// </summary>
    public AccountId? Other { get; init; }

    /// <summary>The import that brought it.</summary>
    public string? Import { get; init; }

    /// <summary>The civil day on which it came.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Both versions, for a person.</summary>
    public required string Reason { get; init; }

    [JsonIgnore]
    public CorrectedItem Item => Bill is not null ? CorrectedItem.Bill : CorrectedItem.Payment;

    /// <summary>The id of the bill or payment.</summary>
    [JsonIgnore]
    public string Id => Bill?.Id.Value ?? Payment!.Id.Value;

    /// <summary>What the file says, word by word: the same again is the same correction.</summary>
    [JsonIgnore]
    public string Version => Versions.Of(this);

    /// <summary>The cents that the file asks for, or says came in.</summary>
    [JsonIgnore]
    public Money Amount => Bill?.CurrentCharges ?? Payment!.Amount;

    public bool IsOf(CorrectedItem item, string id) => Item == item && Id == id;

    /// <summary>
    /// A newer version takes the place of an older one; what another account wants is a question of its own (R29).
    /// </summary>
    public bool IsReplacedBy(Correction newer) => newer.IsOf(Item, Id) && newer.Other == Other;

    /// <summary>The adjustment that takes a bill to zero where it has been moved from (R29).</summary>
    public static string MoveOf(BillId bill) => $"moved-{bill}";
}

/// <summary>
/// A bill or payment in words: everything that its file says of it, and nothing that happened to it since.
/// </summary>
public static class Versions
{
    public static string Of(Bill bill) =>
        $"bill {bill.Id}: charges {bill.CurrentCharges}, due {bill.DueDate:yyyy-MM-dd}, penalty from "
        + $"{bill.PenaltyDate:yyyy-MM-dd}, billed {bill.BillDate:yyyy-MM-dd}, "
        + $"cycle {bill.Cycle}, previous balance {bill.PreviousBalance}, total due {bill.TotalDue}";

    public static string Of(Funds payment) =>
        $"payment {payment.Id}: {payment.Amount} by {payment.Channel}, received {payment.ReceivedOn:yyyy-MM-dd}"
        + $"{(payment.Drawer.Length == 0 ? "" : $", drawer {payment.Drawer}")}"
        + $"{(payment.NamedBill is { } bill ? $", for bill {bill}" : "")}";

    public static string Of(Correction correction) =>
        $"{(correction.Bill is { } bill ? Of(bill) : Of(correction.Payment!))}"
        + $"{(correction.Other is { } other ? $", account {other}" : "")}";

    /// <summary>
    /// Whether the file says the same of what is collected; what it says was open before may differ (R31).
    /// </summary>
    public static bool AskTheSame(Bill one, Bill other) =>
        Of(one) == Of(other with { PreviousBalance = one.PreviousBalance, TotalDue = one.TotalDue });
}
