namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would let an alarm stay silent, or ring for ever.</summary>
internal static class AlarmMutants
{
    private const string Measure = "Functions/Application/Telemetry/MeasureBooks.cs";
    private const string See = "Functions/Application/Telemetry/SeeCity.cs";
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
                "What waits beside a ledger that cannot be read is not measured",
                See,
                "open.Where(IsOfAccount)",
                "open.Where(item => !IsOfAccount(item))",
                "MeasuredTests"
            ),
            new(
                "What waits for finance is measured of the accounts that are not on the list",
                See,
                "page.Where(entry => entry.IsListed)",
                "page.Where(entry => !entry.IsListed)",
                "MeasuredTests"
            ),
            new(
                "What engineers look after is measured of the accounts that need nobody",
                See,
                "page.Where(entry => entry.Ledger.IsWatched)",
                "page.Where(entry => !entry.Ledger.IsWatched)",
                "MeasuredTests"
            ),
            new(
                "Measured is no account that nobody looks at",
                See,
                ".Append(looks[bucket]).Min()",
                ".Append(looks[bucket]).Max(_ => (DateTimeOffset?)null)",
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
