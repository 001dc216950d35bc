using System.Text.Json.Nodes;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>Exit code 1 when an expectation or an invariant fails, and each one is named.</summary>
public sealed class ExpectationsTests
{
    [Fact]
    public async Task Expectations_that_hold_end_well()
    {
        using var drill = Charged();
        drill.Timeline["expect"] = new JsonObject
        {
            ["billedCents"] = 5_000,
            ["collectedCents"] = 3_000,
            ["paidElsewhereCents"] = 2_000,
            ["creditCents"] = 0,
            ["openCents"] = 0,
            ["doubleCharges"] = 0,
            ["needsReview"] = 0,
            ["uncollected"] = 0,
        };
        var run = await Rehearse.RunAsync(drill.Write());
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.EndsWith("All invariants and expectations hold.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("billedCents", 5_001, 5_000)]
    [InlineData("collectedCents", 2_999, 3_000)]
    [InlineData("paidElsewhereCents", 0, 2_000)]
    [InlineData("creditCents", 1, 0)]
    [InlineData("openCents", 1, 0)]
    [InlineData("doubleCharges", 1, 0)]
    [InlineData("needsReview", 2, 0)]
    [InlineData("uncollected", 3, 0)]
    public async Task A_missed_expectation_is_named_with_both_values(string name, int expected, int found)
    {
        using var drill = Charged();
        drill.Timeline["expect"] = new JsonObject { [name] = expected };
        var run = await Rehearse.RunAsync(drill.Write());
        Assert.Equal((1, $"expect.{name}: expected {expected}, found {found}"), (run.ExitCode, run.Errors.Trim()));
        Assert.EndsWith("1 failed.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debits_in_review_and_uncollected_ones_are_counted()
    {
        using var drill = new Drill()
            .Account("A1", cap: "10.00")
            .Bill("B1", "2020-01-22")
            .Account("A2", method: "pm_usBankAccount_accountClosed")
            .Bill("B2", "2020-01-22", account: "A2");
        drill.Timeline["expect"] = new JsonObject { ["needsReview"] = 1, ["uncollected"] = 1 };
        Assert.Equal(0, (await Rehearse.RunAsync(drill.Write())).ExitCode);
    }

    [Fact]
    public async Task A_ledger_that_was_tampered_with_violates_invariants_that_are_named()
    {
        using var drill = Charged().Step("2020-02-03T09:00", "halt");
        var played = await Played.FromAsync(drill.Write(), Tamper);
        Assert.Contains(
            played.Failures,
            failure =>
                failure.StartsWith("I3: ", StringComparison.Ordinal)
                && failure.Contains("account A1", StringComparison.Ordinal)
        );
        Assert.Contains(played.Report.Invariants, invariant => invariant is { Id: "I3", Holds: false, Looked: > 0 });
    }

    [Fact]
    public async Task An_account_on_the_stuck_list_fails_the_rehearsal()
    {
        using var drill = Charged();
        var played = await Played.FromAsync(
            drill.Write(),
            world =>
                world
                    .Stuck.PutAsync(
                        new StuckItem("account:A1", "account", "cannot be read", "A1", world.Now.Utc),
                        CancellationToken.None
                    )
                    .Wait()
        );
        Assert.Equal("stuck: account:A1: cannot be read", Assert.Single(played.Failures));
    }

    private static Drill Charged() => new Drill().Account().Bill("B1", "2020-01-22").Pay("2020-01-14T09:00", "20.00");

    // Ten cents appear out of nowhere.
    private static void Tamper(RehearsalWorld world)
    {
        var account = new AccountId("A1");
        if (
            world.Controls.Current.IsHalted
            && world.Ledgers.LoadAsync(account, CancellationToken.None).Result is { } entry
        )
        {
            var bill = entry.Ledger.Bills[0];
            var after = entry.Ledger with { Bills = [bill with { Collected = bill.Collected + new Money(10) }] };
            var save = new LedgerSave(entry, [], after, entry.NextEvaluation, "tampered", world.Authority("tampered"));
            world.Ledgers.SaveAsync(Bucket.Of(account), [save], CancellationToken.None).Wait();
        }
    }
}
