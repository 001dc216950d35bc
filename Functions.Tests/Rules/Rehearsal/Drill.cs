using System.Globalization;
using System.Text.Json.Nodes;
using Autopay.Imports;
using Autopay.Rehearsal.Input;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>A small rehearsal, written into a folder of its own and played. Cycle 1, January to April 2020.</summary>
internal sealed class Drill : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("drill");
    private readonly JsonArray steps = [];

    public string Folder => folder.FullName;

    public JsonObject Timeline { get; } =
        new()
        {
            ["name"] = "Drill",
            ["timeZone"] = "America/Chicago",
            ["start"] = "2020-01-13",
            ["end"] = "2020-04-17",
        };

    /// <summary>An account with autopay, enrolled on the first morning.</summary>
    public Drill Account(string account = "A1", string method = "pm_good", string cap = "", string autopay = "on") =>
        Import("2020-01-13T07:00", ImportKind.Accounts, $"{account},1,west,{autopay},cus_{account},{method},,{cap},");

    /// <summary>A bill that says that nothing else is open, mailed two weeks before it is due.</summary>
    public Drill Bill(
        string bill,
        string due,
        string charges = "50.00",
        string at = "2020-01-13T08:00",
        string account = "A1",
        string previous = "0.00",
        int cycle = 1
    )
    {
        var day = DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var total =
            decimal.Parse(charges, CultureInfo.InvariantCulture)
            + decimal.Parse(previous, CultureInfo.InvariantCulture);
        return Import(
            at,
            ImportKind.Bills,
            FormattableString.Invariant($"{bill},{account},{cycle},{day.AddDays(-14):yyyy-MM-dd},{due},")
                + FormattableString.Invariant($"{day.AddDays(7):yyyy-MM-dd},{charges},{previous},{total:0.00}")
        );
    }

    public Drill Pay(string at, string amount, string payment = "P1", string bill = "", string account = "A1") =>
        Import(at, ImportKind.Payments, $"{payment},{account},{amount},cash,,{at[..10]},{bill}");

    public Drill Import(string at, ImportKind kind, params string[] rows)
    {
        var name = $"file-{steps.Count}.csv";
        File.WriteAllText(Path.Combine(Folder, name), Csv.File(kind, rows));
        return Step(at, "import", new() { ["kind"] = kind.ToText(), ["file"] = name });
    }

    public Drill Hold(string at, string from, string to, string id = "outage") =>
        Step(
            at,
            "defer",
            new()
            {
                ["id"] = id,
                ["cycles"] = new JsonArray(1),
                ["dueFrom"] = from,
                ["dueTo"] = to,
                ["action"] = "hold",
                ["reason"] = "cashier down",
            }
        );

    public Drill Merge(string at, string from, string to, string id = "late") =>
        Step(
            at,
            "defer",
            new()
            {
                ["id"] = id,
                ["cycles"] = new JsonArray(1),
                ["dueFrom"] = from,
                ["dueTo"] = to,
                ["action"] = "merge",
                ["reason"] = "bill not mailed",
            }
        );

    public Drill Clear(string at) => Step(at, "clear", new() { ["cycles"] = new JsonArray(1) });

    public Drill OfAccount(string at, string verb, string? bill = null, string? to = null)
    {
        var fields = new JsonObject { ["account"] = "A1" };
        Set(fields, "bill", bill);
        Set(fields, "to", to);
        return Step(at, verb, fields);
    }

    public Drill Step(string at, string verb, JsonObject? fields = null)
    {
        var step = fields ?? [];
        (step["at"], step["do"]) = (at, verb);
        steps.Add(step);
        return this;
    }

    public string Write()
    {
        Timeline["steps"] = steps.DeepClone();
        File.WriteAllText(
            Path.Combine(Folder, TimelineFile.Name),
            Timeline.ToJsonString(new() { WriteIndented = true })
        );
        return Folder;
    }

    /// <summary>Plays it; every invariant must hold.</summary>
    public async Task<Played> PlayAsync()
    {
        var played = await Played.FromAsync(Write());
        Assert.Empty(played.Failures);
        return played;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Set(JsonObject fields, string name, string? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }
}
