using System.Text.Json;
using Autopay.Application.Auditing;

namespace Autopay.Pages.Cycles;

/// <summary>Which acts upon the city's controls are about a cycle.</summary>
internal static class ActsOfCycle
{
    /// <summary>Whether the act names the cycle, itself or in what it agrees to.</summary>
    public static bool IsAbout(this AuditedAct act, CycleNumber cycle) => Names(act.Change, cycle.Value);

    private static bool Names(JsonElement element, int cycle) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Any(property => Names(property, cycle)),
            JsonValueKind.Array => element.EnumerateArray().Any(item => Names(item, cycle)),
            _ => false,
        };

    private static bool Names(JsonProperty property, int cycle) =>
        property.Name switch
        {
            "cycle" => Is(property.Value, cycle),
            "cycles" when property.Value.ValueKind == JsonValueKind.Array => property
                .Value.EnumerateArray()
                .Any(item => Is(item, cycle)),
            _ => Names(property.Value, cycle),
        };

    private static bool Is(JsonElement element, int cycle) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number == cycle;
}
