using Autopay.Application.Reconciling;

namespace Autopay.Application.Stuck;

/// <summary>What takes an item off the stuck list when neither replay nor discard does.</summary>
internal static class StuckAdvice
{
    /// <summary>A sentence with the route.</summary>
    public static string Of(StuckEntry entry) =>
        entry.Kind switch
        {
            "needs review" => $"A debit in review is approved or cancelled: POST /api/accounts/{entry.Account}/debits/"
                + $"{entry.Id}/approve or .../cancel.",
            ReadStuck.PaidTwice or ReadStuck.RefundList =>
                $"The money is given back or kept: {RefundOf(entry)}POST /api/accounts/{entry.Account}/payments/"
                    + $"{entry.Id}/keep.",
            "late clear" =>
                $"A hold ends when finance clears its cycles or withdraws it: PUT /api/cycles/{{n}}/backlog, or "
                    + $"DELETE /api/deferrals/{entry.Id}.",
            "no next bill" => "It goes on with the account's next bill (POST /api/imports/bills), or when the merge is "
                + "withdrawn (DELETE /api/deferrals/{id}).",
            OverdueWork.Kind => "It leaves when the accounts were looked at: POST /api/tick.",
            "refund" =>
                $"It leaves when Stripe has paid the refund or refused it: look at debit {entry.Debit} with GET "
                    + $"/api/accounts/{entry.Account}.",
            "overdue" => "The bank decides: only POST /api/stuck/{id}/replay asks the provider again.",
            _ => $"What can be done about it: {string.Join(", ", entry.Actions ?? [])}.",
        };

    private static string RefundOf(StuckEntry entry) =>
        entry.Debit is { } debit ? $"POST /api/accounts/{entry.Account}/debits/{debit}/refunds, or " : "";
}
