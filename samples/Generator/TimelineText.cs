using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autopay.Samples.Generator;

/// <summary>timeline.json in the making: steps in time order, cycles, start and end.</summary>
internal sealed class TimelineText(string name, DateOnly start, DateOnly end)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<(DateTime At, JsonObject Step)> _steps = [];

    public void Import(DateTime at, string kind, string file) => Add(at, "import", new() { ["kind"] = kind, ["file"] = file });

    public void Add(DateTime at, string verb, JsonObject fields)
    {
        var step = new JsonObject { ["at"] = at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), ["do"] = verb };
        foreach (var (key, value) in fields)
        {
            step[key] = value?.DeepClone();
        }

        _steps.Add((at, step));
    }

    /// <summary>The only expectation that a generator can promise without playing the rules: nobody is charged twice.</summary>
    public string ToJson(IEnumerable<int> cycles) => new JsonObject
    {
        ["name"] = name,
        ["timeZone"] = "America/Chicago",
        ["start"] = CsvText.Day(start),
        ["end"] = CsvText.Day(end),
        ["cycles"] = new JsonArray([.. cycles.Select(Cycle)]),
        ["dueDateRunAt"] = "06:00",
        ["policies"] = new JsonObject { ["maxRetries"] = 2, ["retryAfterBankingDays"] = new JsonArray(5, 10) },
        ["steps"] = new JsonArray([.. _steps.OrderBy(s => s.At).Select(s => s.Step)]),
        ["expect"] = new JsonObject { ["doubleCharges"] = 0 },
    }.ToJsonString(Readable) + "\n";

    private static JsonNode Cycle(int cycle) => new JsonObject
    {
        ["cycle"] = cycle,
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"Cycle {cycle}"),
        ["area"] = BillingCalendar.Area(cycle),
    };
}
