using System.Text.Json.Nodes;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Http;

/// <summary>
/// `expand[]=latest_charge.balance_transaction`: replaces an id by the object it stands for, also in every row of a
/// list.
/// </summary>
internal sealed class Expander(SandboxState state)
{
    private static readonly string[] Expandable =
    [
        "data",
        "charge",
        "latest_charge",
        "payment_intent",
        "customer",
        "payment_method",
        "mandate",
        "balance_transaction",
        "payment_method_details",
        "us_bank_account",
        "last_payment_error",
        "source",
        "review",
        "on_behalf_of",
        "application",
        "invoice",
    ];

    /// <summary>Before anything happens: a misspelt path must not cost a charge.</summary>
    public static void RefuseUnknown(Parameters parameters)
    {
        foreach (
            var path in parameters
                .List("expand")
                .Where(path => path.Split('.').Except(Expandable, StringComparer.Ordinal).Any())
        )
        {
            throw RefusedException.Parameter($"This property cannot be expanded ({path}).", "expand");
        }
    }

    public JsonNode Expand(JsonNode body, IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            Expand(body, path.Split('.'));
        }
        return body;
    }

    private void Expand(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || node is null)
        {
            return;
        }
        if (node is JsonArray rows)
        {
            foreach (var row in rows)
            {
                Expand(row, path);
            }
            return;
        }
        ExpandField(node, path);
    }

    private void ExpandField(JsonNode node, ReadOnlySpan<string> path)
    {
        if (node is not JsonObject fields || !fields.ContainsKey(path[0]))
        {
            return;
        }
        if (
            fields[path[0]] is JsonValue value
            && value.TryGetValue<string>(out var id)
            && Load(path[0], id) is { } found
        )
        {
            fields[path[0]] = Wire.Node(found);
        }
        Expand(fields[path[0]], path[1..]);
    }

    private IRow? Load(string field, string id) =>
        field switch
        {
            "charge" or "latest_charge" => state.Charges.Find(id),
            "payment_intent" => state.Intents.Find(id),
            "customer" => state.Customers.Find(id),
            "payment_method" => state.PaymentMethods.Find(id),
            "mandate" => state.Mandates.Find(id),
            "balance_transaction" => state.BalanceTransactions.Find(id),
            "source" => state.Charges.Find(id)
                ?? state.Refunds.Find(id)
                ?? state.Disputes.Find(id)
                ?? (IRow?)state.Payouts.Find(id),
            _ => null,
        };
}
