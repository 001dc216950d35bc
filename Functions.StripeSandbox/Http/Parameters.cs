using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Autopay.StripeSandbox.Http;

/// <summary>
/// Form fields or query of a call. `metadata[debit_id]=D1`, `expand[]=a` and `expand[0]=a` become the paths
/// `metadata.debit_id` and `expand.0`; two spellings of the same list are the same request.
/// </summary>
internal sealed class Parameters
{
    private readonly List<(string[] Path, string Value)> fields = [];

    public Parameters(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        foreach (var (name, values) in pairs)
        {
            foreach (var value in values)
            {
                fields.Add((PathOf(name, fields.Count), value ?? ""));
            }
        }
    }

    public IEnumerable<string> TopLevelNames => fields.Select(pair => pair.Path[0]).Distinct(StringComparer.Ordinal);

    public string? Text(string name, string? within = null) =>
        fields.FirstOrDefault(field => Matches(field.Path, within, name)).Value;

    public IReadOnlyList<string> List(string name) =>
        [.. fields.Where(field => field.Path[0] == name).Select(field => field.Value)];

    public Dictionary<string, string> Map(string name) =>
        fields
            .Where(field => field.Path.Length == 2 && field.Path[0] == name)
            .GroupBy(field => field.Path[1], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    public bool Has(string name) => fields.Exists(field => field.Path[0] == name);

    public IEnumerable<string> KeysWithin(string name) =>
        fields.Where(field => field.Path.Length > 1 && field.Path[0] == name).Select(field => field.Path[1]);

    public string Required(string name) =>
        Text(name) switch
        {
            null => throw RefusedException.Parameter($"Missing required param: {name}.", name, "parameter_missing"),
            "" => throw RefusedException.Parameter(
                $"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a "
                    + $"parameter; however '{name}' cannot be unset.",
                name,
                "parameter_invalid_empty"
            ),
            var value => value,
        };

    public long? Integer(string name, string? within = null) =>
        Text(name, within) switch
        {
            null => null,
            var text
                when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                number,
            var text => throw RefusedException.Parameter(
                $"Invalid integer: {text}",
                Bracketed(name, within),
                "parameter_invalid_integer"
            ),
        };

    public bool? Flag(string name) =>
        Text(name) switch
        {
            null => null,
            "true" => true,
            "false" => false,
            var text => throw RefusedException.Parameter($"Invalid boolean: {text}", name),
        };

    /// <summary>Independent of the order of the fields; what the idempotency layer compares.</summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        foreach (
            var (path, value) in fields.OrderBy(field => string.Join('\u0001', field.Path), StringComparer.Ordinal)
        )
        {
            text.Append(string.Join('\u0001', path)).Append('\u0002').Append(value).Append('\u0003');
        }
        return text.ToString();
    }

    private static bool Matches(string[] path, string? within, string name) =>
        within is null ? path.Length == 1 && path[0] == name : path.Length == 2 && path[0] == within && path[1] == name;

    private static string Bracketed(string name, string? within) => within is null ? name : $"{within}[{name}]";

    private static string[] PathOf(string name, int position)
    {
        var path = name.Replace("]", "", StringComparison.Ordinal).Split('[');
        if (path[^1].Length == 0)
        {
            path[^1] = position.ToString("D6", CultureInfo.InvariantCulture);
        }
        return path;
    }
}
