using System.Text.RegularExpressions;

namespace Autopay.Application.Texts;

/// <summary>An English sentence and what it is in Spanish, both with values as <c>{names}</c>.</summary>
internal sealed partial record Saying(string English, string Spanish)
{
    /// <summary>Values that may be whole sentences; any other ends with the sentence that it is in.</summary>
    private static readonly string[] Wordy = ["why", "what", "advice", "stored", "asked", "late"];

    private readonly string[] parts = NamePattern().Split(English);

    /// <summary>How many letters are its own, and no value's.</summary>
    public int Letters => Literals.Sum(part => part.Length);

    // Literals and names take turns.
    private IEnumerable<string> Literals => parts.Where((_, at) => at % 2 == 0);

    /// <returns>The values, if the sentence is this one; null otherwise. Each ends where what follows it begins.
    /// </returns>
    public IReadOnlyList<(string Name, string Text)>? ValuesIn(string sentence)
    {
        var (first, last) = (parts[0], parts[^1]);
        if (parts.Length == 1)
        {
            return sentence == English ? [] : null;
        }

        if (
            sentence.Length < first.Length + last.Length
            || !sentence.StartsWith(first, StringComparison.Ordinal)
            || !sentence.EndsWith(last, StringComparison.Ordinal)
        )
        {
            return null;
        }

        List<(string, string)> values = [];
        var (from, end) = (first.Length, sentence.Length - last.Length);
        for (var at = 1; at < parts.Length; at += 2)
        {
            var to = at + 2 == parts.Length ? end : sentence.IndexOf(parts[at + 1], from, StringComparison.Ordinal);
            if (to < from || to > end || !MayBe(parts[at], sentence[from..to]))
            {
                return null;
            }

            values.Add((parts[at], sentence[from..to]));
            from = to + parts[at + 1].Length;
        }

        return values;
    }

    public string With(IReadOnlyList<(string Name, string Text)> values) =>
        NamePattern().Replace(Spanish, name => values.First(value => value.Name == name.Groups[1].Value).Text);

    private static bool MayBe(string name, string value) =>
        Wordy.Contains(name) || !value.Contains(". ", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex NamePattern();
}
