using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Hints;

/// <summary>
/// The schedule row says what is due, so it is lowered before the save that makes something due: a crash in between
/// wakes for nothing, never sleeps too long.
/// </summary>
public sealed class ScheduleOrderTests
{
    [Fact]
    public async Task A_process_that_dies_at_its_save_leaves_the_bucket_awake()
    {
        await using var world = new ChargingWorld();
        var account = ChargingWorld.Id();
        var writer = new LedgerWriter(
            new SteppedLedgerStore(world.Ledgers, DyingAtTheFirstStep(StepFault.CrashAfter)),
            world.Schedules,
            world.Controls,
            world.Verb<CityClock>(),
            world.Options
        );
        var enrolled = await EnrolledAsync(world, account);

        await Assert.ThrowsAsync<CrashException>(() =>
            writer.WriteAsync(
                new WriteScope(
                    Bucket.Of(account),
                    world.Controls.Current,
                    new Authority("test", "test", world.Now.Utc)
                ),
                [new AccountWork(enrolled, [NewBill])],
                CancellationToken.None
            )
        );

        var look = (await world.Ledgers.LoadAsync(account, CancellationToken.None))!.NextEvaluation;
        Assert.NotNull(look);
        Assert.True((await world.Schedules.ReadAsync(Bucket.Of(account), CancellationToken.None)).EarliestDue <= look);
    }

    // Work rows are keyed by the second: a look between two seconds would be deleted and inserted under the same key.
    [Fact]
    public async Task What_was_decided_under_old_controls_is_looked_at_again_in_a_whole_second()
    {
        await using var world = new ChargingWorld();
        world.Later(TimeSpan.FromMilliseconds(123_456));
        var account = ChargingWorld.Id();
        var enrolled = await EnrolledAsync(world, account);
        var scope = new WriteScope(
            Bucket.Of(account),
            world.Controls.Current,
            new Authority("test", "test", world.Now.Utc)
        );
        await world.ChangeAsync(new ChargingHalted());
        var writer = new LedgerWriter(
            world.Ledgers,
            world.Schedules,
            world.Controls,
            world.Verb<CityClock>(),
            world.Options
        );

        var due = await writer.WriteAsync(
            scope,
            [new AccountWork(enrolled, [now => NewBill(now, now.Today)])],
            CancellationToken.None
        );
        var later = await writer.WriteAsync(
            scope,
            [new AccountWork(due[0].Entry, [now => NewBill(now, now.Today.AddDays(9), "b2")])],
            CancellationToken.None
        );

        Assert.Equal(NextEvaluation.AtOnce(world.Now.Utc), later[0].Entry.NextEvaluation);
        Assert.Equal(
            later[0].Entry.NextEvaluation,
            (await world.Ledgers.LoadAsync(account, CancellationToken.None))!.NextEvaluation
        );
    }

    private static async Task<LedgerEntry> EnrolledAsync(ChargingWorld world, AccountId account)
    {
        await world.DoAsync(account, now => new Enrol(ChargingWorld.NewEnrolment(), now));
        return (await world.Ledgers.LoadAsync(account, CancellationToken.None))!;
    }

    private static ImportBill NewBill(Moment now) => NewBill(now, now.Today.AddDays(5));

    private static ImportBill NewBill(Moment now, DateOnly due, string id = "b1") =>
        new(
            new Bill
            {
                Id = new BillId(id),
                Cycle = new CycleNumber(1),
                BillDate = now.Today,
                DueDate = due,
                PenaltyDate = due.AddDays(4),
                CurrentCharges = new Money(5000),
                PreviousBalance = Money.Zero,
                TotalDue = new Money(5000),
            },
            now
        );

    private static Steps DyingAtTheFirstStep(StepFault fault)
    {
        var steps = new Steps();
        steps.Break(1, fault);
        return steps;
    }
}
