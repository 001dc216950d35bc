using System.Text.RegularExpressions;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;

namespace Autopay.Tests.App.Application;

/// <summary>Whether the app can work, and what everybody should know while it does.</summary>
public sealed class ReadHealthTests
{
    private static readonly Policies Safe = new()
    {
        SecondPerson = true,
        ReleaseApproval = true,
        StaleBillsDays = 8,
        StalePaymentsDays = 3,
    };

    [Theory]
    [InlineData(true, true, true, null, "ready")]
    [InlineData(true, true, true, 300, "ready")]
    [InlineData(true, true, true, -300, "ready")]
    [InlineData(true, true, true, 301, "the clocks differ")]
    [InlineData(true, true, true, -301, "the clocks differ")]
    [InlineData(false, true, true, 0, "storage is away")]
    [InlineData(true, false, true, 0, "storage is away")]
    [InlineData(true, true, false, 0, "storage is away")]
    [InlineData(true, false, true, 301, "storage is away")]
    public async Task It_is_ready_when_all_parts_are_there_and_the_clocks_agree_within_five_minutes(
        bool tables,
        bool queues,
        bool blobs,
        int? skew,
        string status
    )
    {
        var ready = status == "ready";

        var health = await ReadAsync(
            Safe,
            new StorageProbe(tables, queues, blobs, skew is { } some ? TimeSpan.FromSeconds(some) : null)
        );

        Assert.Equal((status, ready, skew), (health.Status, health.IsReady, health.ClockSkewSeconds));
        Assert.Equal(ready ? false : null, health.Halted);
    }

    [Fact]
    public async Task Until_the_storage_is_prepared_it_is_not_ready_and_says_why()
    {
        var preparation = new StoragePreparation();
        preparation.Failed("no right to make tables");

        var before = await ReadAsync(Safe, preparation: preparation);
        Assert.Equal(
            ("not prepared", "no right to make tables", false),
            (before.Status, before.Missing, before.IsReady)
        );
        Assert.False(preparation.Prepared.IsCompleted);
        preparation.IsDone();

        Assert.True((await ReadAsync(Safe, preparation: preparation)).IsReady);
        Assert.True(preparation.Prepared.IsCompleted);
    }

    [Theory]
    [InlineData(true, true, 8, 3, "")]
    [InlineData(false, true, 8, 3, "SecondPerson")]
    [InlineData(true, false, 8, 3, "ReleaseApproval")]
    [InlineData(false, false, 8, 3, "SecondPerson ReleaseApproval")]
    [InlineData(true, true, 0, 3, "StaleBillsDays")]
    [InlineData(true, true, 8, 0, "StalePaymentsDays")]
    [InlineData(false, true, 0, 0, "SecondPerson StaleBillsDays StalePaymentsDays")]
    public async Task It_warns_of_each_safeguard_that_is_off_and_of_no_other(
        bool second,
        bool approval,
        int bills,
        int payments,
        string settings
    )
    {
        var health = await ReadAsync(
            new Policies
            {
                SecondPerson = second,
                ReleaseApproval = approval,
                StaleBillsDays = bills,
                StalePaymentsDays = payments,
            }
        );

        var named = Regex.Matches(health.Warning ?? "", "Autopay__(\\w+)").Select(it => it.Groups[1].Value);
        Assert.Equal(settings, string.Join(' ', named));
        Assert.Equal(settings.Length == 0, health.Warning is null);
        Assert.Equal(health.Warning?.Trim(), health.Warning);
    }

    [Fact]
    public void What_is_not_watched_is_said_in_one_sentence()
    {
        Assert.Equal(
            "What falls due is charged however long no bills file comes: Autopay__StaleBillsDays is 0.",
            SwitchedOff.UnwatchedOf(Safe with { StaleBillsDays = 0 })
        );
        Assert.Equal(
            "What falls due is charged however long no bills and no payments file comes: Autopay__StaleBillsDays and "
                + "Autopay__StalePaymentsDays are 0.",
            SwitchedOff.UnwatchedOf(Safe with { StaleBillsDays = 0, StalePaymentsDays = 0 })
        );
    }

    private static Task<Health> ReadAsync(
        Policies policies,
        StorageProbe? probe = null,
        StoragePreparation? preparation = null
    )
    {
        var done = new StoragePreparation();
        done.IsDone();
        return new ReadHealth(
            new Found(probe ?? new StorageProbe(true, true, true, TimeSpan.Zero)),
            new ScratchControlsStore(policies),
            preparation ?? done
        ).RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Found(StorageProbe probe) : IStorageProbe
    {
        public Task<StorageProbe> ProbeAsync(CancellationToken cancel) => Task.FromResult(probe);
    }
}
