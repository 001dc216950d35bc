using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>
/// Money in suspense where two come at once, and where a ledger refuses it or fails (R13, R5, R31).
/// </summary>
public sealed class WaitingEdgesTests
{
    private const string Stray = "P1,A9,20.00,check,D1,2020-01-10,";
    private readonly ImportWorld world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task GivenAccountsAsync() =>
        world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,", "A2,1,west,on,cus_2,pm_2,,,");

    private SuspensePayment Waiting() => world.Suspended.Single(waiting => waiting.Payment.Id.Value == "P1");

    private Task<bool> DiscardAsync() =>
        world.Assign.DiscardAsync(new PaymentId("P1"), "A9", world.Later("clerk"), Cancel);

    // Half of an assignment: whoever marked it died before the ledger had it.
    private async Task<SuspensePayment> MarkedAsync(string account)
    {
        var marked = Waiting() with { AssignedTo = new AccountId(account), AssignedBy = world.Later("clerk") };
        return (await world.Suspense.SaveAsync(marked, Cancel))!;
    }

    [Fact]
    public async Task R13_Money_that_somebody_assigned_a_moment_before_is_not_discarded()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Stray);
        world.Fuse.Meanwhile(1, () => world.AssignAsync("P1", "A1"));

        var refused = await Assert.ThrowsAsync<RefusedException>(DiscardAsync);

        Assert.Contains("assigned to account A1", refused.Message, StringComparison.Ordinal);
        Assert.Null(Waiting().ReversedBy);
    }

    [Fact]
    public async Task R13_What_is_marked_for_an_account_that_is_not_there_is_not_taken_for_posted()
    {
        await world.ImportAsync(ImportKind.Payments, Stray);
        await MarkedAsync("A7");

        await world.Assign.FinishAllAsync(Cancel);

        Assert.True(Waiting().WaitsForItsLedger);
    }

    // The controls are not given out until the restore is finished.
    [Fact]
    public async Task While_a_restore_is_not_finished_what_is_marked_stays_marked()
    {
        var assign = new AssignSuspense(world.Suspense, null!, null!, new NoControls(), world.Stuck, null!);
        await assign.FinishAllAsync(Cancel);
        await world.ImportAsync(ImportKind.Payments, Stray);
        await MarkedAsync("A7");

        var away = await Assert.ThrowsAsync<InvalidOperationException>(() => assign.FinishAllAsync(Cancel));

        Assert.Equal("a restore is not finished", away.Message);
        Assert.True(Waiting().WaitsForItsLedger);
    }

    [Fact]
    public async Task R13_An_account_whose_ledger_fails_is_told_to_engineers_and_the_next_one_gets_its_money()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Stray, "P2,A8,5.00,cash,D1,2020-01-10,");
        await MarkedAsync("A1");
        var second = world.Suspended.Single(waiting => waiting.Payment.Id.Value == "P2");
        await world.Suspense.SaveAsync(
            second with
            {
                AssignedTo = new AccountId("A2"),
                AssignedBy = world.Later("clerk"),
            },
            Cancel
        );
        world.Failing.WhyNotSaved = account =>
            account == new AccountId("A1") ? new InvalidOperationException("an invariant does not hold") : null;

        await world.Assign.FinishAllAsync(Cancel);

        var told = Assert.Single(await world.Stuck.ReadAllAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal("A1", told.Content);
        Assert.True(Waiting().WaitsForItsLedger);
        Assert.Single(world.Ledger("A2").Funds);
    }

    // The account has another payment of that id: what was marked for it is open again, and is taken back there.
    [Fact]
    public async Task R5_A_reversal_of_what_a_ledger_refused_ends_it_in_suspense()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,7.00,cash,D1,2020-01-10,");
        var other = world.Ledger("A1").Funds[0] with { Amount = new Money(9_00) };
        await world.Suspense.PutAsync(new SuspensePayment(other, "A9", "an old import", 2, default), Cancel);
        await MarkedAsync("A1");

        var record = await world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced");

        Assert.Equal(1, record.Applied);
        Assert.Equal((null, "bounced"), (Waiting().AssignedTo, Waiting().ReversedBy?.Why));
        Assert.Equal(7_00, world.Ledger("A1").Credit.Cents);
    }

    [Fact]
    public async Task R5_A_reversal_of_what_was_marked_and_not_posted_is_posted_and_taken_back()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, Stray);
        await MarkedAsync("A1");

        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced");

        Assert.Equal(20_00, Assert.Single(world.Ledger("A1").Funds).Reversed.Cents);
    }

    // The account that has it refuses to give it away: nobody else gets it, until it can.
    [Fact]
    public async Task R29_A_payment_that_one_account_does_not_give_is_not_posted_to_the_other_one()
    {
        await GivenAccountsAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,7.00,cash,D1,2020-01-10,");
        await world.ImportAsync(ImportKind.Payments, "P1,A2,7.00,cash,D1,2020-01-10,");
        world.Failing.WhyNotSaved = account =>
            account == new AccountId("A1") ? new RefusedException("part of it was given back") : null;

        await Assert.ThrowsAsync<RefusedException>(TakeAsync);
        Assert.Equal((7_00, 0), (world.Ledger("A1").Credit.Cents, world.Ledger("A2").Credit.Cents));
        world.Failing.WhyNotSaved = _ => null;
        await TakeAsync();
        Assert.Equal((0, 7_00), (world.Ledger("A1").Credit.Cents, world.Ledger("A2").Credit.Cents));

        Task TakeAsync() =>
            world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", world.Later("clerk"), Cancel);
    }

    [Fact]
    public async Task R31_A_payment_that_came_with_other_content_after_it_was_discarded_stays_as_it_was()
    {
        await world.ImportAsync(ImportKind.Payments, Stray);
        Assert.True(await DiscardAsync());
        Assert.True(await DiscardAsync());
        await world.ImportAsync(ImportKind.Accounts, "A9,1,west,on,cus_9,pm_9,,,");

        var record = await world.ImportAsync(ImportKind.Payments, "P1,A9,30.00,check,D1,2020-01-10,");

        Assert.Equal((0, 1), (record.Applied, record.Conflicts));
        var finding = Assert.Single(await world.FindingsAsync(record));
        Assert.Contains("in suspense with other content", finding.Message, StringComparison.Ordinal);
        Assert.Empty(world.Ledger("A9").Funds);
    }

    private sealed class NoControls : IControlsStore
    {
        private static InvalidOperationException Away => new("a restore is not finished");

        public Task<ControlsEntry> LoadAsync(CancellationToken cancel) => throw Away;

        public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) => throw Away;

        public Task<bool> TrySaveAsync(
            ControlsEntry before,
            Controls after,
            ControlAct act,
            CancellationToken cancel
        ) => throw Away;

        public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) => throw Away;

        public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) => throw Away;
    }
}
