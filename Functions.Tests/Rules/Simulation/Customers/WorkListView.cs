using Autopay.Application;
using Autopay.Application.Work;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>The work list as finance reads it, from the rows beside the ledgers and the stores of what waits.</summary>
internal sealed class WorkListView
{
    private readonly List<WorkItem> items;

    public WorkListView(SimWorld world)
    {
        var clock = new CityClock(world.Time, ChargingWorld.City);
        IWorkSource[] sources =
        [
            new LedgerWork(world.Ledgers),
            new SuspenseWork(world.Suspense, clock),
            new WaitingWork(world.Waiting, clock),
        ];
        items = [.. sources.SelectMany(source => source.ReadAsync(CancellationToken.None).Result)];
    }

    public bool Has(AccountId account, BillId bill) =>
        Of(account).Any(item => item.Bill == bill && item.Kind is WorkKind.Blocked or WorkKind.NotCollected);

    public bool Has(AccountId account, DebitId debit) =>
        Of(account).Any(item => item.Debit == debit && item.Kind == WorkKind.Review);

    public bool HasItem(AccountId account, string id) => Of(account).Any(item => item.Id == id);

    /// <summary>What the list shows of this money, to be given back or kept.</summary>
    public Money CentsOf(AccountId account, PaymentId funds) =>
        Of(account)
            .Where(item => item.Payment == funds && item.Kind is WorkKind.PaidTwice or WorkKind.Refund)
            .Select(item => item.Cents ?? Money.Zero)
            .DefaultIfEmpty(Money.Zero)
            .Max();

    private IEnumerable<WorkItem> Of(AccountId account) => items.Where(item => item.Account == account);
}
