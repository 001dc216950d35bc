using System.Buffers.Text;
using System.Text.Json;

namespace Autopay.Application.Work;

/// <summary>
/// Where an item stands in the list: the oldest day first, then account, kind and id. It follows from the item alone,
/// so that a page goes on behind the last item of the one before, whatever left or came meanwhile.
/// </summary>
public sealed record WorkCursor(DateOnly Since, string Account, string Kind, string Id) : IComparable<WorkCursor>
{
    public static WorkCursor Of(WorkItem item) =>
        new(item.Since, item.Account?.Value ?? "", item.Kind.ToString(), item.Id);

    /// <summary>Null of a text that is no cursor.</summary>
    public static WorkCursor? Parse(string text)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text));
            return
                parts is [var since, var account, var kind, var id]
                && DateOnly.TryParseExact(since, "yyyy-MM-dd", out var day)
                ? new WorkCursor(day, account, kind, id)
                : null;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return null;
        }
    }

    public int CompareTo(WorkCursor? other)
    {
        if (other is null)
        {
            return 1;
        }

        var days = Since.CompareTo(other.Since);
        return days != 0
            ? days
            : new[] { (Account, other.Account), (Kind, other.Kind), (Id, other.Id) }
                .Select(pair => string.CompareOrdinal(pair.Item1, pair.Item2))
                .FirstOrDefault(difference => difference != 0);
    }

    /// <summary>Opaque: letters that need no escaping in a query.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes<string[]>([$"{Since:yyyy-MM-dd}", Account, Kind, Id])
        );
}
