using System.Globalization;
using System.Text.Json;

namespace Autopay.Pages.Operating;

/// <summary>What an act was about, out of the record itself: cycles, days, debits and dollars.</summary>
internal static class AuditText
{
    /// <returns>Empty, or a colon and the facts.</returns>
    public static string FactsOf(JsonElement change, PageWords words)
    {
        var facts = Facts(change, words).ToList();
        return facts.Count == 0 ? "" : $": {string.Join(", ", facts)}";
    }

    private static IEnumerable<string> Facts(JsonElement change, PageWords words)
    {
        if (change.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        // What somebody is asked to agree to, and the terms of a release, are within.
        foreach (var name in new[] { "act", "terms" })
        {
            if (change.TryGetProperty(name, out var inner))
            {
                foreach (var fact in Facts(inner, words))
                {
                    yield return fact;
                }
            }
        }

        if (CyclesOf(change) is { Count: > 0 } cycles)
        {
            yield return words.Of(
                cycles.Count == 1 ? "Audit.CyclesOne" : "Audit.CyclesMany",
                ("cycles", string.Join(", ", cycles))
            );
        }

        if (DayOf(change, "dueFrom") is { } from && DayOf(change, "dueTo") is { } to)
        {
            yield return words.Of("Audit.Due", ("from", from), ("to", to));
        }

        if (NumberOf(change, "debits") is { } debits)
        {
            yield return words.Count("Audit.Debits", debits);
        }

        if ((NumberOf(change, "total") ?? NumberOf(change, "amount")) is { } cents)
        {
            yield return PageWords.Amount(new Money(cents));
        }
    }

    private static IReadOnlyList<int> CyclesOf(JsonElement change) =>
        change.TryGetProperty("cycles", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(it => it.ValueKind == JsonValueKind.Number).Select(it => it.GetInt32())]
        : NumberOf(change, "cycle") is { } one ? [(int)one]
        : [];

    private static long? NumberOf(JsonElement change, string name) =>
        change.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;

    private static DateOnly? DayOf(JsonElement change, string name) =>
        change.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(
            value.GetString(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;
}
