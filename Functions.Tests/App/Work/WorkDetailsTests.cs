using Autopay.Application;
using Autopay.Application.Ports.Files;
using Autopay.Application.Work;
using Autopay.Imports;
using Autopay.Tests.App.Application;
using Microsoft.Extensions.Time.Testing;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Work;

/// <summary>What an item of a file says, and its ways out, as they follow from the item and the controls.</summary>
public sealed class WorkDetailsTests
{
    private static readonly CityClock Clock = new(
        new FakeTimeProvider(new DateTimeOffset(2020, 3, 2, 18, 0, 0, TimeSpan.Zero)),
        City
    );

    private readonly ImportWorld world = new();

    [Fact]
    public async Task R33_A_row_that_waits_names_its_bill_or_its_payment()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B9,-5.00,leak");
        await world.ImportAsync(ImportKind.PaymentReversals, "P9,A1,bounced");

        var items = await new WaitingWork(world.Waiting, Clock).ReadAsync(CancellationToken.None);

        Assert.Equal(
            ["A1  P9", "A1 B9 "],
            items.Select(it => $"{it.Account} {it.Bill} {it.Payment}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task R29_A_row_that_waits_for_a_person_names_what_it_is_about_with_its_cycle_and_due_date()
    {
        var bill = new Bill
        {
            Id = new BillId("B1"),
            Cycle = new CycleNumber(2),
            BillDate = Day("2020-01-08"),
            DueDate = Day("2020-01-22"),
            PenaltyDate = Day("2020-01-29"),
            CurrentCharges = new Money(3_100),
            PreviousBalance = Money.Zero,
            TotalDue = new Money(3_100),
        };
        var payment = new Funds
        {
            Id = new PaymentId("P1"),
            Source = FundsSource.BackPayment,
            Amount = new Money(5_000),
            ReceivedOn = Day("2020-01-10"),
            PostedOn = Day("2020-01-10"),
        };
        var balance = new BalanceRow(new BillId("B2"), new Money(100), Day("2020-01-10"));
        var moved = new Enrolment
        {
            Cycle = new CycleNumber(3),
            Autopay = true,
            Customer = "cus_1",
            PaymentMethod = "pm_1",
        };
        await world.Waiting.PutAsync(
            [
                Row(ImportKind.Bills, new RowContent { Bill = bill }),
                Row(ImportKind.Payments, new RowContent { Payment = payment }),
                Row(ImportKind.Balances, new RowContent { Balance = balance }),
                Row(ImportKind.Accounts, new RowContent { Enrolment = moved }),
            ],
            CancellationToken.None
        );

        var items = await new WaitingWork(world.Waiting, Clock).ReadAsync(CancellationToken.None);

        Assert.All(items, item => Assert.Equal(WorkKind.SetAside, item.Kind));
        Assert.Equal(
            [
                "Bills: bill B1 payment  cycles 2 due 2020-01-22",
                "Payments: bill  payment P1 cycles  due ",
                "Balances: bill B2 payment  cycles  due ",
                "Accounts: bill  payment  cycles 3 due ",
            ],
            items.Select(it =>
                $"{it.Id}: bill {it.Bill} payment {it.Payment} cycles {string.Join(',', it.Cycles)} "
                + $"due {it.DueDate:yyyy-MM-dd}"
            )
        );

        static WaitingRow Row(ImportKind kind, RowContent content) =>
            new()
            {
                Id = $"{kind}",
                Kind = kind,
                Account = new AccountId("A1"),
                ImportId = "file",
                Line = 2,
                Content = content,
                Cents = Money.Zero,
                Since = At("2020-01-10", "12:00").Utc,
                For = WaitingFor.Person,
                Reason = "it contradicts what is known",
            };
    }

    [Fact]
    public async Task R13_Money_of_an_account_that_nobody_knows_is_listed_until_a_person_has_said_whose_it_is()
    {
        await world.ImportAsync(ImportKind.Payments, "P1,A9,50.00,check,D1,2020-01-10,");
        var work = new SuspenseWork(world.Suspense, Clock);

        var item = Assert.Single(await work.ReadAsync(CancellationToken.None));

        Assert.Equal(
            (WorkKind.Suspense, "P1", "A9", 5_000),
            (item.Kind, item.Id, item.Account!.Value.Value, item.Cents!.Value.Cents)
        );
        Assert.Equal("50.00 by check names account A9, which nobody knows", item.Reason);
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.AssignAsync("P1", "A1", "A9");
        Assert.Empty(await work.ReadAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("2020-01-21", 1, DeferralAction.Merge, false)]
    [InlineData("2020-01-22", 1, DeferralAction.Merge, true)]
    [InlineData("2020-02-05", 2, DeferralAction.Merge, true)]
    [InlineData("2020-02-06", 1, DeferralAction.Merge, false)]
    [InlineData("2020-01-22", 3, DeferralAction.Merge, false)]
    [InlineData("2020-01-22", 1, DeferralAction.Hold, false)]
    public void R38_A_bill_can_be_taken_out_of_a_merge_that_covers_it(
        string due,
        int cycle,
        DeferralAction action,
        bool offered
    )
    {
        var declared = new DeferralDeclared(
            new DeferralId("late-bills"),
            [new CycleNumber(1), new CycleNumber(2)],
            Day("2020-01-22"),
            Day("2020-02-05"),
            action,
            null
        );
        var item = WorkDesk.Item(WorkKind.NoNextBill, "B1", cycle: cycle) with { DueDate = Day(due) };
        var controls = new Controls().Change(declared, Finance);

        Assert.Equal(offered, HasExemption(controls));
        Assert.False(HasExemption(controls.Change(new DeferralWithdrawn(declared.Id), Finance)));

        bool HasExemption(Controls now) =>
            WorkRoutes.Of(item, now).Any(way => way.Path.EndsWith("exemptions/late-bills", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void R19_The_suspension_is_lifted_first_where_there_is_one(bool suspended)
    {
        var item = WorkDesk.Item(WorkKind.Blocked, "B1") with { IsSuspended = suspended };

        Assert.Equal(
            suspended,
            WorkRoutes.Of(item, new Controls()).Any(way => way.Path == "/api/accounts/A/suspension")
        );
    }

    [Fact]
    public void The_second_person_sends_back_the_hash_of_the_request_itself()
    {
        var controls = new Controls()
            .Change(new ChargingHalted(), Finance)
            .Change(new ApprovalAsked("a", new ChargingResumed()), Finance)
            .Change(new ApprovalAsked("b", new ChargingResumed()), Finance);
        var item = WorkDesk.Item(WorkKind.Approval, "b");

        Assert.Contains(
            $"\"hash\":\"{controls.Approvals[1].Hash}\"",
            Assert.Single(WorkRoutes.Of(item, controls), way => way.Path == "/api/approvals/b/approve").Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_kind_on_the_stuck_list_is_found_by_its_name_and_another_name_is_a_finding()
    {
        Assert.Equal(WorkKind.RefundFailed, RefundWork.KindOf(KindOfWork.Of(WorkKind.RefundFailed).Stuck));
        Assert.Null(RefundWork.KindOf("poison"));
        Assert.Null(KindOfWork.OfStuck(""));
        Assert.Null(KindOfWork.OfStuck("no such kind"));
        Assert.All(
            KindOfWork.All.Where(row => row.Stuck.Length > 0),
            row => Assert.Equal(row.Stuck, KindOfWork.OfStuck(row.Stuck)?.Stuck)
        );
    }

    private static Authority Finance { get; } = new("finance", "looked at", At("2020-01-20", "12:00").Utc);
}
