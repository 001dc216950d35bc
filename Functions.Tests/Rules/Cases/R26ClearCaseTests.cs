namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// A clear while a file of counter payments has arrived and is not applied (R26): the debit left, and the money was in
/// the file.
/// </summary>
public sealed class R26ClearCaseTests
{
    [Fact]
    public async Task R26_The_clear_waits_for_the_file_and_nothing_is_debited()
    {
        using var drill = CaseDrill
            .Of("late-drawer")
            .Move("p.csv", "2020-02-19T08:00")
            .Mark("p.csv", "applied", false)
            .Then("2020-02-21T09:00", "apply");
        var played = await drill.PlayAsync();
        Assert.Contains(played.Lines, line => line.EndsWith("waits for p.csv", StringComparison.Ordinal));
        Assert.Equal([("Satisfied", 0, null)], played.Debits());
        Assert.Equal((0, 100_00, 0, 0), played.Money());
    }

    [Theory]
    [InlineData("2020-02-21T09:00", "2020-02-21")]
    [InlineData("2020-02-22T09:00", "2020-02-24")]
    public async Task R26_It_takes_effect_when_the_file_is_applied_on_a_banking_day_or_the_next_one(
        string at,
        string day
    )
    {
        using var drill = CaseDrill
            .Of("late-drawer")
            .Move("p.csv", "2020-02-19T08:00")
            .Mark("p.csv", "applied", false)
            .Change("p.csv", "100.00", "60.00")
            .Then(at, "apply");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 40_00, day)], played.Debits());
        Assert.Equal((40_00, 60_00, 0, 0), played.Money());
    }

    [Fact]
    public async Task R26_As_long_as_the_file_is_not_applied_the_debit_is_held()
    {
        using var drill = CaseDrill.Of("late-drawer").Move("p.csv", "2020-02-19T08:00").Mark("p.csv", "applied", false);
        var played = await drill.PlayAsync();
        Assert.Equal([("Deferred", 100_00, null)], played.Debits());
        Assert.Empty(played.Asked());
    }
}
