using System.Globalization;
using Autopay.Samples.Generator.Bills;

namespace Autopay.Samples.Generator.Accounts;

/// <summary>One row of accounts.csv.</summary>
internal sealed record Account(int Number, int Cycle)
{
    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"{Cycle * 10}-{Number:0000000}");
    public string Area => BillingCalendar.Area(Cycle);
    public bool Autopay { get; init; } = true;
    public string? PaymentMethod { get; init; }
    public long? MaxDebitCents { get; init; }
}
