using System.Globalization;
using System.Text.RegularExpressions;

namespace Autopay.Benchmarks.Cloud;

/// <summary>The filters that the app sends: comparisons, and, or, brackets.</summary>
internal sealed partial class RowFilter
{
    private readonly List<string> words;
    private readonly List<(string Name, string Operator, string Value)> bounds = [];
    private readonly Func<CloudRow, bool> matches;
    private int at;
    private int depth;
    private bool hasOr;

    public RowFilter(string? text)
    {
        words = [.. Words().Matches(text ?? "").Select(match => match.Value)];
        matches = words.Count == 0 ? _ => true : Or();
        if (at != words.Count)
        {
            throw new NotSupportedException($"A filter that is not understood: {text}");
        }
    }

    /// <summary>The one partition that it names.</summary>
    public string? Partition => Bound("PartitionKey", "eq");

    public string From => Bound("RowKey", "ge") ?? Bound("RowKey", "gt") ?? Bound("RowKey", "eq") ?? "";

    public string To => Bound("RowKey", "lt") ?? Bound("RowKey", "le") ?? Bound("RowKey", "eq") ?? "\uffff";

    public bool Matches(CloudRow row) => matches(row);

    // Only what every row must fulfil.
    private string? Bound(string name, string comparison) =>
        hasOr
            ? null
            : bounds.Where(it => (it.Name, it.Operator) == (name, comparison)).Select(it => it.Value).FirstOrDefault();

    private Func<CloudRow, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            hasOr |= depth == 0;
            var (one, other) = (left, And());
            left = row => one(row) || other(row);
        }

        return left;
    }

    private Func<CloudRow, bool> And()
    {
        var left = Term();
        while (Take("and"))
        {
            var (one, other) = (left, Term());
            left = row => one(row) && other(row);
        }

        return left;
    }

    private Func<CloudRow, bool> Term()
    {
        if (Take("("))
        {
            depth++;
            var inner = Or();
            depth--;
            return Take(")") ? inner : throw new NotSupportedException("A bracket is not closed.");
        }

        var (name, comparison, literal) = (words[at++], words[at++], words[at++]);
        var isText = literal[0] == '\'';
        var value = isText ? literal[1..^1].Replace("''", "'", StringComparison.Ordinal) : literal;
        if (depth == 0 && isText)
        {
            bounds.Add((name, comparison, value));
        }

        return row => row.Find(name) is { } found && Holds(Compare(found, value, isText), comparison);
    }

    private bool Take(string word)
    {
        if (at < words.Count && words[at] == word)
        {
            at++;
            return true;
        }

        return false;
    }

    private static int Compare(string found, string literal, bool isText) =>
        isText || literal is "true" or "false" ? string.CompareOrdinal(found, literal)
        : literal.StartsWith("datetime'", StringComparison.Ordinal)
            ? DateTimeOffset
                .Parse(found, CultureInfo.InvariantCulture)
                .CompareTo(DateTimeOffset.Parse(literal[9..^1], CultureInfo.InvariantCulture))
        : decimal.Parse(found, CultureInfo.InvariantCulture)
            .CompareTo(decimal.Parse(literal.TrimEnd('L'), CultureInfo.InvariantCulture));

    private static bool Holds(int order, string comparison) =>
        comparison switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "lt" => order < 0,
            "le" => order <= 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            _ => throw new NotSupportedException($"A filter with {comparison}."),
        };

    [GeneratedRegex(@"datetime'[^']*'|'(?:[^']|'')*'|[()]|[^\s()']+")]
    private static partial Regex Words();
}
