using System.Text.Json;
using System.Text.Json.Serialization;
using Autopay.StripeSandbox.Faults;
using Autopay.StripeSandbox.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Autopay.StripeSandbox.Control;

/// <summary>`/_sandbox/…`: JSON in camel case, so that nobody takes it for a part of Stripe's API.</summary>
internal sealed class ControlEndpoint(SandboxControl control)
{
    public const string Root = "/_sandbox";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            var path = http.Request.Path.Value![Root.Length..];
            await WriteAsync(http, 200, await RunAsync($"{http.Request.Method} {path}", http.Request));
        }
        catch (Exception problem) when (problem is ControlException or JsonException)
        {
            await WriteAsync(http, 400, new { error = problem.Message });
        }
    }

    private async Task<object> RunAsync(string verb, HttpRequest request) =>
        verb switch
        {
            "GET /clock" => control.Clock,
            "POST /clock" => Move(await ReadAsync<ClockMove>(request)),
            "GET /ledger" => control.Ledger(request.Query["by"].FirstOrDefault() ?? "debit_id"),
            "GET /calls" => control.Calls,
            "DELETE /calls" => Done(control.ClearCalls),
            "GET /faults" => control.Faults,
            "POST /faults" => await AddFaultsAsync(request),
            "DELETE /faults" => Done(control.ClearFaults),
            "POST /bank/answer" => Answer(await ReadAsync<BankAnswer>(request)),
            "POST /dispute" => Dispute(await ReadAsync<DisputeWish>(request)),
            "POST /dispute/close" => Close(await ReadAsync<DisputeEnd>(request)),
            "POST /mandate" => Accept(await ReadAsync<MandateWish>(request)),
            "POST /mandate/end" => control.EndMandate((await ReadAsync<MandateEnd>(request)).Mandate),
            "POST /payment_method/block" => Block(await ReadAsync<MethodBlock>(request)),
            "POST /payout" => control.PayOut(),
            "POST /action" => control.CompleteAction((await ReadAsync<ActionDone>(request)).Intent),
            "GET /webhooks" => control.Webhooks,
            "POST /webhooks" => control.AddWebhook((await ReadAsync<WebhookWish>(request)).ToTarget()),
            "DELETE /webhooks" => control.RemoveWebhooks(),
            "POST /webhooks/delivery" => control.Deliver(await ReadAsync<DeliveryMode>(request)),
            "POST /webhooks/flush" => await control.FlushAsync(await ReadOptionalAsync<DeliveryMode>(request)),
            "POST /webhooks/redeliver" => await control.RedeliverAsync(
                (await ReadOptionalAsync<RedeliveryWish>(request))?.Events ?? []
            ),
            _ => throw new ControlException($"The sandbox has no '{verb}'."),
        };

    private ClockReport Move(ClockMove move) =>
        move switch
        {
            { AdvanceTo: { } moment } => control.AdvanceTo(moment),
            { AdvanceBySeconds: { } seconds } => control.AdvanceBy(TimeSpan.FromSeconds(seconds)),
            { Frozen: { } frozen } => control.Freeze(frozen),
            _ => throw new ControlException("Say advanceTo, advanceBySeconds or frozen."),
        };

    private async Task<object> AddFaultsAsync(HttpRequest request)
    {
        var body = await ReadAsync<JsonElement>(request);
        control.AddFaults(
            body.ValueKind == JsonValueKind.Array
                ? body.Deserialize<FaultRule[]>(Json)!
                : [body.Deserialize<FaultRule>(Json)!]
        );
        return control.Faults;
    }

    private IReadOnlyList<IntentState> Answer(BankAnswer answer) => control.AnswerNow(answer.Intent, answer.Outcome);

    private DisputeState Dispute(DisputeWish wish) =>
        control.Dispute(
            wish.Intent ?? wish.Charge ?? throw new ControlException("Name an intent or a charge."),
            wish.Reason,
            wish.NetworkCode
        );

    private MandateState Accept(MandateWish wish) => control.AcceptMandate(wish.Customer, wish.PaymentMethod);

    private MethodState Block(MethodBlock block) => control.BlockMethod(block.PaymentMethod, block.Code ?? "R16");

    private DisputeState Close(DisputeEnd end) => control.CloseDispute(end.Dispute, end.Won);

    private static object Done(Action action)
    {
        action();
        return new { done = true };
    }

    private static async Task<T> ReadAsync<T>(HttpRequest request) =>
        await JsonSerializer.DeserializeAsync<T>(request.Body, Json)
        ?? throw new ControlException("A JSON body is needed.");

    private static async Task<T?> ReadOptionalAsync<T>(HttpRequest request)
        where T : class => request.ContentLength is null or 0 ? null : await ReadAsync<T>(request);

    private static async Task WriteAsync(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(JsonSerializer.Serialize(body, body.GetType(), Json));
    }
}

internal sealed record ClockMove(DateTimeOffset? AdvanceTo, double? AdvanceBySeconds, bool? Frozen);

internal sealed record BankAnswer(string? Intent, string? Outcome);

internal sealed record DisputeWish(string? Intent, string? Charge, string? Reason, string? NetworkCode);

internal sealed record DisputeEnd(string Dispute, bool Won);

internal sealed record MandateWish(string Customer, string PaymentMethod);

internal sealed record MandateEnd(string Mandate);

internal sealed record MethodBlock(string PaymentMethod, string? Code);

internal sealed record ActionDone(string Intent);

internal sealed record RedeliveryWish(IReadOnlyList<string>? Events);

internal sealed record WebhookWish(
    Uri Url,
    string? Secret,
    IReadOnlyList<string>? Secrets,
    string? ApiVersion,
    IReadOnlyList<string>? Events
)
{
    public WebhookTarget ToTarget() =>
        new(Url, Secrets ?? [Secret ?? throw new ControlException("Give a secret, or several secrets.")])
        {
            ApiVersion = ApiVersion,
            Events = Events ?? [],
        };
}
