using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Autopay.Application.Texts;

namespace Autopay.Pages;

/// <summary>
/// The words of the pages in one language. A key is <c>Area.Name</c>: the name is in <c>Pages/Words/Area.resx</c> and
/// in <c>Area.es.resx</c>. A value is put in by its name: <c>{amount}</c>.
/// </summary>
public sealed partial class PageWords
{
    private const string Root = "Autopay.Pages.Words.";

    private static readonly string[] AllAreas =
    [
        .. typeof(PageWords)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .Select(name => name[Root.Length..name.LastIndexOf('.')])
            .Order(StringComparer.Ordinal),
    ];

    private static readonly Dictionary<string, ResourceManager> Areas = AllAreas.ToDictionary(
        area => area,
        area => new ResourceManager(Root + area, typeof(PageWords).Assembly)
    );

    private PageWords(Language language) => Language = language;

    public static PageWords English { get; } = new(Language.English);

    public static PageWords Spanish { get; } = new(Language.Spanish);

    public Language Language { get; }

    public bool IsSpanish => Language == Language.Spanish;

    public static PageWords In(Language language) => language == Language.Spanish ? Spanish : English;

    /// <exception cref="InvalidOperationException">There is no such text.</exception>
    public string this[string key] => TextOf(key) ?? throw new InvalidOperationException($"There is no text of {key}.");

    /// <exception cref="InvalidOperationException">There is no such text, or it needs a value that is not given.
    /// </exception>
    public string Of(string key, params IReadOnlyList<(string Name, object Value)> values) =>
        NamePattern()
            .Replace(
                this[key],
                name =>
                    values.FirstOrDefault(value => value.Name == name.Groups[1].Value).Value is { } value
                        ? Text(value)
                        : throw new InvalidOperationException($"{key} needs {name.Value}.")
            );

    /// <summary>
    /// The text of one, or of another number: <c>KeyOne</c> and <c>KeyMany</c>; <c>{n}</c> is the number.
    /// </summary>
    public string Count(string key, long count, params IReadOnlyList<(string Name, object Value)> values) =>
        Of(count == 1 ? $"{key}One" : $"{key}Many", [("n", Number(count)), .. values]);

    /// <summary>How long something has been there: <c>today</c>, <c>1 day</c>, <c>6 days</c>.</summary>
    public string Days(int days) => days == 0 ? this["Common.DaysNone"] : Count("Common.Days", days);

    /// <returns>Null when there is no such text.</returns>
    public string? Find(string key) => TextOf(key);

    /// <summary>The text of a code that the app has, such as a state; the code itself when there is none.</summary>
    public string Code(string area, object code) => TextOf($"{area}.{code}") ?? $"{code}";

    /// <summary><c>Wed, Jan 22, 2020</c>, <c>mié, 22 ene 2020</c>.</summary>
    public string Day(DateOnly day) =>
        day.ToString(IsSpanish ? "ddd, d MMM yyyy" : "ddd, MMM d, yyyy", Language.Culture);

    /// <summary>In full, for what is read aloud.</summary>
    public string LongDay(DateOnly day) => Application.Texts.Words.In(Language).Day(day);

    /// <summary><c>February 2020</c>, <c>febrero de 2020</c>.</summary>
    public string Month(DateOnly first) => first.ToString(IsSpanish ? "MMMM 'de' yyyy" : "MMMM yyyy", Language.Culture);

    /// <summary><c>2:31 p.m.</c>, alike in both languages.</summary>
    public static string Time(TimeOnly time) => time.ToString("h:mm", CultureInfo.InvariantCulture) + Half(time);

    /// <summary><c>2:31:07 p.m.</c></summary>
    public static string TimeWithSeconds(TimeOnly time) =>
        time.ToString("h:mm:ss", CultureInfo.InvariantCulture) + Half(time);

    /// <summary><c>−$60.00</c>, with the sign that is as wide as a digit.</summary>
    public static string Amount(Money amount) => Application.Texts.Words.Amount(amount).Replace('-', '\u2212');

    /// <summary><c>12,345</c> in both languages, as American bills have it.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Sentences of the app write amounts without their sign; a page does not.</summary>
    public static string Dollars(string sentence) => BareAmountPattern().Replace(sentence, "$$$&");

    /// <summary>All keys of a language, for the tests of the texts.</summary>
    internal static IReadOnlyDictionary<string, string> All(Language language) =>
        AllAreas
            .SelectMany(area =>
                SetOf(Areas[area], language)?.Cast<DictionaryEntry>().Select(it => ($"{area}.{it.Key}", $"{it.Value}"))
                ?? []
            )
            .ToDictionary(it => it.Item1, it => it.Item2, StringComparer.Ordinal);

    private string? TextOf(string key) =>
        key.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Areas.TryGetValue(key[..dot], out var area)
            ? SetOf(area, Language)?.GetString(key[(dot + 1)..])
            : null;

    private static ResourceSet? SetOf(ResourceManager area, Language language) =>
        language == Language.Spanish
            ? area.GetResourceSet(language.Culture, createIfNotExists: true, tryParents: false)
            : area.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false);

    private string Text(object value) =>
        value switch
        {
            Money amount => Amount(amount),
            DateOnly day => Day(day),
            TimeOnly time => Time(time),
            int count => Number(count),
            long count => Number(count),
            _ => $"{value}",
        };

    private static string Half(TimeOnly time) => time.Hour < 12 ? " a.m." : " p.m.";

    // Not a part of an id, nor of another number.
    [GeneratedRegex(@"(?<![\w$.,-])[0-9]{1,3}(,?[0-9]{3})*\.[0-9]{2}(?![\w%-]|\.[0-9]| %)")]
    private static partial Regex BareAmountPattern();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex NamePattern();
}
