using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R10: the day and the hour on which a debit goes out.</summary>
public sealed class R10WhenTests
{
    [Theory]
    [InlineData("2020-01-22", "05:59", Scheduled)]
    [InlineData("2020-01-22", "06:00", Submitted)]
    [InlineData("2020-01-22", "23:59", Submitted)]
    [InlineData("2020-01-21", "23:59", Scheduled)]
    public void R10_A_debit_is_due_from_the_hour_of_the_run_on_its_due_date(
        string day,
        string time,
        DebitState state
    ) => GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComes(day, time).ThenDebits(state);

    [Fact]
    public void R10_The_hour_is_the_citys() =>
        GivenAnAccount(policies: new Policies { DueDateRunAt = new TimeOnly(9, 30) })
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComes("2020-01-22", "09:29")
            .ThenDebits(Scheduled)
            .WhenTheRunComes("2020-01-22", "09:30")
            .ThenDebits(Submitted);

    [Theory]
    [InlineData("2020-01-18", "2020-01-21")] // Saturday; Monday is the birthday of Martin Luther King, Jr.
    [InlineData("2020-01-19", "2020-01-21")] // Sunday
    [InlineData("2020-01-20", "2020-01-21")] // the holiday
    [InlineData("2020-02-15", "2020-02-18")] // Saturday before Washington's Birthday
    [InlineData("2020-01-25", "2020-01-27")] // an ordinary weekend
    public void R10_The_due_date_rolls_forward_to_a_banking_day(string due, string goesOut)
    {
        var account = GivenAnAccount().WhenABillIsImported("bill", 5_000, due);
        for (var day = Day(due); day < Day(goesOut); day = day.AddDays(1))
        {
            account
                .WhenTheRunComes(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "12:00")
                .ThenDebits(Scheduled);
        }

        account
            .WhenTheRunComes(goesOut, "05:59")
            .ThenDebits(Scheduled)
            .WhenTheRunComes(goesOut)
            .ThenDebits(Submitted)
            .ThenDue(1, due);
    }

    [Theory]
    [InlineData("2020-01-23", "00:01", Submitted)] // a missed run: the next look, whatever the hour
    [InlineData("2020-01-25", "10:00", Scheduled)] // Saturday
    [InlineData("2020-01-26", "10:00", Scheduled)] // Sunday
    [InlineData("2020-01-27", "05:00", Submitted)] // Monday
    [InlineData("2020-02-17", "10:00", Scheduled)] // a holiday
    [InlineData("2020-02-18", "10:00", Submitted)]
    public void R10_When_its_day_is_past_it_goes_out_on_the_banking_day_on_which_it_is_evaluated(
        string day,
        string time,
        DebitState state
    ) => GivenAnAccount().WhenABillIsImported("jan", 5_000).WhenTheRunComes(day, time).ThenDebits(state);

    [Fact]
    public void R10_Released_on_its_due_date_before_the_hour_it_waits_for_the_hour() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-01-22", "05:00")
            .WhenFinanceClears(1)
            .ThenDebits(Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenDebits(Submitted);

    [Fact]
    public void R10_Released_on_a_saturday_it_goes_out_on_monday() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-22", "10:00")
            .WhenFinanceClears(1)
            .ThenDebits(Scheduled)
            .WhenTheRunComes("2020-02-24")
            .ThenDebits(Submitted);

    [Fact]
    public void R10_Imported_after_its_due_date_it_goes_out_at_once() =>
        GivenAnAccount()
            .On("2020-01-31", "14:00")
            .WhenABillIsImported("jan", 5_000)
            .WhenEvaluated()
            .ThenDebits(Charging);
}
