using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Domain;

/// <summary>An identifier that is text: compared by ordinal value, stored and served as a plain string.</summary>
public interface ITextId<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string text);
}

/// <summary>The billing system's number of a customer account.</summary>
[JsonConverter(typeof(TextIdConverter<AccountId>))]
public readonly record struct AccountId(string Value) : ITextId<AccountId>, IComparable<AccountId>
{
    public static AccountId From(string text) => new(text);

    public int CompareTo(AccountId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>The billing system's number of a bill; unique within its account.</summary>
[JsonConverter(typeof(TextIdConverter<BillId>))]
public readonly record struct BillId(string Value) : ITextId<BillId>, IComparable<BillId>
{
    private const string PreviousEnd = ":previous";

    /// <summary>
    /// Whether it is the line of an accepted previous balance (R46): no file may bring such an id, and the billing
    /// system does not know it.
    /// </summary>
    public bool IsPrevious => Value.EndsWith(PreviousEnd, StringComparison.Ordinal);

    private const string PartMark = ":part-";

    /// <summary>The bill of which this is a part (R45), else itself.</summary>
    public BillId Whole => PartNumber > 0 ? new(Value[..Value.LastIndexOf(PartMark, StringComparison.Ordinal)]) : this;

    /// <summary>Whether it is a part that was moved into a later debit (R45); no file may bring such an id.</summary>
    public bool IsPart => PartNumber > 0;

    /// <summary>From 2 on: the bill itself keeps the first part; 0 of what is no part.</summary>
    public int PartNumber =>
        Value.LastIndexOf(PartMark, StringComparison.Ordinal) is >= 0 and var at
        && int.TryParse(
            Value.AsSpan(at + PartMark.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;

    public BillId ToPart(int number) => new(string.Create(CultureInfo.InvariantCulture, $"{Value}{PartMark}{number}"));

    /// <summary>The line on which this bill's previous balance is collected, once a person has accepted it.</summary>
    public BillId ToPrevious() => new(Value + PreviousEnd);

    public static BillId From(string text) => new(text);

    public int CompareTo(BillId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>The cashier's number of a back payment; unique within its account.</summary>
[JsonConverter(typeof(TextIdConverter<PaymentId>))]
public readonly record struct PaymentId(string Value) : ITextId<PaymentId>, IComparable<PaymentId>
{
    public static PaymentId From(string text) => new(text);

    public int CompareTo(PaymentId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>Finance's name of a deferral.</summary>
[JsonConverter(typeof(TextIdConverter<DeferralId>))]
public readonly record struct DeferralId(string Value) : ITextId<DeferralId>
{
    public static DeferralId From(string text) => new(text);

    public override string ToString() => Value;
}

/// <summary>
/// A debit's identity (R1): account, the ledger's generation and a sequence number. Its text is the storage key and the
/// root of every idempotency key, so it is never used again; a restore from a backup raises the generation.
/// </summary>
[JsonConverter(typeof(TextIdConverter<DebitId>))]
public readonly record struct DebitId(AccountId Account, int Generation, int Sequence)
    : ITextId<DebitId>,
        IComparable<DebitId>
{
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Account.Value}-{Generation}-{Sequence:0000}");

    /// <exception cref="FormatException">The text is not a debit id.</exception>
    public static DebitId From(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a debit id: expected ACCOUNT-GENERATION-SEQUENCE.");

    public static bool TryParse(string? text, out DebitId id)
    {
        id = default;
        var parts = (text ?? "").Split('-');
        if (parts.Length < 3 || !IsNumber(parts[^1], out var sequence) || !IsNumber(parts[^2], out var generation))
        {
            return false;
        }

        id = new DebitId(new AccountId(string.Join('-', parts[..^2])), generation, sequence);
        return true;
    }

    public int CompareTo(DebitId other) => (Generation, Sequence).CompareTo((other.Generation, other.Sequence));

    public override string ToString() => Value;

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>One of the city's groups of accounts that is billed and due together (1, 2, 3, ...).</summary>
[JsonConverter(typeof(CycleNumberConverter))]
public readonly record struct CycleNumber(int Value) : IComparable<CycleNumber>
{
    public int CompareTo(CycleNumber other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public sealed class TextIdConverter<T> : JsonConverter<T>
    where T : struct, ITextId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException("An id cannot be null."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

public sealed class CycleNumberConverter : JsonConverter<CycleNumber>
{
    public override CycleNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, CycleNumber value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}
