using Autopay.StripeSandbox.Http;

namespace Autopay.StripeSandbox.Api;

/// <summary>Stripe's limits: 50 keys of up to 40 characters, values of up to 500.</summary>
internal static class MetadataRules
{
    private const int MostKeys = 50;
    private const int LongestKey = 40;
    private const int LongestValue = 500;

    public static IReadOnlyDictionary<string, string> Metadata(this Parameters parameters)
    {
        var given = parameters.Map("metadata");
        foreach (var (key, value) in given)
        {
            RefuseTooLong(key, key, LongestKey, "Metadata keys");
            RefuseTooLong(key, value, LongestValue, "Metadata values");
        }
        if (given.Count > MostKeys)
        {
            throw RefusedException.Parameter($"Metadata can have up to {MostKeys} keys.", "metadata");
        }
        return given
            .Where(pair => pair.Value.Length > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>An update adds keys; an empty value takes its key away, an empty `metadata` takes all.</summary>
    public static IReadOnlyDictionary<string, string> Merged(
        this Parameters parameters,
        IReadOnlyDictionary<string, string> old
    )
    {
        if (parameters.Text("metadata") is { Length: 0 })
        {
            return new Dictionary<string, string>();
        }
        var merged = old.Where(pair => !parameters.Map("metadata").ContainsKey(pair.Key)).Concat(parameters.Metadata());
        return merged.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    private static void RefuseTooLong(string key, string text, int longest, string what)
    {
        if (text.Length > longest)
        {
            throw RefusedException.Parameter(
                $"{what} can have up to {longest} characters, but you passed in a value with {text.Length}.",
                $"metadata[{key}]"
            );
        }
    }
}
