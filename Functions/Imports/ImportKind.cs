namespace Autopay.Imports;

/// <summary>The six CSV kinds of the HTTP interface.</summary>
public enum ImportKind
{
    Accounts,
    Bills,
    Payments,
    PaymentReversals,
    BillAdjustments,
    Balances,
}

public static class ImportKinds
{
    /// <summary>The kind's name in routes and timelines: lower case with hyphens.</summary>
    public static string ToText(this ImportKind kind) =>
        kind switch
        {
            ImportKind.PaymentReversals => "payment-reversals",
            ImportKind.BillAdjustments => "bill-adjustments",
            _ => kind.ToString().ToLowerInvariant(),
        };

    public static bool TryParse(string? text, out ImportKind kind)
    {
        foreach (var candidate in Enum.GetValues<ImportKind>())
        {
            if (candidate.ToText() == text)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }

    public static string All => string.Join(", ", Enum.GetValues<ImportKind>().Select(ToText));

    /// <summary>The exact header that a file of this kind must have.</summary>
    public static IReadOnlyList<string> Columns(this ImportKind kind) =>
        kind switch
        {
            ImportKind.Accounts =>
            [
                "account_id",
                "cycle",
                "service_area",
                "autopay",
                "provider_customer_id",
                "payment_method_id",
                "mandate_id",
                "max_debit",
                "email",
            ],
            ImportKind.Bills =>
            [
                "bill_id",
                "account_id",
                "cycle",
                "bill_date",
                "due_date",
                "penalty_date",
                "current_charges",
                "previous_balance",
                "total_due",
            ],
            ImportKind.Payments =>
            [
                "payment_id",
                "account_id",
                "amount",
                "channel",
                "drawer",
                "received_on",
                "bill_id",
            ],
            ImportKind.PaymentReversals => ["payment_id", "account_id", "reason"],
            ImportKind.BillAdjustments => ["adjustment_id", "account_id", "bill_id", "amount", "reason"],
            ImportKind.Balances => ["account_id", "bill_id", "open_amount", "as_of"],
            _ => throw new InvalidOperationException($"Unknown import kind {kind}."),
        };
}
