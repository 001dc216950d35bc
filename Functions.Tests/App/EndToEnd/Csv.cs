namespace Autopay.Tests.App.EndToEnd;

/// <summary>Files as the billing system sends them.</summary>
internal static class Csv
{
    public const string PaymentsHeader = "payment_id,account_id,amount,channel,drawer,received_on,bill_id";
    public const string BillsHeader =
        "bill_id,account_id,cycle,bill_date,due_date,penalty_date,current_charges,previous_balance,total_due";

    public static string Accounts(params string[] ids) => Capped("", ids);

    public static string Capped(string cap, params string[] ids) =>
        "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email\n"
        + string.Concat(ids.Select(id => $"{id},1,west,on,cus_{id},pm_{id},,{cap},\n"));

    /// <summary>Bills of cycle 1, due on Jan 22, 2020.</summary>
    public static string Bills(params (string Bill, string Account, string Charges)[] bills) =>
        $"{BillsHeader}\n"
        + string.Concat(
            bills.Select(it =>
                $"{it.Bill},{it.Account},1,2020-01-08,2020-01-22,2020-01-29,{it.Charges},0.00,{it.Charges}\n"
            )
        );

    public static string Payments(params (string Payment, string Account, string Amount)[] payments) =>
        $"{PaymentsHeader}\n"
        + string.Concat(payments.Select(it => $"{it.Payment},{it.Account},{it.Amount},cash,W1,2020-01-20,\n"));
}
