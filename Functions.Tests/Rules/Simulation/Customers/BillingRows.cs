using System.Globalization;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>A row of the accounts file, as the city's own system has it.</summary>
internal sealed record AccountRow(
    AccountId Id,
    int Cycle,
    bool Autopay,
    string Customer,
    string Method,
    string Mandate,
    string Cap
)
{
    public override string ToString() =>
        $"{Id},{Cycle},north,{(Autopay ? "on" : "off")},{Customer},{Method},{Mandate},{Cap},";
}

/// <summary>A row of a bills file; cents.</summary>
internal sealed record BillRow(
    string Id,
    AccountId Account,
    int Cycle,
    DateOnly Billed,
    DateOnly Due,
    int Cents,
    int Previous
)
{
    public override string ToString() =>
        string.Join(
            ',',
            Id,
            Account,
            Cycle,
            Rows.Day(Billed),
            Rows.Day(Due),
            Rows.Day(Due.AddDays(7)),
            Rows.Dollars(Cents),
            Rows.Dollars(Previous),
            Rows.Dollars(Cents + Previous)
        );
}

/// <summary>A row of a payments file; cents.</summary>
internal sealed record PaymentRow(string Id, AccountId Account, int Cents, DateOnly Received, string Bill)
{
    public override string ToString() => $"{Id},{Account},{Rows.Dollars(Cents)},cash,1,{Rows.Day(Received)},{Bill}";
}

internal static class Rows
{
    public static string Dollars(int cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
