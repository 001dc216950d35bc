using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Api;

/// <summary>The balance and what left it: enough to match a bank statement line with the debits inside it.</summary>
internal sealed class PayoutsApi(SandboxState state, SandboxClock clock)
{
    private const string PayoutsRoot = "/v1/payouts";
    private const string BalanceRoot = "/v1/balance_transactions";

    public IEnumerable<Route> Routes =>
        [
            Route.List(PayoutsRoot, ListPayouts, "created", "status"),
            Route.Get(
                PayoutsRoot + "/{id}",
                (_, id) => state.Payouts.Find(id) ?? throw RefusedException.Missing("payout", id)
            ),
            Route.List(BalanceRoot, ListBalance, "created", "currency", "payout", "source", "type"),
            Route.Get(
                BalanceRoot + "/{id}",
                (_, id) =>
                    Today(
                        state.BalanceTransactions.Find(id) ?? throw RefusedException.Missing("balance transaction", id)
                    )
            ),
        ];

    private ListPage ListPayouts(Parameters parameters, string none)
    {
        var created = Pages.CreatedFilter(parameters);
        return Pages.Cut(
            state
                .Payouts.NewestFirst()
                .Where(payout => created(payout.Created) && Is(parameters, "status", payout.Status)),
            parameters,
            PayoutsRoot
        );
    }

    private ListPage ListBalance(Parameters parameters, string none)
    {
        var created = Pages.CreatedFilter(parameters);
        var lines = state
            .BalanceTransactions.NewestFirst()
            .Where(line =>
                created(line.Created)
                && Is(parameters, "source", line.Source)
                && Is(parameters, "type", line.Type)
                && Is(parameters, "payout", state.PayoutLines.Find(line.Id)?.Payout)
            );
        return Pages.Cut(lines.Select(Today), parameters, BalanceRoot);
    }

    /// <summary>A line becomes available by the mere passing of time.</summary>
    private BalanceTransaction Today(BalanceTransaction line) =>
        line with
        {
            Status = line.AvailableOn <= clock.UnixNow ? "available" : "pending",
        };

    private static bool Is(Parameters parameters, string name, string? value) =>
        parameters.Text(name) is not { } wanted || wanted == value;
}
