using System.Text.Json;
using System.Text.Json.Nodes;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Auditing;

/// <summary>
/// Plays the record of decisions once more, and holds the city's controls against what it gives: who writes a release,
/// or anything else, into what is stored is found, whether or not anybody used it.
/// </summary>
internal static class VerifyControls
{
    private const string What = "the city's controls";

    /// <param name="stored">Read before the record: of what came since they know nothing.</param>
    /// <returns>The first field that differs, or the first act that cannot have been done; null when all
    /// fits.</returns>
    public static SealBreak? Run(Controls stored, IEnumerable<ControlsHistoryRow> record)
    {
        var played = new Controls { Policies = stored.Policies };
        foreach (var row in record.Where(row => row.Version <= stored.Version))
        {
            try
            {
                played = played.Replay(row.Change, row.Authority);
            }
            catch (RefusedException refusal)
            {
                return new SealBreak(What, $"act {row.Version} cannot have been done: {refusal.Message}");
            }
        }

        return Differing(ToJson(stored), ToJson(played)) is { } field
            ? new SealBreak(What, $"'{field}' is not what the record of decisions gives")
            : null;
    }

    private static JsonObject ToJson(Controls controls) =>
        JsonSerializer.SerializeToNode(controls.WithoutWords())!.AsObject();

    private static string? Differing(JsonObject stored, JsonObject played) =>
        stored.Select(it => it.Key).FirstOrDefault(field => !JsonNode.DeepEquals(stored[field], played[field]));
}
