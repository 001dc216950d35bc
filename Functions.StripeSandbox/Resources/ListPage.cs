using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Autopay.StripeSandbox.Resources;

internal sealed record ListPage(JsonArray Data, bool HasMore, string Url)
{
    [JsonPropertyName("object")]
    public string Kind { get; init; } = "list";
}
