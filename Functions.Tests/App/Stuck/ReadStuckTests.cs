using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Stuck;
using Autopay.Application.Telemetry;
using Autopay.Application.Work;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Finance;
using Autopay.Tests.App.Refunds;

namespace Autopay.Tests.App.Stuck;

/// <summary>From which moment on something waits for a person, and what the list says of it.</summary>
public sealed class ReadStuckTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_the_sweep_makes_anew_needs_nobody_for_twenty_minutes()
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "evaluate:03", CollectPoisonMessages.HintKind);

        world.Later(TimeSpan.FromMinutes(20) - Moment);
        Assert.Empty(await ListAsync(world));
        world.Later(Moment);

        Assert.Equal((CollectPoisonMessages.Kind, "evaluate:03"), KeyOf(Assert.Single(await ListAsync(world))));
    }

    [Fact]
    public async Task Each_item_has_its_age_and_what_can_be_done_and_only_an_account_s_names_one()
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "account:10-0001", EvaluateBucket.StuckKind, "10-0001");
        await PutAsync(world, "p", CollectPoisonMessages.Kind);
        await PutAsync(world, "n", "never heard of");
        await world.Events.TryAddAsync(
            new ProviderEvent
            {
                Id = "evt_1",
                Type = "payment_intent.succeeded",
                ApiVersion = "v",
                Livemode = false,
                Body = "{}",
                ReceivedAt = world.Now.Utc,
                State = ProviderEventState.Parked,
                Note = "another version",
            },
            Cancel
        );
        world.Later(TimeSpan.FromDays(2));

        var list = (await ListAsync(world)).ToDictionary(entry => entry.Id);

        Assert.All(list.Values, entry => Assert.Equal(2, entry.AgeDays));
        Assert.Equal(
            [("account:10-0001", "10-0001"), ("evt_1", null), ("n", null), ("p", null)],
            list.Values.OrderBy(entry => entry.Id, StringComparer.Ordinal).Select(entry => (entry.Id, entry.Account))
        );
        Assert.Equal(("event parked", "another version"), (list["evt_1"].Kind, list["evt_1"].Reason));
        Assert.Equal(["discard"], list["n"].Actions);
        Assert.Equal(["replay", "discard"], list["p"].Actions);
    }

    [Fact]
    public async Task A_charge_that_does_not_get_on_is_listed_after_half_an_hour()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, new ProviderAnswer.NotYet("429"));
        await world.WalkAsync();
        Assert.Equal(DebitState.Charging, world.Debit().State);

        world.Later(TimeSpan.FromMinutes(30));
        Assert.Empty(await ListAsync(world));
        world.Later(Moment);

        Assert.Equal(("charging", world.Debit().Id.Value), KeyOf(Assert.Single(await ListAsync(world))));
    }

    [Fact]
    public async Task A_bank_that_does_not_answer_is_listed_from_the_day_on_by_which_it_should_have()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        var day = world.Debit().Living.AnswerBy;

        world.At(day.AddDays(-1));
        Assert.Empty(await ListAsync(world));
        world.At(day);

        Assert.Equal(("overdue", "10-0001-1-0001"), KeyOf(Assert.Single(await ListAsync(world))));
    }

    [Fact]
    public async Task Money_that_is_to_be_given_back_is_late_after_ten_days_until_it_is()
    {
        await using var world = await RefundSteps.CollectedAsync();
        await RefundSteps.AskAsync(world, "r1");
        var asked = world.Now.Today;

        world.At(asked.AddDays(10));
        Assert.Empty(await ListAsync(world));
        world.At(asked.AddDays(11));
        var late = Assert.Single(await ListAsync(world));
        Assert.Equal(("10-0001-1-0001", ChargingWorld.Cents), (late.Debit, late.AmountCents));
    }

    [Fact]
    public async Task Money_that_was_given_back_is_never_late()
    {
        await using var world = await RefundSteps.CollectedAsync();
        await RefundSteps.AskAsync(world, "r1");
        await world.SweepAsync();
        RefundSteps.AnswerRefund(world, RefundState.Paid);
        await world.HearAsync("pi_1");
        await world.SweepAsync();
        Assert.Equal(RefundState.Paid, Assert.Single(world.Debit().Refunds).State);

        world.At(world.Now.Today.AddDays(40));

        Assert.Empty(await ListAsync(world));
    }

    [Fact]
    public async Task A_city_that_was_seen_tells_the_same_as_one_that_is_looked_at_now()
    {
        await using var world = await RecoveryTests.DueAsync(accounts: 3);
        await world.SweepAsync();
        await PutAsync(world, "p", CollectPoisonMessages.Kind);
        await PutAsync(world, "account:10-0002", EvaluateBucket.StuckKind, "10-0002");
        await world.DoAsync(ChargingWorld.Id(3), now => new SuspendAccount("moved", now));
        world.At(new DateOnly(2020, 2, 10));

        var seen = await SeeOf(world).LookAsync(null, Cancel);
        var stuck = world.Verb<ReadStuck>();

        Assert.Equal(
            (await stuck.RunAsync(Cancel)).Select(KeyOf).Order(),
            (await stuck.RunAsync(seen, Cancel)).Select(KeyOf).Order()
        );
        Assert.Equal(3, (await ListAsync(world)).Count(entry => entry.Kind == "overdue"));
    }

    private static SeeCity SeeOf(ChargingWorld world) =>
        new(
            world.Ledgers,
            world.Controls,
            world.Stuck,
            new CountCycles(world.Ledgers, new NothingKept(), world.Verb<CityClock>()),
            world.Verb<ReadStuck>()
        );

    private static (string, string) KeyOf(StuckEntry entry) => (entry.Kind, entry.Id);

    [Fact]
    public async Task On_the_work_list_an_item_is_of_its_own_kind_and_one_that_nobody_knows_is_a_finding()
    {
        await using var world = new ChargingWorld();
        await PutAsync(world, "account:10-0001", EvaluateBucket.StuckKind, "10-0001");
        await PutAsync(world, "n", "never heard of");
        world.Later(TimeSpan.FromDays(2));

        var items = (await new StuckWork(world.Verb<ReadStuck>()).ReadAsync(Cancel)).ToDictionary(item => item.Id);

        Assert.Equal(KindOfWork.OfStuck(EvaluateBucket.StuckKind)!.Kind, items["account:10-0001"].Kind);
        Assert.NotEqual(WorkKind.Finding, items["account:10-0001"].Kind);
        Assert.Equal(WorkKind.Finding, items["n"].Kind);
    }

    [Fact]
    public async Task On_the_work_list_an_item_names_the_debit_of_its_own_account_that_it_is_about()
    {
        await using var world = await RefundSteps.CollectedAsync();
        await RefundSteps.AskAsync(world, "r1");
        world.At(world.Now.Today.AddDays(11));
        await PutAsync(world, "10-0001-1-0009", EvaluateBucket.StuckKind, "10-0001");
        await PutAsync(world, "10-0002-1-0001", EvaluateBucket.StuckKind, "10-0001");
        await PutAsync(world, "closed", KindOfWork.Of(WorkKind.RefundFailed).Stuck, "10-0001");

        var items = (await new StuckWork(world.Verb<ReadStuck>()).ReadAsync(Cancel)).ToDictionary(item => item.Id);

        Assert.Equal("10-0001-1-0001", items["10-0001-1-0001:1"].Debit?.Value);
        Assert.Equal("10-0001-1-0009", items["10-0001-1-0009"].Debit?.Value);
        Assert.Equal((null, "10-0001"), (items["10-0002-1-0001"].Debit, items["10-0002-1-0001"].Account?.Value));
        Assert.DoesNotContain("closed", items.Keys);
    }

    private static Task PutAsync(ChargingWorld world, string id, string kind, string content = "{}") =>
        world.Stuck.PutAsync(new StuckItem(id, kind, "it failed", content, world.Now.Utc), Cancel);

    private static async Task<IReadOnlyList<StuckEntry>> ListAsync(ChargingWorld world) =>
        [.. (await world.Verb<ReadStuck>().ReadEngineersAsync(Cancel)).Where(entry => entry.Kind != "overdue work")];
}
