using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Http;

/// <summary>What goes back, before the network gets hold of it.</summary>
internal sealed record Answer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Kept under the idempotency key and given again.</summary>
    public bool IsStored { get; init; } = true;

    public static Answer Ok(object body) => new(200, Wire.Text(body));

    public static Answer Refused(RefusedException refusal, string requestId) =>
        new(refusal.Status, ErrorText(refusal.Error, requestId)) { IsStored = refusal.BeganExecution };

    public Answer With(string header, string value) =>
        this with
        {
            Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value },
        };

    public static string ErrorText(PaymentError error, string requestId) =>
        Wire.Text(new ErrorBody(error with { RequestLogUrl = $"https://dashboard.stripe.com/test/logs/{requestId}" }));
}
