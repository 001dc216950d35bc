using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Files;

namespace Autopay.Samples.Generator.Bills;

/// <summary>One row of a bills file, but for the previous balance, which only the books of the account know.</summary>
internal sealed record Bill(Account Account, DateOnly Due, long ChargesCents)
{
    public string Id => $"{Account.Id}-{CsvText.Day(Due)}";
    public DateOnly BillDate => BillingCalendar.BillDate(Due);
    public DateOnly PenaltyDate => BillingCalendar.PenaltyDate(Due);
}
