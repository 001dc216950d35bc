using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;

namespace Autopay.Storage.Backups;

/// <summary>
/// A row as a line of JSON: its keys and columns, and where JSON has no such type OData's annotation beside the column.
/// Any tool can read it.
/// </summary>
internal static class BackupLine
{
    private const string Annotation = "@odata.type";

    // Ledgers are JSON inside JSON: only what must be is escaped.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> line, TableEntity row)
    {
        using (var json = new Utf8JsonWriter(line, Relaxed))
        {
            json.WriteStartObject();
            foreach (var (name, value) in row.Where(column => column.Key is not ("odata.etag" or "Timestamp")))
            {
                Write(json, name, value);
            }

            json.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    /// <exception cref="FormatException">It is not a row.</exception>
    public static TableEntity Read(ReadOnlySequence<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var columns = json
                .RootElement.EnumerateObject()
                .ToDictionary(column => column.Name, column => column.Value);
            return new TableEntity(
                columns
                    .Where(column => !column.Key.EndsWith(Annotation, StringComparison.Ordinal))
                    .ToDictionary(
                        column => column.Key,
                        column =>
                            Read(
                                column.Value,
                                columns.TryGetValue(column.Key + Annotation, out var type) ? type.GetString() : null
                            )
                    )
            );
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("It is not a row.", wrong);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        var (type, text) = value switch
        {
            long number => ("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)),
            double number => ("Edm.Double", number.ToString("R", CultureInfo.InvariantCulture)),
            DateTimeOffset instant => ("Edm.DateTime", instant.ToString("O", CultureInfo.InvariantCulture)),
            Guid id => ("Edm.Guid", id.ToString()),
            byte[] bytes => ("Edm.Binary", Convert.ToBase64String(bytes)),
            _ => (null, null),
        };
        if (type is not null)
        {
            json.WriteString(name + Annotation, type);
            json.WriteString(name, text);
            return;
        }

        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value);
    }

    private static object? Read(JsonElement value, string? type) =>
        type switch
        {
            "Edm.Int64" => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            "Edm.Double" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            "Edm.DateTime" => DateTimeOffset.Parse(
                value.GetString()!,
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind
            ),
            "Edm.Guid" => value.GetGuid(),
            "Edm.Binary" => value.GetBytesFromBase64(),
            null => value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetInt32(),
                JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
                _ => null,
            },
            _ => throw new FormatException($"Unknown type {type}."),
        };
}
