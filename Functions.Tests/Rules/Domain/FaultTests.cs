using System.Globalization;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Rows of the fault matrix that pure code decides.</summary>
[Trait("Layer", "L1")]
public sealed class FaultTests
{
    // Bills far ahead of their arrival (R35).
    private static readonly Policies AnyDate = new() { MaxDaysBeforeDueDate = 10_000 };

    private const int Parts = 150;

    [Fact]
    public void F38_an_account_that_moves_while_something_is_held_keeps_each_line_with_its_own_bills_cycle() =>
        GivenAnAccount(cycle: 1)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceDeclaresAHold("outage", Due["jan"], Due["feb"], 1, 3)
            .ThenDebits(Deferred)
            .WhenTheAccountsFileSays(it => it with { Cycle = new CycleNumber(3) })
            .WhenABillIsImported("feb", 6_000)
            .ThenDebits(Deferred, Deferred)
            .WhenFinanceClears(3)
            .ThenDebits(Deferred, Scheduled)
            .ThenHeldBy(1, "outage")
            .WhenFinanceClears(1)
            .ThenDebits(Scheduled, Scheduled)
            .WhenTheRunComesFor("jan")
            .ThenAsked(1, 5_000)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 6_000);

    [Theory]
    [InlineData("2020-01-31", "2020-01-31")] // the end of a month
    [InlineData("2020-05-31", "2020-06-01")] // a Sunday, and a month further
    [InlineData("2020-02-29", "2020-03-02")] // a leap day on a Saturday
    [InlineData("2024-02-29", "2024-02-29")] // and one that is a banking day
    [InlineData("2021-02-28", "2021-03-01")]
    [InlineData("2020-03-08", "2020-03-09")] // clocks go forward that Sunday
    [InlineData("2020-11-01", "2020-11-02")] // and back on this one
    [InlineData("2020-12-31", "2020-12-31")]
    [InlineData("2021-01-01", "2021-01-04")] // a holiday on a Friday
    public void F43_odd_days_of_the_calendar_move_no_debit_to_another_day(string due, string goesOut)
    {
        var account = GivenAnAccount(policies: AnyDate).WhenABillIsImported("bill", 5_000, due);
        for (var day = Day(due).AddDays(-2); day < Day(goesOut); day = day.AddDays(1))
        {
            account
                .WhenTheRunComes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "23:59")
                .ThenDebits(Scheduled);
        }

        account.WhenTheRunComes(goesOut, "05:59").ThenDebits(Scheduled).WhenTheRunComes(goesOut).ThenDebits(Submitted);
    }

    [Fact]
    public void F37_a_merge_of_150_bills_is_collected_once_and_leaves_the_ledger_in_portions_that_fit_a_transaction()
    {
        var account = GivenAnAccount(policies: AnyDate with { LookAlikeBills = LookAlikeBillsPolicy.Off });
        for (var part = 0; part < Parts; part++)
        {
            account.WhenABillIsImported(
                $"part-{part}",
                100,
                Day("2020-01-22").AddDays(part).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            );
        }

        account
            .WhenABillIsImported("last", 100, "2020-07-01")
            .WhenFinanceDeclaresAMerge("late", "2020-01-22", "2020-06-30")
            .WhenTheRunComes("2020-07-01")
            .ThenAsked(Parts + 1, 100 * (Parts + 1))
            .TheBankSaysYes()
            .WhenTheRunComes("2020-12-01");
        var portions = Enumerable
            .Range(2, 4)
            .Select(day =>
            {
                var portion = account.LastEvents.OfType<ItemsArchived>().Sum(moved => moved.Debits.Count);
                account.WhenTheRunComes($"2020-12-0{day}");
                return portion;
            });

        Assert.Equal([50, 50, 50, 0], portions);
        account.WhenTheRunComes("2021-12-01").ThenDebits();
    }
}
