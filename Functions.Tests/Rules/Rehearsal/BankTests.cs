namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>The payment method's id decides what the bank does.</summary>
public sealed class BankTests
{
    [Theory]
    [InlineData("pm_anything", DebitState.Collected, 1, 50_00)]
    [InlineData("pm_usBankAccount_success", DebitState.Collected, 1, 50_00)]
    [InlineData("pm_usBankAccount_insufficientFunds", DebitState.Uncollected, 3, 0)]
    [InlineData("pm_usBankAccount_accountClosed", DebitState.Uncollected, 1, 0)]
    [InlineData("pm_usBankAccount_noAccount", DebitState.Uncollected, 1, 0)]
    [InlineData("pm_usBankAccount_debitNotAuthorized", DebitState.Uncollected, 1, 0)]
    [InlineData("pm_usBankAccount_dispute", DebitState.Collected, 1, 0)]
    [InlineData("pm_usBankAccount_processing", DebitState.Submitted, 1, 0)]
    public async Task A_payment_method_meets_its_answer(string method, DebitState state, int attempts, int collected)
    {
        using var drill = new Drill().Account(method: method).Bill("B1", "2020-01-15");
        var played = await drill.PlayAsync();
        Assert.Equal(
            (state, attempts, (long)collected),
            (played.Debit(1).State, played.Debit(1).Attempts, played.Bill("B1").CollectedCents)
        );
        Assert.Equal(50_00 - collected, played.Bill("B1").OpenCents);
    }

    [Fact]
    public async Task A_disputed_debit_is_disputed_on_the_banking_day_after_it_was_collected()
    {
        using var drill = new Drill().Account(method: "pm_usBankAccount_dispute").Bill("B1", "2020-01-15");
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-22 05:00"], played.When<AttemptCollected>());
        Assert.Equal(["2020-01-23 05:00"], played.When<ReturnReceived>());
        Assert.Single(played.When<AccountSuspended>());
    }

    [Fact]
    public async Task Three_attempts_are_five_and_ten_banking_days_after_each_no()
    {
        using var drill = new Drill().Account(method: "pm_usBankAccount_insufficientFunds").Bill("B1", "2020-01-15");
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-15 06:00", "2020-01-29 06:00", "2020-02-19 06:00"], played.When<AttemptSubmitted>());
        Assert.Equal(["2020-01-22 05:00", "2020-02-04 05:00", "2020-02-25 05:00"], played.When<AttemptFailed>());
    }
}
