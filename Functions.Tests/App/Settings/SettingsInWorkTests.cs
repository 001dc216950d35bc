using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Waiting;
using Autopay.Imports;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Settings;

/// <summary>How the app works and when it brakes, each at its own value.</summary>
public sealed class SettingsInWorkTests
{
    private static readonly ProcessingOptions Own = OwnSettings.Read<ProcessingOptions>();
    private static readonly ProcessingOptions WithoutLease = Own with { Lease = TimeSpan.Zero };

    [Fact]
    public async Task An_attempt_in_doubt_is_left_alone_until_it_may_be_recovered()
    {
        await using var world = new ChargingWorld(WithoutLease);
        await world.EnrolAsync();
        await world.BillAsync(
            ChargingWorld.Id(),
            "b2",
            due: new DateOnly(2020, 2, 19),
            previousCents: ChargingWorld.Cents
        );
        world.Bank.Answers(Call.Confirm, new ProviderAnswer.Doubt("lost"), happens: true);
        world.Bank.Answers(Call.Read, new ProviderAnswer.NotYet("429"));
        await world.WalkAsync();
        Assert.Equal((DebitState.Unknown, 1), (world.Debit().State, world.Bank.Count(Call.Read)));

        world.Later(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        // After a change of the controls a walk looks at every account with an unsent debit, due or not.
        await world.HoldAsync();
        await world.WalkAsync();
        Assert.Equal(1, world.Bank.Count(Call.Read));
        world.Later(TimeSpan.FromSeconds(1));
        await world.WalkAsync();

        Assert.Equal((DebitState.Submitted, 2), (world.Debit().State, world.Bank.Count(Call.Read)));
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, true, 1)]
    public async Task One_person_ends_a_halt_only_where_the_city_wants_it_so(bool second, bool isHalted, int waiting)
    {
        await using var world = new ChargingWorld(Own);
        await world.ChangeAsync(new ChargingHalted());

        var controls = await new ResumeCharging(
            world.Verb<ChangeControls>(),
            new Policies { SecondPerson = second }
        ).RunAsync("r", new ChangeRequest(new Authority("ann", "found it", DateTimeOffset.UnixEpoch)), default);

        Assert.Equal((isHalted, waiting), (controls.IsHalted, controls.Approvals.Count));
        Assert.False(OwnSettings.Read<Policies>().SecondPerson);
    }

    [Fact]
    public async Task A_halt_stops_what_comes_after_the_group_that_is_under_way()
    {
        await using var world = new ChargingWorld(WithoutLease with { ProviderParallelism = 1 });
        await world.EnrolInOneBucketAsync(5);
        world.Bank.Meanwhile(Call.Confirm, () => world.ChangeAsync(new ChargingHalted()));

        await world.WalkAsync();

        Assert.Equal((2, 3), (world.Bank.Count(Call.Confirm), world.Bank.Count(Call.Cancel)));
    }

    [Fact]
    public async Task So_many_calls_to_the_provider_are_under_way_at_once()
    {
        await using var world = new ChargingWorld(WithoutLease);
        await world.EnrolInOneBucketAsync(8);
        var (entered, underWay, most, answer) = (0, 0, 0, new TaskCompletionSource());
        for (var call = 0; call < 8; call++)
        {
            world.Bank.Meanwhile(
                Call.Create,
                async () =>
                {
                    entered++;
                    most = Math.Max(most, ++underWay);
                    await answer.Task;
                    underWay--;
                }
            );
        }

        var walk = world.WalkAsync();
        await Eventually.HoldsAsync("three calls are under way", () => entered >= 3);
        answer.SetResult();
        await walk;

        Assert.Equal((8, 3), (entered, most));
    }

    [Fact]
    public async Task A_lease_keeps_others_away_for_its_time()
    {
        await using var world = new ChargingWorld(Own);
        async Task<bool> IsFreeAsync() =>
            await world.Verb<BucketLeases>().TryTakeAsync(Bucket.Of(ChargingWorld.Id()), CancellationToken.None)
                is not null;
        Assert.True(await IsFreeAsync());

        world.Later(TimeSpan.FromMinutes(7) - TimeSpan.FromSeconds(1));
        Assert.False(await IsFreeAsync());
        world.Later(TimeSpan.FromSeconds(1));

        Assert.True(await IsFreeAsync());
    }

