using System.Globalization;
using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.Http;

/// <summary>
/// The answers that have nothing to do with what was asked. None of them but the 500 is stored under an idempotency
/// key.
/// </summary>
internal static class ErrorAnswers
{
    private const string Request = "invalid_request_error";
    private const string Misuse = "idempotency_error";

    public static Answer Unauthorized(ApiCall call, string message) =>
        Make(call, 401, Error(Request, null, message)) with
        {
            IsStored = false,
        };

    public static Answer UnknownRoute(ApiCall call) =>
        Make(
            call,
            404,
            Error(
                Request,
                null,
                $"Unrecognized request URL ({call.Method}: {call.Path}). If you are trying to list objects, "
                    + "remove the trailing slash."
            )
        ) with
        {
            IsStored = false,
        };

    public static Answer ServerError(ApiCall call) =>
        Make(
                call,
                500,
                Error(
                    "api_error",
                    null,
                    "Sorry! There was an error while talking to one of our backends. Try again or contact support."
                )
            )
            .With("Stripe-Should-Retry", "false");

    public static Answer RateLimited(ApiCall call, int? retryAfterSeconds)
    {
        var answer = Make(
            call,
            429,
            Error(
                Request,
                "rate_limit",
                "Request rate limit exceeded. You can learn more about rate limits here "
                    + "https://stripe.com/docs/rate-limits."
            )
        );
        answer = answer.With("Stripe-Rate-Limited-Reason", "endpoint-rate").With("Stripe-Should-Retry", "false") with
        {
            IsStored = false,
        };
        return retryAfterSeconds is { } seconds
            ? answer.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))
            : answer;
    }

    public static Answer LockTimeout(ApiCall call) =>
        Make(
                call,
                429,
                Error(
                    Request,
                    "lock_timeout",
                    "This object cannot be accessed right now because another API request or Stripe process is "
                        + "currently accessing it."
                )
            )
            .With("Stripe-Should-Retry", "true") with
        {
            IsStored = false,
        };

    public static Answer KeyInUse(ApiCall call) =>
        Make(
                call,
                409,
                Error(
                    Misuse,
                    "idempotency_key_in_use",
                    "There is currently another in-progress request using this Idempotent Key (that probably "
                        + "means you submitted twice, and the other "
                        + $"request is still going through): {call.IdempotencyKey}. Please try again later."
                )
            )
            .With("Stripe-Should-Retry", "true") with
        {
            IsStored = false,
        };

    public static Answer KeyMisused(ApiCall call, string firstPath) =>
        Make(
            call,
            400,
            Error(
                Misuse,
                null,
                firstPath == call.Path
                    ? "Keys for idempotent requests can only be used with the same parameters they were first "
                        + "used with. "
                        + $"Try using a key other than '{call.IdempotencyKey}' if you "
                        + "meant to execute a different request."
                    : "Keys for idempotent requests can only be used for the same endpoint they were first used "
                        + $"for ('{call.Path}' vs '{firstPath}'). "
                        + $"Try using a key other than '{call.IdempotencyKey}' if you "
                        + "meant to execute a different request."
            )
        ) with
        {
            IsStored = false,
        };

    public static Answer KeyTooLong(ApiCall call) =>
        Make(call, 400, Error(Request, null, "Idempotency keys can be up to 255 characters long.")) with
        {
            IsStored = false,
        };

    public static Answer BadGateway() =>
        new(502, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n")
        {
            ContentType = "text/html",
            IsStored = false,
        };

    private static Answer Make(ApiCall call, int status, PaymentError error) =>
        new(status, Answer.ErrorText(error, call.RequestId));

    private static PaymentError Error(string type, string? code, string message) =>
        RefusedException.Describe(type, code, message);
}
