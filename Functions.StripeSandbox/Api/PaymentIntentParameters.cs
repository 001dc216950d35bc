using System.Text.Json;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Payments;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Api;

/// <summary>Form fields into records, refusing what Stripe would refuse before anything happens.</summary>
internal static class PaymentIntentParameters
{
    private const long SmallestAmount = 50;
    private const long LargestAmount = 99_999_999;

    private static readonly string[] DynamicTypes = [PaymentMethod.Card_, PaymentMethod.BankAccount_];
    private static readonly JsonElement BankAccountOptions = JsonElement.Parse(
        """{"verification_method":"automatic"}"""
    );
    private static readonly JsonElement CardOptions = JsonElement.Parse(
        """{"installments":null,"mandate_options":null,"network":null,"request_three_d_secure":"automatic"}"""
    );

    public static PaymentIntent ReadIntent(Parameters parameters, long now)
    {
        var id = Ids.New("pi");
        var allowed = parameters.List("allowed_payment_method_types");
        var types = allowed.Count > 0 ? allowed : DynamicTypes;
        RefuseSessionWithoutConfirm(parameters);
        return new PaymentIntent
        {
            Id = id,
            AllowedPaymentMethodTypes = allowed.Count > 0 ? allowed : null,
            Amount = Amount(parameters),
            AutomaticPaymentMethods = allowed.Count > 0 ? null : new("always", true),
            CaptureMethod = parameters.Text("capture_method") ?? "automatic_async",
            ClientSecret = $"{id}_secret_{Ids.Derived(id, 25)}",
            ConfirmationMethod = parameters.Text("confirmation_method") ?? "automatic",
            Created = now,
            Currency = Currency(parameters),
            Customer = parameters.Text("customer"),
            Description = parameters.Text("description"),
            Metadata = parameters.Metadata(),
            PaymentMethod = parameters.Text("payment_method"),
            PaymentMethodOptions = Options(types),
            PaymentMethodTypes = types,
            ReceiptEmail = parameters.Text("receipt_email"),
            SetupFutureUsage = parameters.Text("setup_future_usage"),
            StatementDescriptor = parameters.Text("statement_descriptor"),
            StatementDescriptorSuffix = parameters.Text("statement_descriptor_suffix"),
            Status = IntentStatus.RequiresPaymentMethod,
            TransferGroup = parameters.Text("transfer_group"),
        };
    }

    public static PaymentIntent ReadUpdate(Parameters parameters, PaymentIntent intent) =>
        intent with
        {
            Amount = parameters.Has("amount") ? Amount(parameters) : intent.Amount,
            Customer = parameters.Text("customer") ?? intent.Customer,
            Description = parameters.Text("description") ?? intent.Description,
            Metadata = parameters.Merged(intent.Metadata),
            PaymentMethod = parameters.Text("payment_method") ?? intent.PaymentMethod,
            ReceiptEmail = parameters.Text("receipt_email") ?? intent.ReceiptEmail,
            StatementDescriptor = parameters.Text("statement_descriptor") ?? intent.StatementDescriptor,
        };

    public static IntentConfirmation ReadConfirmation(Parameters parameters) =>
        new()
        {
            PaymentMethod = parameters.Text("payment_method"),
            Mandate = parameters.Text("mandate"),
            HasMandateData = parameters.Has("mandate_data"),
            OffSession = parameters.Text("off_session") is "true" or "one_off" or "recurring",
            ReturnUrl = parameters.Text("return_url"),
        };

    private static long Amount(Parameters parameters)
    {
        parameters.Required("amount");
        return parameters.Integer("amount") switch
        {
            < 1 => throw RefusedException.Parameter(
                "This value must be greater than or equal to 1.",
                "amount",
                "parameter_invalid_integer"
            ),
            < SmallestAmount => throw RefusedException.Parameter(
                "Amount must be at least $0.50 usd",
                "amount",
                "amount_too_small"
            ),
            > LargestAmount => throw RefusedException.Parameter(
                "Amount must be no more than $999,999.99",
                "amount",
                "amount_too_large"
            ),
            var amount => amount!.Value,
        };
    }

    private static string Currency(Parameters parameters) =>
        parameters.Required("currency").ToLowerInvariant() switch
        {
            "usd" => "usd",
            var other => throw RefusedException.Parameter(
                $"Invalid currency: {other}. This sandbox collects in US dollars only.",
                "currency"
            ),
        };

    /// <summary>Stripe's own rule: who is in session matters only at the moment of confirming.</summary>
    private static void RefuseSessionWithoutConfirm(Parameters parameters)
    {
        foreach (
            var name in (string[])["off_session", "mandate", "mandate_data", "return_url", "error_on_requires_action"]
        )
        {
            if (parameters.Has(name) && parameters.Flag("confirm") != true)
            {
                throw RefusedException.Parameter(
                    $"You cannot provide `{name}` when creating a PaymentIntent unless `confirm` is true.",
                    name
                );
            }
        }
    }

    private static JsonElement Options(IReadOnlyList<string> types)
    {
        var options = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            options[type] = type switch
            {
                PaymentMethod.BankAccount_ => BankAccountOptions,
                PaymentMethod.Card_ => CardOptions,
                _ => throw RefusedException.Parameter(
                    $"The payment method type \"{type}\" is invalid.",
                    "allowed_payment_method_types"
                ),
            };
        }
        return Wire.Snapshot(options);
    }
}