    [Theory]
    [InlineData(44, 0)]
    [InlineData(45, 0)]
    [InlineData(46, 1)]
    public async Task A_bill_of_an_unknown_account_waits_its_days_after_its_due_date(int days, int dropped)
    {
        await using var world = new ChargingWorld();
        var waiting = new ScratchWaitingRows();
        await waiting.PutBillsAsync(
            new Bucket(7),
            [WaitingBill(world.Now.Today.AddDays(-days), world.Now.Utc)],
            CancellationToken.None
        );
        var drop = new DropWaitingBills(waiting, world.Verb<CityClock>(), OwnSettings.Read<Policies>());

        Assert.Equal(dropped, await drop.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Each_family_of_returns_has_its_own_ceiling()
    {
        await using var world = new ChargingWorld { Ceilings = OwnSettings.Read<ReturnCeilings>() };

        Assert.Equal(
            [
                (ReturnFamily.Unauthorized, 0.25m, 5),
                (ReturnFamily.Administrative, 2m, 5),
                (ReturnFamily.Overall, 12m, 5),
            ],
            world.Verb<WatchReturns>().NewTally().Rates.Select(rate => (rate.Family, rate.Ceiling, rate.AtLeastDebits))
        );
    }

    // One return of five debits: 20 %.
    [Theory]
    [InlineData("R10", 30, 5, 30, 5, ReturnFamily.Administrative, false)]
    [InlineData("R10", 5, 30, 30, 5, ReturnFamily.Unauthorized, true)]
    [InlineData("R03", 5, 30, 30, 5, ReturnFamily.Unauthorized, false)]
    [InlineData("R03", 30, 5, 30, 5, ReturnFamily.Administrative, true)]
    [InlineData("R01", 5, 5, 30, 5, ReturnFamily.Overall, false)]
    [InlineData("R01", 30, 30, 5, 5, ReturnFamily.Overall, true)]
    [InlineData("R10", 5, 30, 30, 6, ReturnFamily.Unauthorized, false)]
    public async Task A_ceiling_halts_for_the_returns_of_its_family_and_for_no_other(
        string code,
        int unauthorized,
        int administrative,
        int overall,
        int atLeast,
        ReturnFamily family,
        bool halts
    )
    {
        await using var world = new ChargingWorld
        {
            Ceilings = new ReturnCeilings
            {
                MaxUnauthorizedPercent = unauthorized,
                MaxAdministrativePercent = administrative,
                MaxReturnedPercent = overall,
                ReturnRateAtLeastDebits = atLeast,
            },
        };
        await world.EnrolAsync(5);
        await world.SweepAsync(rounds: 1);
        var first = world.Bank.Intents.First().IntentId;
        world.Bank.Change(first, intent => intent with { Status = IntentStatus.Dead, Code = code });
        await world.HearAsync(first);
        var watch = world.Verb<WatchReturns>();

        var rates = await watch.ReadAsync(CancellationToken.None);
        await watch.JudgeAsync(rates, CancellationToken.None);

        Assert.Equal((5, halts), (rates[0].Sent, rates.Single(rate => rate.Family == family).IsOver));
        Assert.Equal(halts, world.Controls.Current.IsHalted);
    }

    private static WaitingRow WaitingBill(DateOnly due, DateTimeOffset since) =>
        new()
        {
            Id = "W1-B1",
            Kind = ImportKind.Bills,
            Account = new AccountId("W1"),
            ImportId = "import",
            Line = 2,
            Content = new RowContent
            {
                Bill = new Bill
                {
                    Id = new BillId("B1"),
                    Cycle = new CycleNumber(1),
                    BillDate = due.AddDays(-14),
                    DueDate = due,
                    PenaltyDate = due.AddDays(7),
                    CurrentCharges = new Money(100),
                    PreviousBalance = Money.Zero,
                    TotalDue = new Money(100),
                },
            },
            Cents = Money.Zero,
            Since = since,
            For = WaitingFor.Account,
            Reason = "No such account",
        };
}
