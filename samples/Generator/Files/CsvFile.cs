using System.Text;

namespace Autopay.Samples.Generator.Files;

/// <summary>One CSV file in the making. Fields are made by this program and never need quotes.</summary>
internal sealed class CsvFile(string header)
{
    private readonly StringBuilder _text = new StringBuilder(header).Append('\n');

    public static CsvFile Accounts() =>
        new("account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email");

    public static CsvFile Bills() =>
        new("bill_id,account_id,cycle,bill_date,due_date,penalty_date,current_charges,previous_balance,total_due");

    public static CsvFile Payments() => new("payment_id,account_id,amount,channel,drawer,received_on,bill_id");

    public static CsvFile Reversals() => new("payment_id,account_id,reason");

    public static CsvFile Adjustments() => new("adjustment_id,account_id,bill_id,amount,reason");

    public void Add(params ReadOnlySpan<string> fields) => _text.AppendJoin(',', fields).Append('\n');

    public override string ToString() => _text.ToString();
}
