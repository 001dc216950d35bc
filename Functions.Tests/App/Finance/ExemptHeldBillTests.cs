using Autopay.Application.Finance;
using Autopay.Application.Releasing;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Finance;

/// <summary>One bill out of a hold is money let go: it takes two people (R38).</summary>
public sealed class ExemptHeldBillTests
{
    private static readonly DeferralId Outage = new("outage");
    private static readonly BillId Bill = new("B1");
    private static readonly AccountId Account = new("A1");

    private readonly ImportWorld world = new();

    private bool IsExempted => world.Ledger("A1").BillOf(Bill).Exemptions.Contains(Outage);

    private string? Outcome => Assert.Single(world.Controls.Approvals).Outcome;

    [Fact]
    public async Task It_waits_until_another_person_agrees_to_what_is_shown()
    {
        await GivenAHeldBillAsync();

        var asked = (await ExemptAsync())?.Asked;
        Assert.Equal(
            "Bill B1 of account A1, $90.00, is taken out of the hold 'outage' (test). It goes to the bank on its due "
                + "date, or at once when that is past, without a release.",
            asked?.Shown
        );
        Assert.False(IsExempted);
        await Assert.ThrowsAsync<AnotherPersonException>(() => ApproveAsync(asked!, "ann"));
        Assert.False(IsExempted);

        await ApproveAsync(asked!, "bob");

        Assert.True(IsExempted);
        Assert.Equal(DebitState.Scheduled, world.Ledger("A1").Debits.Single().State);
        Assert.Equal("Bill B1 of account A1 is taken out of 'outage'", Outcome);
    }

    [Fact]
    public async Task A_clear_does_not_make_it_one_persons_act()
    {
        await GivenAHeldBillAsync();
        await world.ClearAsync(1);

        Assert.NotNull((await ExemptAsync())?.Asked);
        Assert.False(IsExempted);
    }

    [Fact]
    public async Task The_same_wish_again_waits_as_it_did_and_after_a_no_it_is_asked_anew()
    {
        await GivenAHeldBillAsync();
        var first = (await ExemptAsync())!.Asked!;
        Assert.Equal(first.Id, (await ExemptAsync())!.Asked!.Id);

        await world.Approvals.RejectAsync(
            first.Id,
            new ChangeRequest(world.Later("bob")),
            TestContext.Current.CancellationToken
        );

        Assert.NotEqual(first.Id, (await ExemptAsync())!.Asked!.Id);
        Assert.False(IsExempted);
    }

    [Theory]
    [InlineData("-1.00", true)]
    [InlineData("1.00", false)]
    public async Task Nobody_agrees_to_more_than_was_shown(string correction, bool agreed)
    {
        await GivenAHeldBillAsync();
        var asked = (await ExemptAsync())!.Asked!;
        await world.ImportAsync(ImportKind.BillAdjustments, $"J1,A1,B1,{correction},read again");

        var refusal = await Record.ExceptionAsync(() => ApproveAsync(asked, "bob"));

        Assert.Equal((agreed, !agreed), (IsExempted, refusal is RefusedException));
    }

    [Fact]
    public async Task What_a_dead_run_has_approved_is_done_by_the_sweep_once()
    {
        await GivenAHeldBillAsync();
        var asked = (await ExemptAsync())!.Asked!;
        await world.ChangeAsync(new ApprovalGiven(asked.Id, asked.Hash), "bob");
        Assert.False(IsExempted);

        await world.Exempt.FinishAsync(TestContext.Current.CancellationToken);
        await world.Exempt.FinishAsync(TestContext.Current.CancellationToken);

        Assert.True(IsExempted);
        Assert.False(Assert.Single(world.Controls.Approvals).IsToDo);
    }

    [Fact]
    public async Task What_has_grown_since_a_dead_run_approved_it_stays_held_and_says_so()
    {
        await GivenAHeldBillAsync();
        var asked = (await ExemptAsync())!.Asked!;
        await world.ChangeAsync(new ApprovalGiven(asked.Id, asked.Hash), "bob");
        await world.ImportAsync(ImportKind.BillAdjustments, "J1,A1,B1,1.00,read again");

        await world.Exempt.FinishAsync(TestContext.Current.CancellationToken);

        Assert.False(IsExempted);
        Assert.Equal("Nothing is taken out: bill B1 is 91.00 by now, and 90.00 was agreed on. Ask anew.", Outcome);
    }

