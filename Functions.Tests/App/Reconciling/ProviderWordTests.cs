using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Reconciling;

/// <summary>What the last comparison says of the books, and from when to when it says anything (I1, I7, I21).</summary>
public sealed class ProviderWordTests
{
    private static readonly DateTimeOffset Begun = new(2020, 1, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Compared = Begun.AddDays(5);
    private readonly ScratchReportStore reports = new();
    private int stored;

    // Ticks before two days are over.
    [Theory]
    [InlineData(1, null)]
    [InlineData(0, "no comparison ever ran")]
    public async Task Two_days_after_the_first_intent_somebody_must_have_asked(int ticks, string? why)
    {
        var (results, whyNot) = await AskAsync(Begun.AddDays(2).AddTicks(-ticks), new IntentSpan(Begun, Begun));

        Assert.Equal(why, whyNot);
        Assert.All(
            results,
            result => Assert.Equal((why is null, why is null), (result.Holds, result.Note is not null))
        );
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "the last comparison, of 2020-01-27 06:00, is more than 2 days old")]
    public async Task A_comparison_is_good_for_two_days(int ticks, string? why)
    {
        await StoreAsync(Report());

        Assert.Equal(why, (await AskAsync(Compared.AddDays(2).AddTicks(ticks), new IntentSpan(Begun, Begun))).WhyNot);
    }

    // It goes back to 2020-01-22 and looked at nothing: whoever charged later than two days after must be in it.
    [Theory]
    [InlineData("2020-01-24T11:59:59", 0, 0, false)]
    [InlineData("2020-01-24T12:00:00", 0, 0, true)]
    [InlineData("2020-01-27T11:59:59", 0, 0, true)]
    [InlineData("2020-01-27T12:00:00", 0, 0, false)]
    [InlineData("2020-01-25T12:00:00", 1, 0, false)]
    [InlineData("2020-01-25T12:00:00", 0, 1, false)]
    public async Task A_comparison_that_looked_at_nothing_says_nothing_of_what_it_must_have_seen(
        string newest,
        int theirs,
        int ours,
        bool isNothing
    )
    {
        await StoreAsync(Report() with { Theirs = theirs, Ours = ours });
        var span = new IntentSpan(
            Begun,
            DateTimeOffset.Parse($"{newest}Z", System.Globalization.CultureInfo.InvariantCulture)
        );

        var (results, why) = await AskAsync(Compared.AddHours(1), span);

        Assert.Equal(isNothing ? "the comparison of 2020-01-27 06:00 looked at nothing" : null, why);
        Assert.All(results, result => Assert.Equal(!isNothing, result.Holds));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task A_debit_that_a_shorter_comparison_found_charged_twice_breaks_the_books(int found, bool holds)
    {
        var twice = new Difference(DifferenceKind.ChargedTwice, "pi_1", "10-0001-1-0001", "twice");
        var other = new Difference(DifferenceKind.OursOnly, "pi_2", "10-0002-1-0001", "lost");
        await StoreAsync(Report());
        for (var report = 0; report < 2; report++)
        {
            await StoreAsync(Report() with { IsWhole = false, Differences = [report < found ? twice : other] });
        }

        var (results, _) = await AskAsync(Compared.AddHours(1), new IntentSpan(Begun, Begun));

        Assert.Equal(holds, results.Single(result => result.Id == "I1").Holds);
    }

    [Fact]
    public async Task Of_books_without_any_intent_it_is_told_how_many_were_compared()
    {
        await StoreAsync(Report());

        var (results, why) = await AskAsync(Compared.AddDays(9), null);

        Assert.Equal([("I1", true, 3), ("I7", true, 6)], results.Select(it => (it.Id, it.Holds, it.Looked)));
        Assert.Null(why);
    }

    [Fact]
    public void The_oldest_and_the_newest_attempt_are_found_in_whatever_order_accounts_are_read()
    {
        AccountLedger[] ledgers = [Charged("feb"), Charged("jan"), Charged("mar")];

        foreach (var order in new[] { new[] { 0, 1, 2 }, [2, 1, 0], [1, 2, 0] })
        {
            var place = order.Aggregate(CheckPlace.Begin, (sum, at) => sum.With(ledgers[at]));

            Assert.Equal(3, place.Accounts);
            Assert.Equal(
                (ledgers[1].Debits[0].Attempts[0].KeyAt, ledgers[2].Debits[0].Attempts[0].KeyAt),
                (place.Intents!.Oldest, place.Intents.Newest)
            );
        }
    }

    private static AccountLedger Charged(string bill) =>
        Fixtures
            .Ledger.AccountScenario.GivenAnAccount()
            .WhenABillIsImported(bill, 5_000)
            .WhenTheRunComesFor(bill)
            .Ledger;

    private static ReconcileReport Report() =>
        new()
        {
            Id = "1",
            From = Begun,
            To = Compared,
            By = "timer",
            Theirs = 3,
            Ours = 3,
        };

    private Task StoreAsync(ReconcileReport report) =>
        reports.SaveAsync(
            new StoredReport(
                Reconcile.Kind,
                $"{++stored}",
                JsonSerializer.Serialize(report, ReportJson.Default.ReconcileReport)
            ),
            CancellationToken.None
        );

    private async Task<(IReadOnlyList<InvariantResult> Results, string? WhyNot)> AskAsync(
        DateTimeOffset now,
        IntentSpan? begun
    ) =>
        await new AskProviderInvariants(reports, new CityClock(new VirtualClock(now), ChargingWorld.City)).RunAsync(
            begun,
            CancellationToken.None
        );
}
