using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Domain;

/// <summary>
/// An amount of US dollars in whole cents; arithmetic is checked and throws <see cref="OverflowException"/>.
/// </summary>
/// <param name="Cents">Signed cents.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long Cents) : IComparable<Money>
{
    public static Money Zero => default;

    public bool IsPositive => Cents > 0;

    public bool IsZero => Cents == 0;

    public static Money operator +(Money left, Money right) => new(checked(left.Cents + right.Cents));

    public static Money operator -(Money left, Money right) => new(checked(left.Cents - right.Cents));

    public static Money operator -(Money amount) => new(checked(-amount.Cents));

    public static bool operator <(Money left, Money right) => left.Cents < right.Cents;

    public static bool operator >(Money left, Money right) => left.Cents > right.Cents;

    public static bool operator <=(Money left, Money right) => left.Cents <= right.Cents;

    public static bool operator >=(Money left, Money right) => left.Cents >= right.Cents;

    public static Money Min(Money left, Money right) => left < right ? left : right;

    public static Money Max(Money left, Money right) => left > right ? left : right;

    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

    /// <summary>Dollars with two places, as people read them: <c>-12.05</c>.</summary>
    public override string ToString()
    {
        var magnitude = Math.Abs((decimal)Cents) / 100m;
        return (Cents < 0 ? "-" : "") + magnitude.ToString("0.00", CultureInfo.InvariantCulture);
    }
}

/// <summary>Money is stored and served as integer cents.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Cents);
}

public static class MoneySums
{
    public static Money Sum(this IEnumerable<Money> amounts) =>
        amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    public static Money Sum<T>(this IEnumerable<T> items, Func<T, Money> amount) => items.Select(amount).Sum();
}
