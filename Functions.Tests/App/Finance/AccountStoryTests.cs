using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Finance;

/// <summary>What the page of an account says of its debits and its months.</summary>
public sealed class AccountStoryTests
{
    private static readonly DateOnly January = new(2020, 1, 1);
    private static readonly DateOnly February = new(2020, 2, 1);
    private static readonly DateOnly March = new(2020, 3, 1);

    [Fact]
    public void The_months_that_were_asked_for_are_shown_with_the_first_and_the_last()
    {
        Assert.Equal([January, February, March], Shown(null, null));
        Assert.Equal([February, March], Shown(February, null));
        Assert.Equal([January, February], Shown(null, February));
        Assert.Equal([February], Shown(February, February));
    }

    private static IEnumerable<DateOnly> Shown(DateOnly? from, DateOnly? to) =>
        new[] { January, February, March }.Where(new StoryMonths(from, to).Has);

    [Fact]
    public async Task Every_step_of_a_charge_is_about_the_cents_that_the_bank_was_asked_for()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.SweepAsync();
        world.At(new DateOnly(2020, 2, 3));
        world.Bank.Change("pi_1", intent => RecoveryTests.Become(intent, IntentStatus.Succeeded));
        await world.HearAsync("pi_1");

        var all = await ReadAsync(world, StoryMonths.All);
        var attempts = all.Story.Where(line =>
            line.Facts.Kind.StartsWith("attempt", StringComparison.Ordinal) && line.Facts.Debit is not null
        );
        Assert.Equal(
            [ChargingWorld.Cents],
            attempts.Select(line => line.Facts.Cents).Distinct().Select(cents => cents ?? 0)
        );
        Assert.Equal([January, February], all.Months);

        var february = await ReadAsync(world, new StoryMonths(February, null));
        Assert.InRange(february.Story.Count, 1, all.Story.Count - 1);
        Assert.Equal([January, February], february.Months);
    }

    [Fact]
    public async Task A_debit_to_come_names_its_first_lawful_day_and_what_its_customer_was_not_told()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();
        await world.BillAsync(
            ChargingWorld.Id(),
            "b2",
            due: new DateOnly(2020, 2, 19),
            previousCents: ChargingWorld.Cents
        );

        var (sent, toCome) = await DebitsAsync(world, NoticeClockMode.Enforce);
        Assert.Equal((null, null), (sent.EarliestDay, sent.WaitsForNotice));
        Assert.Equal((new DateOnly(2020, 2, 19), null), (toCome.EarliestDay, toCome.WaitsForNotice));

        await world.DoAsync(
            ChargingWorld.Id(),
            now => new AdjustBill("a1", new BillId("b2"), new Money(700), "misread meter", now)
        );
        Assert.NotNull((await DebitsAsync(world, NoticeClockMode.Enforce)).ToCome.WaitsForNotice);
        var unasked = (await DebitsAsync(world, NoticeClockMode.Off)).ToCome;
        Assert.Equal((null, null), (unasked.EarliestDay, unasked.WaitsForNotice));
    }

    private static async Task<(DebitView Sent, DebitView ToCome)> DebitsAsync(
        ChargingWorld world,
        NoticeClockMode clock
    )
    {
        var controls = world.Controls.Current with
        {
            Policies = new Policies { NoticeClock = clock, ReleaseApproval = false },
        };
        var view = await Reader(world).RunAsync(ChargingWorld.Id(), StoryMonths.All, controls, CancellationToken.None);
        return (view!.Debits[0], view.Debits[1]);
    }

    [Fact]
    public async Task A_debit_that_is_stopped_says_what_is_wrong_with_it()
    {
        await using var world = await RecoveryTests.DueAsync();
        world.Bank.Answers(Call.Create, new ProviderAnswer.KeyMisused("same key, other parameters"));
        await world.WalkAsync();

        Assert.Contains(
            "idempotency error",
            Assert.Single((await ReadAsync(world, StoryMonths.All)).Debits).Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Whoever_saw_older_books_is_told_of_every_change_since_and_of_no_other()
    {
        await using var world = await RecoveryTests.DueAsync();
        var seen = world.Ledger().Operations;
        var times = await EachMinuteAsync(
            world,
            number => world.PayAsync(ChargingWorld.Id(), 100 * number, $"p{number}")
        );
        var ofAccount = await ChangedMeanwhileException.OfAccountAsync(
            world.Ledgers,
            new OtherVersionException(ChargingWorld.Id(), seen + 1, seen + 3),
            CancellationToken.None
        );
        Assert.Equal(times[1..3], ofAccount.Changes.Select(change => change.At));

        var version = world.Controls.Current.Version;
        times = await EachMinuteAsync(
            world,
            number => world.ChangeAsync(number % 2 == 1 ? new ChargingHalted() : new ChargingResumed())
        );
        var ofControls = await ChangedMeanwhileException.OfControlsAsync(
            world.Controls,
            version + 1,
            version + 3,
            CancellationToken.None
        );
        Assert.Equal(times[1..3], ofControls.Changes.Select(change => change.At));
    }

    private static async Task<DateTimeOffset[]> EachMinuteAsync(ChargingWorld world, Func<int, Task> change)
    {
        List<DateTimeOffset> times = [];
        for (var number = 1; number <= 4; number++)
        {
            world.Later(TimeSpan.FromMinutes(1));
            times.Add(world.Now.Utc);
            await change(number);
        }

        return [.. times];
    }

    [Fact]
    public async Task What_a_person_changes_is_looked_at_at_once_and_nothing_is_asked_for_where_nothing_changed()
    {
        await using var world = await RecoveryTests.DueAsync();
        var change = world.Verb<ChangeAccount>();
        var finance = new Authority("finance", "the customer moved", world.Now.Utc);

        await change.RunAsync(
            ChargingWorld.Id(),
            now => new Enrol(ChargingWorld.NewEnrolment(), now),
            finance,
            CancellationToken.None
        );
        Assert.Empty(world.Hints.Buckets);

        await change.RunAsync(
            ChargingWorld.Id(),
            now => new SuspendAccount("the customer moved", now),
            finance,
            CancellationToken.None
        );
        Assert.Equal([Bucket.Of(ChargingWorld.Id()).Number], world.Hints.Buckets);
    }

    private static async Task<AccountView> ReadAsync(ChargingWorld world, StoryMonths months) =>
        (await Reader(world).RunAsync(ChargingWorld.Id(), months, CancellationToken.None))!;

    private static ReadAccount Reader(ChargingWorld world) =>
        new(world.Ledgers, world.Controls, world.Verb<CityClock>());
}
