using System.Text.Json.Nodes;
using Autopay.Rehearsal;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>
/// An account of an expected.json and one of a report, as the same lines of text; a debit's line begins with its due
/// date.
/// </summary>
internal static class ExpectedAccount
{
    public static IEnumerable<string> Bills(JsonNode account) =>
        account["bills"]!
            .AsObject()
            .OrderBy(bill => (string)bill.Value!["due"]!, StringComparer.Ordinal)
            .Select(bill =>
                $"{bill.Key} due {bill.Value!["due"]}: {bill.Value["charges"]} = {bill.Value["paid"]} + "
                + $"{bill.Value["collected"]} + {bill.Value["open"]}"
            );

    public static IEnumerable<string> Debits(JsonNode account) =>
        account["debits"]!
            .AsArray()
            .Select(debit =>
                $"due {debit!["due"]}: {debit["state"]} {debit["amount"]} on {debit["on"]}: "
                + $"{string.Join(", ", debit["lines"]!.AsArray().Select(line => $"{line![0]} {line[1]}"))}"
            )
            .Order(StringComparer.Ordinal);

    public static string Text(ReportBill bill) =>
        FormattableString.Invariant($"{bill.Bill} due {bill.DueDate:yyyy-MM-dd}: {bill.ChargesCents} = ")
        + FormattableString.Invariant($"{bill.PaidElsewhereCents} + {bill.CollectedCents} + {bill.OpenCents}");

    public static IEnumerable<string> InDueDateOrder(IEnumerable<ReportDebit> debits) =>
        debits
            .Select(debit =>
                FormattableString.Invariant($"due {debit.DueDate:yyyy-MM-dd}: {debit.State} {debit.AmountCents} on ")
                + FormattableString.Invariant($"{debit.SubmittedOn:yyyy-MM-dd}: ")
                + string.Join(", ", debit.Lines.Select(line => $"{line.Bill} {line.Cents}"))
            )
            .Order(StringComparer.Ordinal);
}
