using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// The city's money leaves Stripe for the city's bank: everything that is available and was not paid out yet, as one
/// sum.
/// </summary>
internal sealed class Payouts(Core core, Balance balance)
{
    private readonly SandboxState state = core.State;

    /// <summary>Null when there is nothing to pay out: a negative balance waits for the next incoming money.</summary>
    public Payout? PayOut(bool automatic)
    {
        var lines = Available();
        var amount = lines.Sum(line => line.Net);
        if (amount <= 0)
        {
            return null;
        }
        var id = Ids.New("po");
        var own = balance.PaidOut(id, amount);
        foreach (var line in lines.Append(own))
        {
            state.PayoutLines.Put(new PayoutLine(line.Id, id));
        }
        return Announce(
            new Payout
            {
                Id = id,
                Amount = amount,
                ArrivalDate = core.Clock.UnixNow,
                Automatic = automatic,
                BalanceTransaction = own.Id,
                Created = core.Clock.UnixNow,
                Currency = own.Currency,
            }
        );
    }

    private Payout Announce(Payout payout)
    {
        state.Payouts.Put(payout);
        core.Events.Emit("payout.created", payout);
        core.Events.Emit("payout.paid", payout);
        return payout;
    }

    private List<BalanceTransaction> Available() =>
        [
            .. state
                .BalanceTransactions.All()
                .Where(line => line.AvailableOn <= core.Clock.UnixNow && state.PayoutLines.Find(line.Id) is null),
        ];
}
