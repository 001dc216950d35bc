namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// A bank that says no all year (R36): thirty-six debits were sent, and each one cost the customer a fee.
/// </summary>
public sealed class R36YearOfReturnsCaseTests
{
    private const string Name = "06-insufficient-funds-for-a-year";

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public async Task R36_After_so_many_debits_that_came_back_nothing_is_sent_before_a_person_lifts_it(int most)
    {
        using var drill = CaseDrill.Of(Name).Policy("maxReturnsPerYear", most);
        var played = await drill.PlayAsync();
        var debits = played.Of("N1").Debits;
        Assert.Equal(
            (most, most),
            (debits.Count(debit => debit.Attempts > 0), debits.TakeWhile(debit => debit.Attempts > 0).Count())
        );
        Assert.All(debits.Skip(most), debit => Assert.Equal(DebitState.Deferred, debit.State));
        Assert.Equal($"returned {most} times in 12 months", played.LedgerOf("N1").Suspension?.Reason);
        Assert.Contains(played.LedgerOf("N1").Work(), item => item.Kind == WorkKind.Suspended);
        Assert.Equal((0, 600_00), (played.Report.Totals.CollectedCents, played.Report.Totals.OpenCents));
    }

    [Fact]
    public async Task R36_The_third_no_ends_it_and_the_retries_of_the_others_stay_with_us()
    {
        using var drill = CaseDrill.Of(Name).Policy("maxReturnsPerYear", 3);
        Assert.Equal([3, 2, 1], (await drill.PlayAsync()).Of("N1").Debits.Take(3).Select(debit => debit.Attempts));
    }

    [Fact]
    public async Task R36_Without_the_policy_the_bank_is_asked_thirty_six_times()
    {
        using var drill = CaseDrill.Of(Name);
        Assert.Equal(36, (await drill.PlayAsync()).Asked().Length);
    }

    [Fact]
    public async Task R36_A_person_who_lifts_it_lets_what_waited_go()
    {
        using var drill = CaseDrill
            .Of(Name)
            .Policy("maxReturnsPerYear", 3)
            .Then("2026-12-01T09:00", "suspend", ("account", "N1"), ("to", "off"), ("reason", "She has a new job"));
        var played = await drill.PlayAsync();
        var waited = played.Of("N1").Debits.Where(debit => debit.DueDate is { Month: > 3 and < 12 }).ToList();
        Assert.All(waited, debit => Assert.Equal(new DateOnly(2026, 12, 1), debit.SubmittedOn));
    }
}
