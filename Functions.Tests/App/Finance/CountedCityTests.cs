using System.Globalization;
using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.App.Hints;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>What is counted now, what was kept, and what is looked at one by one.</summary>
public sealed class CountedCityTests
{
    private const int Few = CountCycles.CountedOnTheSpot;
    private static readonly Bucket Small = new(1);
    private static readonly Bucket Large = new(2);
    private readonly CountedCity city = new();

    public CountedCityTests() => city.MoveTo("2020-01-21");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A bill over the account's cap waits for a person.
    private static AccountScenario Model() =>
        GivenAnAccount(cap: 1_000).WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");

    [Fact]
    public async Task Of_a_bucket_of_few_accounts_nothing_is_kept_and_of_a_larger_one_what_was_counted()
    {
        await city.AddAsync(Model(), Small, Few);
        await city.Count.RunAsync(isFresh: false, Cancel);
        Assert.Empty(city.Kept);

        await city.AddAsync(Model(), Large, Few + 1);
        var first = await city.Count.RunAsync(isFresh: false, Cancel);

        var kept = Assert.Single(city.Kept).Value;
        Assert.Equal((Large, Few + 1), (kept.Bucket, kept.Ledgers));
        Assert.Equal((2 * Few + 1, true), (Assert.Single(first.Cycles).Accounts, first.IsCountedNow));
        Assert.Equal(Few + 1, kept.Work!.Kinds.Single(kind => kind.Kind == WorkKind.Review).Count);
    }

    [Fact]
    public async Task Kept_sums_are_taken_as_old_as_they_are_until_somebody_wants_them_fresh()
    {
        await city.AddAsync(Model(), Small);
        await city.AddAsync(Model(), Large, Few + 1);
        await city.Count.RunAsync(isFresh: false, Cancel);
        var then = city.Clock.Now.Utc;
        city.MoveTo("2020-01-21", "08:20");
        await city.AddAsync(Model(), Large);
        await city.AddAsync(Model(), Small);

        List<Bucket> seen = [];
        var kept = await city.Count.RunAsync(isFresh: false, (bucket, page) => seen.Add(bucket), Cancel);
        Assert.Equal((then, false, Few + 3), (kept.AsOf, kept.IsCountedNow, kept.Cycles[0].Accounts));
        Assert.Equal([Small], seen);
        Assert.Equal([Large], kept.Kept.Select(sums => sums.Bucket));
        Assert.Equal(Few + 3, kept.Work!.Kinds.Single(kind => kind.Kind == WorkKind.Review).Count);

        var fresh = await city.Count.RunAsync(isFresh: true, Cancel);
        Assert.Equal((city.Clock.Now.Utc, true, Few + 4), (fresh.AsOf, fresh.IsCountedNow, fresh.Cycles[0].Accounts));
        Assert.Equal(Few + 2, city.Kept[Large].Ledgers);
    }

    [Fact]
    public async Task What_waits_for_people_is_unknown_while_it_was_not_counted_of_one_bucket()
    {
        await city.AddAsync(Model(), Small);
        city.Kept[Large] = new BucketSums(Large, city.Clock.Now.Utc, Few + 1, []);

        Assert.Null((await city.Count.RunAsync(isFresh: false, Cancel)).Work);
    }

    [Fact]
    public async Task A_look_at_the_city_takes_kept_sums_and_every_other_account_one_by_one()
    {
        await city.AddAsync(Model(), Small, 3);
        await city.AddAsync(Model(), Large, Few + 1);
        await city.Count.RunAsync(isFresh: false, Cancel);
        var then = city.Clock.Now.Utc;
        city.MoveTo("2020-01-21", "08:20");

        var (kept, accounts, sums) = await LookAsync(isFresh: false);
        Assert.Equal((then, true, 3, 1), (kept.AsOf, kept.IsEstimate, accounts, sums));

        (var fresh, accounts, sums) = await LookAsync(isFresh: true);
        Assert.Equal((city.Clock.Now.Utc, false), (fresh.AsOf, fresh.IsEstimate));
        Assert.Equal((Few + 4, 0), (accounts, sums));
    }

