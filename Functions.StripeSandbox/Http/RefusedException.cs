using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.Http;

/// <summary>
/// An answer other than 200. What was changed before it was thrown stays changed, as a declined charge does.
/// </summary>
internal sealed class RefusedException(int status, PaymentError error, bool beganExecution = true)
    : Exception(error.Message)
{
    private const string Request = "invalid_request_error";

    public int Status => status;

    public PaymentError Error => error;

    /// <summary>
    /// Stripe keeps an answer under its key only once execution began: refused parameters may be corrected and sent
    /// again.
    /// </summary>
    public bool BeganExecution => beganExecution;

    public static RefusedException Parameter(string message, string? param, string? code = null) =>
        new(400, Describe(Request, code, message) with { Param = param }, beganExecution: false);

    public static RefusedException Missing(string kind, string id, string? param = null) =>
        new(
            param is null ? 404 : 400,
            Describe(Request, "resource_missing", $"No such {kind}: '{id}'") with
            {
                Param = param ?? "id",
            }
        );

    public static RefusedException State(string? code, string message, PaymentIntent? intent = null) =>
        new(400, Describe(Request, code, message) with { PaymentIntent = intent });

    public static RefusedException Payment(PaymentError error) => new(402, error);

    public static PaymentError Describe(string type, string? code, string message) =>
        new()
        {
            Type = type,
            Code = code,
            Message = message,
            DocUrl = code is null ? null : $"https://stripe.com/docs/error-codes/{code.Replace('_', '-')}",
        };
}
