namespace Autopay.Pages.Accounts;

/// <summary>One bill out of a hold or merge, while that goes on for everybody else, or back into it (R38).</summary>
internal static class ExemptActs
{
    public const string Out = "exempt";
    private const string Back = "unexempt";

    public static bool IsOne(string key) => key is Out or Back;

    /// <summary>Of every bill that has still to be asked for, and every deferral that is about it.</summary>
    public static IEnumerable<AccountAct> Of(AccountLedger ledger, Controls controls) =>
        from bill in ledger.BillsOldestFirst()
        where bill.Part is null && bill.Open.IsPositive && bill.InFlight.IsZero
        where ledger.LiveDebitOf(bill.Id) is not null
        from deferral in controls.Deferrals
        where deferral.IsInForce && deferral.IsAbout(bill.Cycle, bill.DueDate)
        select Of(ledger.Id, bill, deferral.Id);

    private static AccountAct Of(AccountId account, Bill bill, DeferralId deferral)
    {
        var isOut = bill.Exemptions.Contains(deferral);
        var path = string.Join(
            '/',
            "/api/accounts",
            Uri.EscapeDataString(account.Value),
            "bills",
            Uri.EscapeDataString(bill.Id.Value),
            "exemptions",
            Uri.EscapeDataString(deferral.Value)
        );
        return new AccountAct(
            isOut ? Back : Out,
            "PutExemption",
            $"PUT {path}",
            bill.Id.Value,
            bill.Open,
            isOut ? ActFields.Off : ActFields.On
        )
        {
            Under = deferral.Value,
        };
    }
}
