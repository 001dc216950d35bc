using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Autopay.Application.Ports.Provider;
using Stripe;

namespace Autopay.Payments;

/// <summary>What the provider's status or error means for us. What is not known stays unknown.</summary>
internal static partial class StripeOutcomes
{
    public static IntentReading ToReading(PaymentIntent intent) =>
        new()
        {
            IntentId = intent.Id,
            Status = StatusOf(intent),
            Amount = new Money(intent.Amount),
            Currency = intent.Currency,
            Customer = intent.CustomerId ?? "",
            PaymentMethod = intent.PaymentMethodId ?? "",
            Received = new Money(intent.AmountReceived),
            Refunded = new Money(intent.LatestCharge?.AmountRefunded ?? 0),
            CreatedAt = new DateTimeOffset(DateTime.SpecifyKind(intent.Created, DateTimeKind.Utc)),
            Code = CodeOf(intent),
            AccountId = Metadata(intent, "account_id"),
            DebitId = Metadata(intent, "debit_id"),
            Environment = Metadata(intent, "environment"),
            AttemptNumber = int.TryParse(
                Metadata(intent, "attempt"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var attempt
            )
                ? attempt
                : null,
        };

    /// <summary>An answer that says what to do next; only the intent says what happened.</summary>
    public static ProviderAnswer ToAnswer(Exception failure) =>
        failure switch
        {
            StripeException stripe => ToAnswer(stripe),
            HttpRequestException
            {
                InnerException: SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound
                }
            } refused => new ProviderAnswer.NotYet(refused.Message),
            _ => new ProviderAnswer.Doubt($"{failure.GetType().Name}: {failure.Message}"),
        };

    private static ProviderAnswer ToAnswer(StripeException failure) =>
        (failure.HttpStatusCode, failure.StripeError) switch
        {
            (HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) =>
                new ProviderAnswer.NotYet(Why(failure)),
            (_, null) => new ProviderAnswer.Doubt($"an answer that is not Stripe's: {failure.Message}"),
            (>= HttpStatusCode.InternalServerError, _) => new ProviderAnswer.ServerError(Why(failure)),
            (HttpStatusCode.Conflict, _) => new ProviderAnswer.Doubt(Why(failure)),
            (_, { Type: "idempotency_error" }) => new ProviderAnswer.KeyMisused(Why(failure)),
            _ => new ProviderAnswer.Rejected(Why(failure)) { OfTheMethod = IsOfTheMethod(failure.StripeError!) },
        };

    // No mandate or an inactive one, a method that is detached, blocked or not verified. Some of these have no code:
    // then the text names what it is.
    private static bool IsOfTheMethod(StripeError error) =>
        error.Code is { } code
            && (
                code.StartsWith("payment_method_", StringComparison.Ordinal)
                || code.StartsWith("bank_account_", StringComparison.Ordinal)
                || code.Contains("mandate", StringComparison.Ordinal)
            )
        || error.Param is { } param
            && (
                param.StartsWith("payment_method", StringComparison.Ordinal)
                || param.StartsWith("mandate", StringComparison.Ordinal)
            )
        || (error.Message ?? "").Contains("PaymentMethod", StringComparison.Ordinal)
        || (error.Message ?? "").Contains("mandate", StringComparison.OrdinalIgnoreCase);

    public static RefundState StateOf(Stripe.Refund refund) =>
        refund.Status switch
        {
            "succeeded" => RefundState.Paid,
            "failed" or "canceled" => RefundState.Failed,
            _ => RefundState.Sent,
        };

    private static IntentStatus StatusOf(PaymentIntent intent) =>
        intent.Status switch
        {
            "requires_confirmation" => IntentStatus.Untouched,
            "requires_payment_method" when intent.LatestChargeId is null && intent.LastPaymentError is null =>
                IntentStatus.Untouched,
            "requires_payment_method" => IntentStatus.Dead,
            "processing" => IntentStatus.Processing,
            "succeeded" => IntentStatus.Succeeded,
            "canceled" => IntentStatus.Cancelled,
            "requires_action" => IntentStatus.RequiresAction,
            _ => IntentStatus.Unknown,
        };

    // The bank's own return code where there is one, else what Stripe calls it.
    private static string? CodeOf(PaymentIntent intent)
    {
        var network = intent.LatestCharge?.Outcome?.NetworkDeclineCode ?? intent.LastPaymentError?.NetworkDeclineCode;
        if (network is not null && ReturnCodePattern().IsMatch(network))
        {
            return network;
        }

        var code = intent.LatestCharge?.FailureCode ?? intent.LastPaymentError?.Code;
        return ReturnCodeOf(code)
            ?? ReturnCodeOf(intent.LastPaymentError?.DeclineCode)
            ?? intent.LastPaymentError?.DeclineCode
            ?? code;
    }

    /// <summary>
    /// A late ACH return is told as a dispute: the network's own code, or the one that its reason stands for.
    /// </summary>
    public static string? CodeOf(Dispute? dispute, bool isAch)
    {
        var network = isAch ? dispute?.NetworkReasonCode : null;
        return network is not null && ReturnCodePattern().IsMatch(network)
            ? network
            : (isAch ? ReturnCodeOf(dispute?.Reason) : null) ?? dispute?.Reason;
    }

    private static string? ReturnCodeOf(string? failureCode) =>
        failureCode switch
        {
            "insufficient_funds" => "R01",
            "account_closed" or "bank_account_closed" => "R02",
            "no_account" or "bank_account_invalid_details" or "incorrect_account_details" => "R03",
            "invalid_account_number" or "account_number_invalid" => "R04",
            "bank_account_frozen" => "R16",
            "bank_account_restricted" or "bank_ownership_changed" => "R20",
            _ => null,
        };

    private static string? Metadata(PaymentIntent intent, string name) => intent.Metadata?.GetValueOrDefault(name);

    private static string Why(StripeException failure) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)failure.HttpStatusCode} {failure.StripeError?.Code ?? failure.StripeError?.Type}: {failure.Message}"
        );

    [GeneratedRegex("^R[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex ReturnCodePattern();
}
