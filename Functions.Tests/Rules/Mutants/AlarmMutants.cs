namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would let an alarm stay silent, or ring for ever.</summary>
internal static class AlarmMutants
{
    private const string Measure = "Functions/Application/Telemetry/MeasureBooks.cs";
    private const string Time = "Functions/Domain/Calendar/BankingTime.cs";
    private const string Rates = "Functions/Domain/Provider/ReturnRates.cs";

    public static IEnumerable<Mutant> All =>
        [
            new(
                "A halt grows older over a weekend",
                Time,
                "if (BankingCalendar.IsBankingDay(day))",
                "if (day > DateOnly.MinValue)",
                "BankingTimeTests"
            ),
            new(
                "A halt grows older before the due-date run",
                Time,
                "var begin = Max(from, city.ToUtc(day, runAt));",
                "var begin = Max(from, city.ToUtc(day, TimeOnly.MinValue));",
                "BankingTimeTests"
            ),
            new(
                "Accounts that are due later make the run late",
                Measure,
                ".Where(look => look <= at)",
                ".Where(look => look > DateTimeOffset.MinValue)",
                "MeasuredTests"
            ),
            new(
                "A kind of which nothing waits any more is silent",
                Measure,
                "counts.TryAdd(kind, 0);",
                "_ = counts.Remove($\"{kind}?\");",
                "MeasuredTests"
            ),
            new(
                "Few debits bring a rate near its ceiling",
                Rates,
                "Sent < AtLeastDebits || Sent == 0",
                "Sent == 0",
                "ReturnTallyTests"
            ),
        ];
}
