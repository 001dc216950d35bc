using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Autopay.Application.Texts;

/// <summary>
/// Sentences in one language. A value is put in by its name: <c>{amount}</c>. Amounts are written alike in both
/// languages, as American bills have them; days are written in words.
/// </summary>
public sealed partial class Words
{
    private static readonly ResourceManager Resources = new(
        "Autopay.Application.Texts.Sentences",
        typeof(Words).Assembly
    );

    private readonly Language language;

    private Words(Language language) => this.language = language;

    public static Words English { get; } = new(Language.English);

    public static Words Spanish { get; } = new(Language.Spanish);

    public Language Language => language;

    public static Words In(Language language) => language == Language.Spanish ? Spanish : English;

    /// <exception cref="InvalidOperationException">The sentence needs a value that is not given, or is not there.
    /// </exception>
    public string Of(Phrase phrase, params IReadOnlyList<(string Name, string Value)> values) =>
        NamePattern()
            .Replace(
                TextOf(phrase),
                name =>
                    values.FirstOrDefault(value => value.Name == name.Groups[1].Value).Value
                    ?? throw new InvalidOperationException($"{phrase} needs {name.Value}.")
            );

    /// <inheritdoc cref="Of"/>
    public Sentence Say(Phrase phrase, params IReadOnlyList<(string Name, string Value)> values) =>
        new(phrase, Of(phrase, values));

    /// <summary><c>Wednesday, March 4, 2020</c>, <c>miércoles 4 de marzo de 2020</c>.</summary>
    public string Day(DateOnly day) => day.ToString(language.DayPattern, language.Culture);

    /// <summary><c>$1,006.75</c></summary>
    public static string Amount(Money amount) =>
        (amount.Cents < 0 ? "-" : "")
        + Math.Abs((decimal)amount.Cents / 100m).ToString("$#,0.00", CultureInfo.InvariantCulture);

    /// <summary>One after the other, with "and" before the last.</summary>
    public string List(IReadOnlyList<string> items) => Join(items, Phrase.ListComma, Phrase.ListAnd);

    /// <summary>The same of days; Spanish puts an article before each but the first.</summary>
    public string Days(IEnumerable<DateOnly> days) =>
        Join([.. days.Distinct().Order().Select(Day)], Phrase.DatesComma, Phrase.DatesAnd);

    internal static ResourceSet? SetOf(Language language) =>
        language == Language.Spanish
            ? Resources.GetResourceSet(language.Culture, createIfNotExists: true, tryParents: false)
            : Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false);

    private string Join(IReadOnlyList<string> items, Phrase comma, Phrase and) =>
        items.Count < 2
            ? string.Concat(items)
            : Of(
                and,
                ("first", items.SkipLast(1).Aggregate((all, next) => Of(comma, ("first", all), ("last", next)))),
                ("last", items[^1])
            );

    private string TextOf(Phrase phrase) =>
        SetOf(language)?.GetString(phrase.ToString())
        ?? throw new InvalidOperationException($"There is no {language.Code} text of {phrase}.");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex NamePattern();
}
