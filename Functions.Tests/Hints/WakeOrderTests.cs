using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;
using Autopay.Rehearsal;
using Autopay.Tests.ChargeProtocol;

namespace Autopay.Tests.Hints;

/// <summary>The wake row says what is due, so it is lowered before the save that makes something due: a crash in between wakes for nothing, never sleeps too long.</summary>
public sealed class WakeOrderTests
{
    [Fact]
    public async Task A_process_that_dies_at_its_save_leaves_the_bucket_awake()
    {
        await using var world = new ChargingWorld();
        var account = ChargingWorld.Id();
        var writer = new LedgerWriter(new SteppedLedgerStore(world.Ledgers, DyingAtTheFirstStep(StepFault.CrashAfter)), world.Wakes, world.Controls, world.Verb<CityClock>(), world.Options);
        var enrolled = await EnrolledAsync(world, account);

        await Assert.ThrowsAsync<CrashException>(() => writer.WriteAsync(
            new WriteScope(Bucket.Of(account), world.Controls.Current, new Authority("test", "test", world.Now.Utc)), [new AccountWork(enrolled, [NewBill])], CancellationToken.None));

        var look = (await world.Ledgers.LoadAsync(account, CancellationToken.None))!.NextLook;
        Assert.NotNull(look);
        Assert.True((await world.Wakes.ReadAsync(Bucket.Of(account), CancellationToken.None)).EarliestLook <= look);
    }

    private static async Task<LedgerEntry> EnrolledAsync(ChargingWorld world, AccountId account)
    {
        await world.DoAsync(account, now => new Enrol(ChargingWorld.NewEnrolment(), now));
        return (await world.Ledgers.LoadAsync(account, CancellationToken.None))!;
    }

    private static ImportBill NewBill(Moment now) => new(
        new Bill
        {
            Id = new BillId("b1"), Cycle = new CycleNumber(1), BillDate = now.Today, DueDate = now.Today.AddDays(5), PenaltyDate = now.Today.AddDays(9),
            CurrentCharges = new Money(5000), PreviousBalance = Money.Zero, TotalDue = new Money(5000),
        },
        now);

    private static Steps DyingAtTheFirstStep(StepFault fault)
    {
        var steps = new Steps();
        steps.Break(1, fault);
        return steps;
    }
}
