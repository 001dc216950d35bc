using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Certifying;

/// <summary>A city that requires counted totals clears no cycle without them, unless two people say so.</summary>
public sealed class RequiredTotalsTests
{
    private static readonly CycleNumber One = new(1);

    private readonly ImportWorld world = new(new Policies { CountedTotalsRequired = true });

    [Fact]
    public async Task A_clear_without_any_count_names_the_days_and_channels_that_are_missing()
    {
        await GivenAHeldBillAsync();

        var refused = await Assert.ThrowsAsync<CertificateRefusedException>(() => ClearAsync("cash"));

        Assert.Equal(
            "Cycle 1 cannot be cleared: nothing was counted. cash was not counted on 2020-01-09, 2020-01-10.",
            refused.Message
        );
        Assert.Equal([9, 10], Assert.Single(refused.Uncounted).Days.Select(day => day.Day));
        Assert.False(world.Backlog(1).Cleared);
        Assert.Equal(CertificateState.NoTotals, (await ReadAsync()).State);
    }

    [Fact]
    public async Task A_clear_that_names_no_channel_is_refused_too() =>
        Assert.Contains("names no channel", (await RefusedAsync()).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Days_that_are_counted_are_enough_and_one_that_is_not_is_a_difference()
    {
        await GivenAHeldBillAsync();
        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-09,cash,,0,0.00,");
        Assert.Equal([10], Assert.Single((await RefusedAsync("cash")).Uncounted).Days.Select(day => day.Day));

        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-10,cash,,0,0.00,1");

        Assert.True((await ClearAsync("cash")).BacklogOf(One).Cleared);
        Assert.Single(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
    }

    [Fact]
    public async Task Two_people_override_what_is_missing_and_the_certificate_says_that_nothing_was_counted()
    {
        await GivenAHeldBillAsync();
        var cleared = new BacklogCleared([One], Through("cash"));
        var asked = await world.Override.AskAsync("ov", cleared, By("finance"), CancellationToken.None);
        var approval = Assert.Single(asked.Approvals);
        Assert.Contains("is cleared although nothing was counted", approval.Shown, StringComparison.Ordinal);

        await world.Approvals.ApproveAsync(new ApprovalGiven("ov", approval.Hash), By("approver"), default);

        Assert.True(world.Backlog(1).Cleared);
        var kept = Assert.Single(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
        Assert.Equal(
            (CertificateState.Overridden, "nothing was counted", 2, true),
            (
                kept.State,
                kept.Certificate.ToSentence(),
                kept.Certificate.DaysUncounted,
                kept.Document!.Hash == world.Backlog(1).Certificate
            )
        );
    }

    [Fact]
    public async Task R26_A_clear_that_waits_for_files_needs_the_counts_when_it_takes_effect()
    {
        await GivenAHeldBillAsync();
        var file = await world.SendAsync(ImportKind.Payments, "P1,A1,5.00,check,D1,2020-01-08,");
        await ClearAsync("cash");
        await world.ApplyAsync(file);
        Assert.False(world.Backlog(1).Cleared);

        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-09,cash,,0,0.00,", "2020-01-10,cash,,0,0.00,");

        Assert.True(world.Backlog(1).Cleared);
    }

    [Fact]
    public async Task Where_nothing_is_held_no_count_is_needed()
    {
        Assert.True((await ClearAsync("cash")).BacklogOf(One).Cleared);
        Assert.Empty(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
    }

    private ChangeRequest By(string who) => new(world.Later(who));

    private async Task<Controls> ClearAsync(params string[] channels) =>
        (
            await world.Clear.RunAsync(
                new BacklogCleared([One], Through(channels)),
                world.Later("finance"),
                CancellationToken.None
            )
        ).Controls;

    private async Task<CertificateRefusedException> RefusedAsync(params string[] channels)
    {
        await GivenAHeldBillAsync();
        return await Assert.ThrowsAsync<CertificateRefusedException>(() => ClearAsync(channels));
    }

    private static Dictionary<string, DateOnly> Through(params string[] channels) =>
        channels.ToDictionary(channel => channel, _ => new DateOnly(2020, 1, 12));

    private Task<CertificateReading> ReadAsync() =>
        world.Certificate.RunAsync(One, live: false, default, CancellationToken.None);

    private async Task GivenAHeldBillAsync()
    {
        if (world.Controls.Deferrals.Count > 0)
        {
            return;
        }

        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-02,2020-01-16,2020-01-23,90.00,0.00,90.00");
        await world.DeclareAsync("outage", 1, new DateOnly(2020, 1, 9), new DateOnly(2020, 1, 31));
    }
}
