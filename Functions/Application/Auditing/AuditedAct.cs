using System.Text.Json;

namespace Autopay.Application.Auditing;

/// <summary>One row for a person to read.</summary>
/// <param name="What">The kind of change.</param>
public sealed record AuditedAct(long Number, DateTimeOffset At, string By, string What, string Why, JsonElement Change)
{
    /// <summary>The kind of change with which the books begin anew from a backup.</summary>
    public const string Restore = "generationBegun";

    private const string Unreadable = "unreadable";

    public required string Hash { get; init; }

    /// <summary>What the directory called this person then: for reading only.</summary>
    public string? Name { get; init; }

    /// <summary>The roles in which it was done: for reading only.</summary>
    public string? Role { get; init; }

    /// <summary>The id by which whoever asked finds it again.</summary>
    public string? Operation { get; init; }

    public static AuditedAct Of(AuditRow row) =>
        new(
            row.Number,
            row.Authority.At,
            row.Authority.By,
            NameOf(row),
            row.Authority.Why,
            Parse(row.What) ?? JsonSerializer.SerializeToElement(row.What)
        )
        {
            Hash = row.Hash,
            Name = row.Authority.Name,
            Role = row.Authority.Role,
            Operation = row.Operation,
        };

    /// <summary>A row that was tampered with must not keep the others from being read.</summary>
    public static string NameOf(AuditRow row) =>
        Parse(row.What) is { ValueKind: JsonValueKind.Object } change
        && change.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : Unreadable;

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
