using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Reconciling;

/// <summary>
/// I21: what could not be asked or looked at does not hold, and a city without anything to look at does.
/// </summary>
public sealed class SkippedCheckTests
{
    [Fact]
    public async Task Intents_of_ours_that_no_reconcile_ever_asked_for_are_a_failure()
    {
        await using var world = await ChargedAsync();
        world.Later(TimeSpan.FromDays(2));

        await ThenNotAskedAsync(world, "no comparison ever ran");
    }

    [Fact]
    public async Task A_reconcile_that_failed_on_its_first_page_is_a_failure()
    {
        await using var world = await ChargedAsync();
        await ReconcileAsync(world);
        world.Bank.Answers(Call.List, new ProviderAnswer.ServerError("503"), times: 3);
        await ReconcileAsync(world);

        await ThenNotAskedAsync(world, "failed");
    }

    [Fact]
    public async Task A_reconcile_of_three_days_ago_is_a_failure_and_one_of_yesterday_is_none()
    {
        await using var world = await ChargedAsync();
        await ReconcileAsync(world);
        world.Later(TimeSpan.FromDays(1));
        Assert.Equal((true, true), await ResultsAsync(world));

        world.Later(TimeSpan.FromDays(2));
        await ThenNotAskedAsync(world, "days old");
    }

    [Fact]
    public async Task A_reconcile_of_a_shorter_window_asks_for_nothing_before_it()
    {
        await using var world = await ChargedAsync();
        await world.Verb<Reconcile>().RunAsync(world.Now.Utc.AddHours(-1), "test", CancellationToken.None);

        world.Later(TimeSpan.FromDays(2));

        await ThenNotAskedAsync(world, "no comparison ever ran");
    }

    [Fact]
    public async Task A_city_that_charged_nothing_needs_no_reconcile_and_an_empty_one_holds()
    {
        await using var world = new ChargingWorld();
        Assert.True((await CheckAsync(world)).Holds);
        await world.DoAsync(ChargingWorld.Id(), now => new Enrol(ChargingWorld.NewEnrolment(), now));

        Assert.True((await CheckAsync(world)).Holds);
    }

    [Fact]
    public async Task A_walk_that_can_read_nothing_of_books_that_are_not_empty_is_a_failure()
    {
        await using var world = await ChargedAsync();
        var check = new CheckInvariants(
            new Unreadable(world.Ledgers, world.Verb<UnreadableLedgers>()),
            world.Controls,
            world.Reports,
            world.Stuck,
            world.Verb<ChangeControls>(),
            world.Verb<UnreadableLedgers>(),
            world.Verb<AskProviderInvariants>(),
            world.Schedules,
            world.Verb<OverdueWork>(),
            world.Verb<StandstillWatch>(),
            world.Verb<CityClock>(),
            world.Options
        );

        var report = await check.RunAsync("test", CancellationToken.None);

        Assert.Equal((false, 0), (report.Holds, report.Accounts));
        Assert.Contains($"I21: The ledger of account {ChargingWorld.Id()} cannot be read", report.Violations);
        Assert.Null(world.Controls.Current.Halt);
    }

    private static async Task<ChargingWorld> ChargedAsync()
    {
        var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        world.Later(TimeSpan.FromMinutes(1));
        return world;
    }

    private static Task<ReconcileReport> ReconcileAsync(ChargingWorld world)
    {
        world.Later(TimeSpan.FromSeconds(1));
        return world.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None);
    }

    private static Task<InvariantReport> CheckAsync(ChargingWorld world) =>
        world.Verb<CheckInvariants>().RunAsync("test", CancellationToken.None);

    private static async Task<(bool I1, bool I7)> ResultsAsync(ChargingWorld world)
    {
        var results = (await CheckAsync(world)).Invariants.ToDictionary(result => result.Id, result => result.Holds);
        return (results["I1"], results["I7"]);
    }

    private static async Task ThenNotAskedAsync(ChargingWorld world, string why)
    {
        var report = await CheckAsync(world);

        Assert.False(report.Holds);
        Assert.Contains(
            report.Violations,
            violation =>
                violation.Contains("Stripe was not asked", StringComparison.Ordinal)
                && violation.Contains(why, StringComparison.Ordinal)
        );
        Assert.Equal((false, false), await ResultsAsync(world));
        Assert.Contains(
            await world.Stuck.ReadAllAsync(CancellationToken.None).ToListAsync(),
            item => item.Kind == "invariant"
        );
        Assert.Null(world.Controls.Current.Halt);
    }

    /// <summary>Walks leave every row out, as the real store does with what it cannot read.</summary>
    private sealed class Unreadable(ILedgerStore books, UnreadableLedgers unreadable) : LedgerStoreAround(books)
    {
        public override async IAsyncEnumerable<IReadOnlyList<LedgerEntry>> ScanAsync(
            Bucket bucket,
            LedgerFilter filter,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
        )
        {
            await foreach (var page in base.ScanAsync(bucket, filter, cancel))
            {
                foreach (var entry in page)
                {
                    await unreadable.ListAsync(entry.Ledger.Id, "schema 2", cancel);
                }

                yield return [];
            }
        }
    }
}