    [Theory]
    [InlineData(null, null, "2020-01-22 2020-02-19")]
    [InlineData("2020-01-22", "2020-02-19", "2020-01-22 2020-02-19")]
    [InlineData("2020-01-23", null, "2020-02-19")]
    [InlineData(null, "2020-02-18", "2020-01-22")]
    [InlineData("2020-01-23", "2020-02-18", "")]
    public async Task Due_dates_are_shown_from_the_first_to_the_last_that_was_asked_for(
        string? first,
        string? last,
        string days
    )
    {
        await city.AddAsync(Model().WhenABillIsImported("feb", 4_000), Small);

        var shown = await TimelineAsync(Bound(first), Bound(last));

        Assert.Equal(days, string.Join(' ', shown.Days.Select(day => $"{day.DueDate:yyyy-MM-dd}")));
    }

    [Fact]
    public async Task Over_a_due_date_are_the_deferrals_of_its_cycle_and_window_that_are_in_force()
    {
        await city.AddAsync(Model(), Small);
        await city.DoAsync(Deferral("to its last day", "2020-01-01", "2020-01-22", DeferralAction.Hold));
        await city.DoAsync(Deferral("from its first day", "2020-01-22", "2020-02-01", DeferralAction.Merge));
        await city.DoAsync(Deferral("before", "2020-01-01", "2020-01-21", DeferralAction.Hold));
        await city.DoAsync(Deferral("after", "2020-01-23", "2020-02-01", DeferralAction.Hold));
        await city.DoAsync(Deferral("elsewhere", "2020-01-01", "2020-02-01", DeferralAction.Hold, cycle: 2));
        await city.DoAsync(Deferral("withdrawn", "2020-01-01", "2020-02-01", DeferralAction.Hold));
        await city.DoAsync(new DeferralWithdrawn(new DeferralId("withdrawn")));
        Assert.Equal(["to its last day", "from its first day"], await OverAsync(isCleared: false));

        await city.DoAsync(new BacklogCleared([new CycleNumber(1)], new Dictionary<string, DateOnly>()));

        Assert.Equal(["to its last day"], await OverAsync(isCleared: true));
        Assert.Equal(["from its first day"], await OverAsync(isCleared: false));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("2", true)]
    [InlineData("1 3", true)]
    [InlineData("3", true)]
    [InlineData("9", false)]
    [InlineData("1 9", false)]
    public async Task Penalties_are_waived_in_cycles_that_have_a_name_or_an_account(string cycles, bool isThere)
    {
        await city.AddAsync(GivenAnAccount(cycle: 3), Small);
        var change = new ChangeControls(
            city.Controls,
            new SendHints(new HintQueue(), new HintsUnderWay(), city.Clock, new ProcessingOptions()),
            city.Clock
        );
        var declare = new DeclareProtection(
            change,
            city.Count,
            [new CycleName(1, "North", ""), new CycleName(2, "South", "")],
            city.Clock
        );
        var waived = new PenaltyWaived(
            "flood",
            Day("2020-01-22"),
            Day("2020-01-22"),
            Day("2020-01-29"),
            Day("2020-02-01")
        )
        {
            Cycles =
            [
                .. cycles.Split(' ').Select(cycle => new CycleNumber(int.Parse(cycle, CultureInfo.InvariantCulture))),
            ],
        };

        var refused = await Record.ExceptionAsync(() =>
            declare.WaiveAsync(waived, new ChangeRequest(new Authority("ann", "a flood", city.Clock.Now.Utc)), Cancel)
        );

        Assert.Equal(isThere, refused is null);
        Assert.Equal(isThere ? 1 : 0, city.Controls.Current.Waivers.Count);
    }

    private async Task<IEnumerable<string>> OverAsync(bool isCleared) =>
        Assert
            .Single((await TimelineAsync(null, null)).Days)
            .Deferrals.Where(it => it.IsCleared == isCleared)
            .Select(it => it.Id.Value);

    private Task<DueDateTimeline> TimelineAsync(DateOnly? first, DateOnly? last) =>
        new ReadTimeline(city.Count, city.Controls, city.Clock).RunAsync(first, last, isFresh: false, Cancel);

    private async Task<(CityLook Look, int Accounts, int Sums)> LookAsync(bool isFresh)
    {
        var (accounts, sums) = (0, 0);
        var look = await city.Look.RunAsync(isFresh, _ => accounts++, _ => sums++, Cancel);
        return (look, accounts, sums);
    }

    private static DeferralDeclared Deferral(string id, string from, string to, DeferralAction action, int cycle = 1) =>
        new(new DeferralId(id), [new CycleNumber(cycle)], Day(from), Day(to), action, null);

    private static DateOnly? Bound(string? day) => day is null ? null : Day(day);
}
