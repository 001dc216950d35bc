using System.Collections;
using System.Resources;

namespace Autopay.Application.Texts;

/// <summary>
/// What the app says in English, in Spanish for whoever reads a Spanish page: refusals, and why something waits. The
/// app, its record and its programs have one language; an English sentence with its values as <c>{names}</c> is the
/// name of its translation in <c>Sayings.es.resx</c>.
/// </summary>
public static class Sayings
{
    /// <summary>A refusal that has a reason that has a reason.</summary>
    private const int Deepest = 3;

    private const string Roles = "roles";

    // The one with the most letters of its own first: it says the most of what it fits.
    private static readonly Lazy<IReadOnlyList<Saying>> All = new(() =>
        [.. Read().OrderByDescending(saying => saying.Letters).ThenBy(saying => saying.English, StringComparer.Ordinal)]
    );

    /// <returns>The sentence itself in English; null of one that has no words in the language.</returns>
    public static string? In(Language language, string sentence) =>
        language == Language.English ? sentence : Translate(sentence, Deepest);

    internal static IEnumerable<Saying> Read()
    {
        var resources = new ResourceManager("Autopay.Application.Texts.Sayings", typeof(Sayings).Assembly);
        var spanish = resources.GetResourceSet(Language.Spanish.Culture, createIfNotExists: true, tryParents: false);
        return spanish?.Cast<DictionaryEntry>().Select(it => new Saying($"{it.Key}", $"{it.Value}")) ?? [];
    }

    // Two sentences, one behind the other, are each said by themselves.
    private static string? Translate(string text, int depth)
    {
        if (Say(text, depth) is { } whole)
        {
            return whole;
        }

        for (var end = NextEnd(text, 0); end > 0; end = NextEnd(text, end))
        {
            if (Say(text[..end], depth) is { } first && Translate(text[(end + 1)..], depth) is { } rest)
            {
                return $"{first} {rest}";
            }
        }

        return null;
    }

    private static int NextEnd(string text, int from) => text.IndexOf(". ", from, StringComparison.Ordinal) + 1;

    private static string? Say(string sentence, int depth)
    {
        foreach (var saying in All.Value)
        {
            if (saying.ValuesIn(sentence) is { } values)
            {
                return saying.With([.. values.Select(it => (it.Name, ValueOf(it.Name, it.Text, depth - 1)))]);
            }
        }

        return null;
    }

    // Ids, days and amounts are the same in both. What a person gave as a reason stays as it is, even one word that the
    // app knows too.
    private static string ValueOf(string name, string text, int depth) =>
        depth == 0 || (name == "why" && !text.Contains(' ', StringComparison.Ordinal)) ? text
        : name == Roles ? string.Join(" o ", text.Split(" or ").Select(role => Translate(role, 1) ?? role))
        : Translate(text, depth) ?? text;
}
