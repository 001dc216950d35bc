using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Autopay.Samples.Generator.Bills;

namespace Autopay.Samples.Generator.Files;

/// <summary>timeline.json in the making: steps in time order, cycles, start and end.</summary>
internal sealed class TimelineText(string name, DateOnly start, DateOnly end)
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<(DateTime At, JsonObject Step)> _steps = [];

    public void Import(DateTime at, string kind, string file) =>
        Add(at, "import", new() { ["kind"] = kind, ["file"] = file });

    public void Add(DateTime at, string verb, JsonObject fields)
    {
        var step = new JsonObject
        {
            ["at"] = at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            ["do"] = verb,
        };
        foreach (var (key, value) in fields)
        {
            step[key] = value?.DeepClone();
        }

        _steps.Add((at, step));
    }

    /// <summary>
    /// One line a step. The only expectation that a generator can promise without playing the rules: nobody is charged
    /// twice.
    /// </summary>
    public string ToJson(IEnumerable<int> cycles) =>
        $$"""
            {
              "name": {{Text(JsonValue.Create(name))}},
              "timeZone": "America/Chicago",
              "start": "{{CsvText.Day(start)}}",
              "end": "{{CsvText.Day(end)}}",
              "cycles": [
            {{Lines(cycles.Select(Cycle))}}
              ],
              "dueDateRunAt": "06:00",
              "policies": {"maxRetries":2,"retryAfterBankingDays":[5,10]},
              "steps": [
            {{Lines(_steps.OrderBy(s => s.At).Select(s => s.Step))}}
              ],
              "expect": {"doubleCharges":0}
            }

            """;

    private static string Lines(IEnumerable<JsonNode> nodes) => string.Join(",\n", nodes.Select(n => "    " + Text(n)));

    private static string Text(JsonNode node) => node.ToJsonString(Plain);

    private static JsonNode Cycle(int cycle) =>
        new JsonObject
        {
            ["cycle"] = cycle,
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"Cycle {cycle}"),
            ["area"] = BillingCalendar.Area(cycle),
        };
}
