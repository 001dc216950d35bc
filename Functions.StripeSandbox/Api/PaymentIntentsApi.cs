using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Payments;
using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.Api;

internal sealed class PaymentIntentsApi(Core core, PaymentIntents intents, Customers customers, Submission submission)
{
    private const string Root = "/v1/payment_intents";
    private const string SandboxDescriptorCode = "SM11AA";

    private static readonly string[] Confirming =
    [
        "allowed_payment_method_types",
        "amount_details",
        "amount_to_confirm",
        "capture_method",
        "confirmation_token",
        "error_on_requires_action",
        "excluded_payment_method_types",
        "hooks",
        "mandate",
        "mandate_data",
        "off_session",
        "payment_details",
        "payment_method",
        "payment_method_data",
        "payment_method_options",
        "radar_options",
        "receipt_email",
        "return_url",
        "setup_future_usage",
        "shipping",
        "use_stripe_sdk",
    ];

    private static readonly string[] Creating =
    [
        .. Confirming,
        "amount",
        "currency",
        "application_fee_amount",
        "automatic_payment_methods",
        "confirm",
        "confirmation_method",
        "customer",
        "customer_account",
        "description",
        "metadata",
        "on_behalf_of",
        "payment_method_configuration",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_data",
        "transfer_group",
    ];

    private static readonly string[] Updating =
    [
        "amount",
        "customer",
        "description",
        "metadata",
        "payment_method",
        "receipt_email",
        "statement_descriptor",
    ];

    public IEnumerable<Route> Routes =>
        [
            Route.Post(Root, Create, Creating),
            Route.List(Root, List, "customer", "customer_account", "created"),
            Route.Get(Root + "/{id}", (_, id) => intents.Find(id)) with
            {
                Accepts = ["client_secret"],
            },
            Route.Post(
                Root + "/{id}",
                (parameters, id) => intents.Update(PaymentIntentParameters.ReadUpdate(parameters, intents.Find(id))),
                Updating
            ),
            Route.Post(Root + "/{id}/confirm", Confirm, Confirming),
            Route.Post(Root + "/{id}/cancel", Cancel, "cancellation_reason"),
            Route.Post(Root + "/{id}/verify_microdeposits", VerifyMicrodeposits, "amounts", "descriptor_code"),
        ];

    private PaymentIntent Create(Parameters parameters, string none)
    {
        var confirm = parameters.Flag("confirm") == true;
        var intent = PaymentIntentParameters.ReadIntent(parameters, core.Clock.UnixNow);
        if (intent.Customer is { } customer)
        {
            customers.Resolve(customer, "customer");
        }
        var created = intents.Create(intent);
        return confirm ? intents.Confirm(created, PaymentIntentParameters.ReadConfirmation(parameters)) : created;
    }

    private PaymentIntent Confirm(Parameters parameters, string id) =>
        intents.Confirm(intents.Find(id), PaymentIntentParameters.ReadConfirmation(parameters));

    private PaymentIntent Cancel(Parameters parameters, string id) =>
        parameters.Text("cancellation_reason") switch
        {
            var reason and (null or "duplicate" or "fraudulent" or "requested_by_customer" or "abandoned") =>
                intents.Cancel(intents.Find(id), reason),
            _ => throw RefusedException.Parameter(
                "Invalid cancellation_reason: must be one of duplicate, fraudulent, "
                    + "requested_by_customer, or abandoned",
                "cancellation_reason"
            ),
        };

    private PaymentIntent VerifyMicrodeposits(Parameters parameters, string id)
    {
        var intent = intents.Find(id);
        if (intent.NextAction?.VerifyWithMicrodeposits is null)
        {
            throw RefusedException.State(
                "payment_intent_unexpected_state",
                "This PaymentIntent is not awaiting microdeposit verification.",
                intent
            );
        }
        if (
            parameters.Text("descriptor_code") != SandboxDescriptorCode
            && !parameters.List("amounts").SequenceEqual(["32", "45"])
        )
        {
            throw RefusedException.State(
                "payment_method_microdeposit_verification_descriptor_code_mismatch",
                "The descriptor code provided does not match the one sent to the bank account.",
                intent
            );
        }
        return submission.Answered(intent);
    }

    private ListPage List(Parameters parameters, string none)
    {
        var created = Pages.CreatedFilter(parameters);
        var rows = parameters.Text("customer") is { } customer
            ? core.State.Intents.GroupNewestFirst(customer)
            : core.State.Intents.NewestFirst();
        return Pages.Cut(rows.Where(intent => created(intent.Created)), parameters, Root);
    }
}
