using System.Text.Json.Nodes;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>
/// In one minute: the bank's answers, then the steps in file order, then the due-date run. The end is inclusive.
/// </summary>
public sealed class OrderTests
{
    [Fact]
    public async Task A_hold_in_the_minute_of_the_run_comes_before_it()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Hold("2020-01-22T06:00", "2020-01-22", "2020-02-05");
        var played = await drill.PlayAsync();
        Assert.Equal(DebitState.Deferred, played.Debit(1).State);
        Assert.Empty(played.When<AttemptPlanned>());
    }

    [Fact]
    public async Task A_hold_a_minute_after_the_run_comes_too_late()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Hold("2020-01-22T06:01", "2020-01-22", "2020-02-05");
        Assert.Equal(["2020-01-22 06:00"], (await drill.PlayAsync()).When<AttemptSubmitted>());
    }

    [Fact]
    public async Task The_bank_answers_at_five_on_the_fourth_banking_day_before_any_step_of_that_minute()
    {
        using var drill = new Drill().Account().Bill("B1", "2020-02-12").Pay("2020-02-19T05:00", "50.00");
        var played = await drill.PlayAsync();

        // Feb 17 is a holiday. Collected first, so the payment of the same minute is credit.
        Assert.Equal(["2020-02-19 05:00"], played.When<AttemptCollected>());
        Assert.Equal((50_00L, 50_00L), (played.Bill("B1").CollectedCents, played.Account.CreditCents));
    }

    [Fact]
    public async Task A_no_of_the_bank_comes_before_the_payment_of_its_minute_so_the_retry_is_refused()
    {
        using var drill = new Drill()
            .Account(method: "pm_usBankAccount_insufficientFunds")
            .Bill("B1", "2020-01-15")
            .Pay("2020-01-22T05:00", "50.00");
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-22 05:00"], played.When<DebitToRetry>());
        Assert.Equal((DebitState.Superseded, 50_00L), (played.Debit(1).State, played.Bill("B1").PaidElsewhereCents));
    }

    [Fact]
    public async Task A_payment_a_minute_earlier_is_credit_that_pays_before_a_retry_is_decided()
    {
        using var drill = new Drill()
            .Account(method: "pm_usBankAccount_insufficientFunds")
            .Bill("B1", "2020-01-15")
            .Pay("2020-01-22T04:59", "50.00");
        var played = await drill.PlayAsync();
        Assert.Equal(
            (1, 50_00L, 0L),
            (played.Debit(1).Attempts, played.Bill("B1").PaidElsewhereCents, played.Account.CreditCents)
        );
    }

    [Theory]
    [InlineData("halt", "resume", 1)]
    [InlineData("resume", "halt", 0)]
    public async Task Steps_of_the_same_time_are_played_in_file_order(string first, string second, int attempts)
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Step("2020-01-22T06:00", first)
            .Step("2020-01-22T06:00", second);
        Assert.Equal(attempts, (await drill.PlayAsync()).Debit(1).Attempts);
    }

    [Fact]
    public async Task A_hold_comes_before_the_run_of_its_minute_even_when_another_step_comes_first()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Account("A2")
            .Bill("B2", "2020-01-22", at: "2020-01-22T06:00", account: "A2")
            .Hold("2020-01-22T06:00", "2020-01-22", "2020-02-05");
        var played = await drill.PlayAsync();
        Assert.All(played.Report.Accounts, account => Assert.Equal(DebitState.Deferred, account.Debits[0].State));
    }

    [Fact]
    public async Task A_bank_that_answers_in_the_minute_of_the_run_does_not_start_it()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-15")
            .Bill("B2", "2020-01-22", previous: "50.00")
            .Hold("2020-01-22T05:00", "2020-01-22", "2020-02-05");
        drill.Timeline["dueDateRunAt"] = "05:00";
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-22 05:00"], played.When<AttemptCollected>());
        Assert.Equal(DebitState.Deferred, played.Debit(2).State);
    }

    [Fact]
    public async Task Steps_are_played_in_time_order_wherever_they_stand_in_the_file()
    {
        using var drill = new Drill()
            .Step("2020-01-23T09:00", "resume")
            .Step("2020-01-22T05:00", "halt")
            .Bill("B1", "2020-01-22")
            .Account();
        var played = await drill.PlayAsync();
        Assert.Equal(["import", "import", "halt", "resume"], played.Lines.Select(line => line[18..].Split(' ')[0]));
        Assert.Equal(["2020-01-23 09:00"], played.When<AttemptSubmitted>());
    }

    [Fact]
    public async Task A_step_takes_effect_at_its_hour_and_charges_at_once()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Clear("2020-02-20T10:00");
        Assert.Equal(["2020-02-20 10:00"], (await drill.PlayAsync()).When<AttemptSubmitted>());
    }

    [Fact]
    public async Task A_clear_on_a_Sunday_charges_on_the_next_banking_day()
    {
        // Jan 20 is a holiday.
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-15")
            .Hold("2020-01-14T09:00", "2020-01-15", "2020-02-05")
            .Clear("2020-01-19T10:00");
        Assert.Equal(["2020-01-21 06:00"], (await drill.PlayAsync()).When<AttemptSubmitted>());
    }

    [Theory]
    [InlineData("2020-01-27", DebitState.Submitted)]
    [InlineData("2020-01-28", DebitState.Collected)]
    public async Task The_last_day_is_played_to_its_end(string end, DebitState state)
    {
        using var drill = new Drill().Account().Bill("B1", "2020-01-22");
        drill.Timeline["end"] = end;
        Assert.Equal(state, (await drill.PlayAsync()).Debit(1).State);
    }

    [Fact]
    public async Task A_step_and_the_run_of_the_last_day_are_played()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .OfAccount("2020-01-22T23:59", "autopay", to: "off");
        drill.Timeline["end"] = "2020-01-22";
        var played = await drill.PlayAsync();
        Assert.Equal((DebitState.Submitted, 1), (played.Debit(1).State, played.When<AutopaySwitched>().Count()));
    }

    [Fact]
    public async Task The_run_has_the_hour_that_the_timeline_says()
    {
        using var drill = new Drill().Account().Bill("B1", "2020-01-22");
        drill.Timeline["dueDateRunAt"] = "13:30";
        Assert.Equal(["2020-01-22 13:30"], (await drill.PlayAsync()).When<AttemptSubmitted>());
    }

    [Fact]
    public async Task Times_are_the_city_s_on_both_sides_of_daylight_saving()
    {
        using var drill = new Drill().Account().Bill("B1", "2020-03-06").Bill("B2", "2020-03-09", previous: "50.00");
        Assert.Equal(["2020-03-06 06:00", "2020-03-09 06:00"], (await drill.PlayAsync()).When<AttemptSubmitted>());
    }

    [Fact]
    public async Task The_policies_of_the_timeline_are_those_of_the_city()
    {
        using var drill = new Drill().Account(method: "pm_usBankAccount_insufficientFunds").Bill("B1", "2020-01-15");
        drill.Timeline["policies"] = new JsonObject
        {
            ["maxRetries"] = 1,
            ["retryAfterBankingDays"] = new JsonArray(1),
        };
        Assert.Equal(["2020-01-15 06:00", "2020-01-23 06:00"], (await drill.PlayAsync()).When<AttemptSubmitted>());
    }
}
