using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Hints;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>What falls due is held when the newest file of a kind is too old, whatever comes of the other.</summary>
public sealed class HoldStaleFeedTests
{
    private readonly ScratchImportStore imports = new();
    private readonly CountedCity city = new()
    {
        Controls = new ScratchControlsStore(
            new Policies
            {
                StaleBillsDays = 2,
                StalePaymentsDays = 3,
                ReleaseApproval = false,
            }
        ),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Bills of the 13th are old from Thursday the 16th on, payments of that day from Friday on.
    [Fact]
    public async Task The_kind_that_is_missed_first_holds_although_the_other_is_fresh()
    {
        await DueDailyAsync();
        var hold = Hold();
        await ArriveAsync(ImportKind.Bills, "2020-01-13");
        await ArriveAsync(ImportKind.Payments, "2020-01-14");

        await OnAsync(hold, "2020-01-15");
        Assert.Empty(city.Controls.Current.Deferrals);
        await OnAsync(hold, "2020-01-16");

        var held = Assert.Single(city.Controls.Current.Deferrals);
        Assert.Contains("bills", held.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("payments", held.Reason, StringComparison.Ordinal);
        await OnAsync(hold, "2020-01-16");
        Assert.Single(city.Controls.Current.Deferrals);
    }

    [Fact]
    public async Task A_kind_that_never_came_is_missed_from_the_first_file_of_the_city_on()
    {
        await DueDailyAsync();
        await ArriveAsync(ImportKind.Bills, "2020-01-13");
        await ArriveAsync(ImportKind.Bills, "2020-01-16");

        await OnAsync(Hold(), "2020-01-16");
        Assert.Empty(city.Controls.Current.Deferrals);
        await OnAsync(Hold(), "2020-01-17");

        var held = Assert.Single(city.Controls.Current.Deferrals);
        Assert.Contains("payments", held.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("bills", held.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_file_of_a_kind_counts()
    {
        await DueDailyAsync();
        foreach (var day in new[] { "2020-01-06", "2020-01-16" })
        {
            await ArriveAsync(ImportKind.Bills, day);
            await ArriveAsync(ImportKind.Payments, day);
        }

        await OnAsync(Hold(), "2020-01-17");

        Assert.Empty(city.Controls.Current.Deferrals);
    }

    [Fact]
    public async Task On_a_day_without_banks_nothing_falls_due()
    {
        await DueDailyAsync();

        await OnAsync(Hold(), "2020-01-18");
        Assert.Empty(city.Controls.Current.Deferrals);
        await OnAsync(Hold(), "2020-01-21");

        Assert.Single(city.Controls.Current.Deferrals);
    }

    private async Task DueDailyAsync()
    {
        for (var day = 13; day <= 22; day++)
        {
            var account = GivenAnAccount().WhenABillIsImported("b", 5_000, due: $"2020-01-{day}");
            await city.AddAsync(account, new Bucket(1));
        }
    }

    private Task ArriveAsync(ImportKind kind, string day) =>
        imports.TryCreateAsync(
            new ImportRecord
            {
                Id = $"{kind} {day}",
                Kind = kind,
                FileName = "file.csv",
                Sha256 = day,
                Authority = new Authority("ann", "import", At(day, "09:00").Utc),
                Rows = 1,
                Total = new Money(100),
            },
            Cancel
        );

    private Task OnAsync(HoldStaleFeed hold, string day)
    {
        city.MoveTo(day, "05:00");
        return hold.RunAsync(Cancel);
    }

    private HoldStaleFeed Hold() =>
        new(
            imports,
            city.Ledgers,
            city.Controls,
            new ChangeControls(
                city.Controls,
                new SendHints(new HintQueue(), new HintsUnderWay(), city.Clock, new()),
                city.Clock
            ),
            city.Clock
        );
}
