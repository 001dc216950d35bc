using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autopay.StripeSandbox.State;

/// <summary>The one way in which anything becomes JSON, on the wire and in the journal.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    private static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true };

    public static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>Stripe sends webhooks indented, and signs exactly those bytes.</summary>
    public static string IndentedText(object value) => JsonSerializer.Serialize(value, value.GetType(), Indented);

    public static JsonElement Snapshot(object value) =>
        JsonSerializer.SerializeToElement(value, value.GetType(), Options);

    public static JsonNode Node(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), Options)!;
}
