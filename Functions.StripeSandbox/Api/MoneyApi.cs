using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Payments;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Api;

/// <summary>Charges, refunds and disputes: what became of the money.</summary>
internal sealed class MoneyApi(SandboxState state, Refunds refunds, Disputes disputes)
{
    private const string ChargesRoot = "/v1/charges";
    private const string RefundsRoot = "/v1/refunds";
    private const string DisputesRoot = "/v1/disputes";

    public IEnumerable<Route> Routes =>
        [
            Route.List(ChargesRoot, ListCharges, "payment_intent", "customer", "created", "transfer_group"),
            Route.Get(ChargesRoot + "/{id}", (_, id) => FindCharge(id, null)),
            Route.Post(
                RefundsRoot,
                CreateRefund,
                "amount",
                "charge",
                "currency",
                "customer",
                "metadata",
                "payment_intent",
                "reason"
            ),
            Route.List(RefundsRoot, ListRefunds, "charge", "payment_intent", "created"),
            Route.Get(
                RefundsRoot + "/{id}",
                (_, id) => state.Refunds.Find(id) ?? throw RefusedException.Missing("refund", id)
            ),
            Route.List(DisputesRoot, ListDisputes, "charge", "payment_intent", "created"),
            Route.Get(DisputesRoot + "/{id}", (_, id) => FindDispute(id)),
            Route.Post(DisputesRoot + "/{id}/close", (_, id) => disputes.Close(FindDispute(id), won: false)),
        ];

    private Charge FindCharge(string id, string? param) =>
        state.Charges.Find(id) ?? throw RefusedException.Missing("charge", id, param);

    private Dispute FindDispute(string id) => state.Disputes.Find(id) ?? throw RefusedException.Missing("dispute", id);

    private Refund CreateRefund(Parameters parameters, string none)
    {
        var charge = ChargeToRefund(parameters);
        if (parameters.Integer("amount") < 1)
        {
            throw RefusedException.Parameter("Invalid positive integer", "amount", "parameter_invalid_integer");
        }
        return parameters.Text("reason") is null or "duplicate" or "fraudulent" or "requested_by_customer"
            ? refunds.Create(charge, parameters.Integer("amount"), parameters.Text("reason"), parameters.Metadata())
            : throw RefusedException.Parameter(
                "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer",
                "reason"
            );
    }

    private Charge ChargeToRefund(Parameters parameters)
    {
        if (parameters.Text("charge") is { } id)
        {
            return FindCharge(id, "charge");
        }
        var intentId =
            parameters.Text("payment_intent")
            ?? throw RefusedException.Parameter(
                "One of the following params should be provided for this request: payment_intent or charge.",
                null,
                "parameter_missing"
            );
        var intent =
            state.Intents.Find(intentId)
            ?? throw RefusedException.Missing("payment_intent", intentId, "payment_intent");
        return intent.LatestCharge is { } charge && intent.Status == IntentStatus.Succeeded
            ? FindCharge(charge, null)
            : throw RefusedException.State(
                "charge_not_refundable",
                $"This PaymentIntent ({intent.Id}) does not have a successful charge to refund.",
                intent
            );
    }

    private ListPage ListCharges(Parameters parameters, string none)
    {
        var created = Pages.CreatedFilter(parameters);
        var rows = parameters.Text("payment_intent") is { } intent
            ? state.Charges.GroupNewestFirst(intent)
            : state.Charges.NewestFirst();
        return Pages.Cut(
            rows.Where(charge => created(charge.Created) && Is(parameters, "customer", charge.Customer)),
            parameters,
            ChargesRoot
        );
    }

    private ListPage ListRefunds(Parameters parameters, string none)
    {
        var created = Pages.CreatedFilter(parameters);
        var rows = parameters.Text("charge") is { } charge
            ? state.Refunds.GroupNewestFirst(charge)
            : state.Refunds.NewestFirst();
        return Pages.Cut(
            rows.Where(refund => created(refund.Created) && Is(parameters, "payment_intent", refund.PaymentIntent)),
            parameters,
            RefundsRoot
        );
    }

    private ListPage ListDisputes(Parameters parameters, string none)
    {
        var created = Pages.CreatedFilter(parameters);
        var rows = parameters.Text("charge") is { } charge
            ? state.Disputes.GroupNewestFirst(charge)
            : state.Disputes.NewestFirst();
        return Pages.Cut(
            rows.Where(dispute => created(dispute.Created) && Is(parameters, "payment_intent", dispute.PaymentIntent)),
            parameters,
            DisputesRoot
        );
    }

    private static bool Is(Parameters parameters, string name, string? value) =>
        parameters.Text(name) is not { } wanted || wanted == value;
}