    [Fact]
    public async Task What_the_rules_refuse_by_then_stays_held_and_says_so()
    {
        await GivenAHeldBillAsync();
        var asked = (await ExemptAsync())!.Asked!;
        await world.ChangeAsync(new ApprovalGiven(asked.Id, asked.Hash), "bob");
        await world.ChangeAsync(new DeferralWithdrawn(Outage));

        await world.Exempt.FinishAsync(TestContext.Current.CancellationToken);

        Assert.False(IsExempted);
        Assert.StartsWith("Nothing is taken out: ", Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_it_back_needs_one_person_and_so_does_what_the_rules_refuse()
    {
        await GivenAHeldBillAsync();
        await ApproveAsync((await ExemptAsync())!.Asked!, "bob");

        Assert.NotNull((await ExemptAsync(on: false))?.Result);
        Assert.False(IsExempted);
        await Assert.ThrowsAsync<RefusedException>(() => ExemptAsync(deferral: "none"));
        Assert.Null(await ExemptAsync(account: "A9"));
    }

    [Fact]
    public async Task A_bill_leaves_a_merge_by_one_person()
    {
        await GivenABillAsync();
        await world.ChangeAsync(
            new DeferralDeclared(
                Outage,
                [new CycleNumber(1)],
                new DateOnly(2020, 1, 20),
                new DateOnly(2020, 1, 31),
                DeferralAction.Merge,
                null
            )
        );

        Assert.NotNull((await ExemptAsync())?.Result);
        Assert.True(IsExempted);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_city_that_lets_one_person_release_lets_one_person_exempt(bool releases, bool second)
    {
        var city = new ImportWorld(new Policies { ReleaseApproval = releases, SecondPerson = second });
        await GivenAHeldBillAsync(city);

        var answer = await ExemptAsync(city: city);

        Assert.NotNull(answer?.Result);
        Assert.Contains(Outage, city.Ledger("A1").BillOf(Bill).Exemptions);
    }

    [Fact]
    public async Task Its_preview_says_when_the_bill_would_leave_and_that_it_takes_two()
    {
        await GivenAHeldBillAsync();

        var shown = (await PreviewAsync(on: true))!;
        Assert.Equal(
            "Bill B1, $90.00, will leave on 2020-01-22 at 06:00, without a release. Another person has to agree.",
            shown.Preview.Sentence
        );
        Assert.Equal(
            (true, new DebitCount(1, 9000), default(DebitCount), default(DebitCount)),
            (shown.TakesTwo, shown.Preview.Moved, shown.Preview.AlreadyHeld, shown.InFlight)
        );
        Assert.Equal("Nothing changes.", (await PreviewAsync(on: false))!.Preview.Sentence);
        Assert.Empty(world.Controls.Approvals);

        await world.DeclareAsync("second", 1, new DateOnly(2020, 1, 20), new DateOnly(2020, 1, 31));
        var still = (await PreviewAsync(on: true))!.Preview;
        Assert.Equal("Bill B1, $90.00, will still wait. Another person has to agree.", still.Sentence);
        Assert.Equal((default(DebitCount), new DebitCount(1, 9000)), (still.Moved, still.AlreadyHeld));
    }

    [Fact]
    public async Task The_preview_of_taking_it_back_says_when_it_would_have_left()
    {
        await GivenAHeldBillAsync();
        await ApproveAsync((await ExemptAsync())!.Asked!, "bob");

        var shown = (await PreviewAsync(on: false))!;

        Assert.Equal(
            "Bill B1, $90.00, will be deferred by 'outage' again; it would leave on 2020-01-22 at 06:00.",
            shown.Preview.Sentence
        );
        Assert.False(shown.TakesTwo);
        Assert.True(IsExempted);
    }

    private async Task GivenABillAsync(ImportWorld? city = null)
    {
        await (city ?? world).ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await (city ?? world).ImportAsync(
            ImportKind.Bills,
            "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,90.00,0.00,90.00"
        );
    }

    private async Task GivenAHeldBillAsync(ImportWorld? city = null)
    {
        await GivenABillAsync(city);
        await (city ?? world).DeclareAsync("outage", 1, new DateOnly(2020, 1, 20), new DateOnly(2020, 1, 31));
    }

    private Task<ExemptionAnswer?> ExemptAsync(
        bool on = true,
        string account = "A1",
        string deferral = "outage",
        ImportWorld? city = null
    ) =>
        (city ?? world).Exempt.RunAsync(
            new AccountId(account),
            now => new ExemptBill(Bill, new DeferralId(deferral), on, "final bill", now),
            (city ?? world).Later("ann"),
            TestContext.Current.CancellationToken
        );

    private Task<PreviewOfExemption?> PreviewAsync(bool on) =>
        world.PreviewExemption.RunAsync(Account, Bill, Outage, on, TestContext.Current.CancellationToken);

    private Task ApproveAsync(Approval asked, string by) =>
        world.Approvals.ApproveAsync(
            new ApprovalGiven(asked.Id, asked.Hash),
            new ChangeRequest(world.Later(by)),
            TestContext.Current.CancellationToken
        );
}
