using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>
/// Text over as many string properties as it needs; Azure's limits are asserted here, because the emulator does not
/// hold them.
/// </summary>
internal static class LongText
{
    /// <summary>Characters in one property: 64 KiB of UTF-16.</summary>
    public const int PropertySize = 32 * 1024;

    /// <summary>Stays under 1 MiB an entity, with room for the other columns.</summary>
    private const int MostProperties = 15;

    // No JSON begins so.
    private const string Packed = "gzip:";

    /// <summary>What one column of an entity can hold.</summary>
    public const int MostCharacters = MostProperties * PropertySize;

    /// <param name="before">What the row that this one is merged into has; null where it replaces the row.</param>
    /// <param name="beside">Characters of long text that the entity has in other columns.</param>
    /// <exception cref="InvalidOperationException">The text does not fit into one entity.</exception>
    public static void Write(TableEntity entity, string name, string text, string? before = null, int beside = 0)
    {
        var parts = CountOf(text.Length);
        if (parts + CountOf(beside) > MostProperties)
        {
            throw new InvalidOperationException(
                $"Row {entity.RowKey} needs {text.Length + beside} characters for {name}; an entity holds "
                    + $"{MostCharacters}."
            );
        }

        for (var part = 0; part < parts; part++)
        {
            entity[Property(name, part)] = text.Substring(
                part * PropertySize,
                Math.Min(PropertySize, text.Length - (part * PropertySize))
            );
        }

        for (var part = parts; part < CountOf(before?.Length ?? 0); part++)
        {
            entity[Property(name, part)] = "";
        }
    }

    private static int CountOf(int characters) => (characters + PropertySize - 1) / PropertySize;

    public static string Read(TableEntity entity, string name)
    {
        var text = entity.GetString(Property(name, 0)) ?? "";
        for (var part = 1; entity.GetString(Property(name, part)) is { } more; part++)
        {
            text += more;
        }

        return text;
    }

    /// <summary>
    /// Text that an entity holds as it is stays so; longer text is compressed, which what repeats itself is worth.
    /// </summary>
    public static string Fit(string text) => text.Length <= MostCharacters ? text : Pack(text);

    /// <summary>Compressed, however short it is.</summary>
    public static string Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Packed + Convert.ToBase64String(packed.ToArray());
    }

    public static string Unfit(string text)
    {
        if (!text.StartsWith(Packed, StringComparison.Ordinal))
        {
            return text;
        }

        using var gzip = new GZipStream(
            new MemoryStream(Convert.FromBase64String(text[Packed.Length..])),
            CompressionMode.Decompress
        );
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>An upper bound of the bytes that the entity takes in a transaction.</summary>
    public static int SizeOf(TableEntity entity) =>
        entity.Sum(property => (property.Key.Length * 2) + 16 + (property.Value is string text ? text.Length * 3 : 16));

    private static string Property(string name, int part) => part == 0 ? name : $"{name}{part}";
}
