using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Payments.Rates;

/// <summary>Tokens of one pool.</summary>
internal sealed record RateClaim(int Held, int Wanted);

/// <summary>What one instance holds and wants. It writes its next number with each renewal.</summary>
internal sealed record RateEntry(string Instance, long Renewal, IReadOnlyDictionary<string, RateClaim> Claims)
{
    private const int MoreThanThereIs = 1_000_000;

    /// <summary>Of a row that this version cannot read: nobody knows what is left.</summary>
    public bool IsOfEverything { get; init; }

    public RateClaim Of(string pool) =>
        IsOfEverything ? new RateClaim(MoreThanThereIs, 0) : Claims.GetValueOrDefault(pool) ?? new RateClaim(0, 0);
}

/// <summary>Who holds how much of the rate. What is held by all together is never more than the rate.</summary>
internal sealed record RateRow(IReadOnlyList<RateEntry> Entries)
{
    public static RateRow Parse(string text)
    {
        try
        {
            return text.Length == 0
                ? new RateRow([])
                : JsonSerializer.Deserialize(text, RateRowJson.Default.RateRow) ?? new RateRow([]);
        }
        catch (JsonException)
        {
            var changing = text.Aggregate(17L, (hash, letter) => unchecked((hash * 31) + letter));
            return new RateRow([
                new RateEntry("unreadable", changing, new Dictionary<string, RateClaim>()) { IsOfEverything = true },
            ]);
        }
    }

    public string ToText() => JsonSerializer.Serialize(this, RateRowJson.Default.RateRow);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RateRow))]
internal sealed partial class RateRowJson : JsonSerializerContext;
