using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Provider;
using Autopay.Storage.Ledgers;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Events;

/// <summary>
/// The rows of a provider event: <c>e|</c> itself, <c>o|</c> while it is open, <c>l|</c> while it waits for a person,
/// <c>t|</c> by time.
/// </summary>
internal static class ProviderEventRows
{
    public const string Partition = "events";
    public const string OpenPrefix = "o|";
    public const string ListedPrefix = "l|";

    /// <summary>Sorts before all events: a backup reads it first, and so never claims more than it has.</summary>
    public const string Progress = "backfill";

    public static string Key(string eventId) => $"e|{LedgerKeys.Escape(eventId)}";

    public static string Listed(string eventId) => $"{ListedPrefix}{LedgerKeys.Escape(eventId)}";

    public static string OpenOf(Bucket bucket) => $"{OpenPrefix}{bucket}|";

    public static string Open(OpenEvent happened) => OpenOf(happened.Bucket) + LedgerKeys.Escape(happened.Id);

    public static string TimePrefix(DateTimeOffset at) =>
        $"t|{at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}|";

    public static string? TimeOf(ProviderEvent happened) =>
        happened.HappenedAt is { } at ? TimePrefix(at) + LedgerKeys.Escape(happened.Id) : null;

    public static Bucket BucketOf(string openKey) =>
        new(int.Parse(openKey.Split('|')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public static bool IsListed(ProviderEventState state) =>
        state is ProviderEventState.Foreign or ProviderEventState.Parked;

    /// <summary>Another version's event is for a person from the start.</summary>
    public static IReadOnlyList<TableTransactionAction> ToInserts(ProviderEvent happened)
    {
        List<TableEntity> rows =
        [
            ToRow(happened),
            happened.State == ProviderEventState.Parked
                ? new TableEntity(Partition, Listed(happened.Id))
                : ToRow(happened.ToOpen()),
        ];
        if (TimeOf(happened) is { } time)
        {
            rows.Add(new TableEntity(Partition, time));
        }

        return [.. rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))];
    }

    /// <param name="beside">The row that says that it is open, or listed; it is gone when somebody else was
    /// first.</param>
    public static IReadOnlyList<TableTransactionAction> ToMark(EventMark mark, string beside)
    {
        List<TableTransactionAction> actions =
        [
            new(
                TableTransactionActionType.UpsertMerge,
                new TableEntity(Partition, Key(mark.Event.Id))
                {
                    ["State"] = mark.State.ToString(),
                    ["Note"] = mark.Note,
                }
            ),
            new(TableTransactionActionType.Delete, new TableEntity(Partition, beside), ETag.All),
        ];
        if (IsListed(mark.State))
        {
            actions.Add(
                new(TableTransactionActionType.UpsertReplace, new TableEntity(Partition, Listed(mark.Event.Id)))
            );
        }

        return actions;
    }

    public static TableEntity ToRow(OpenEvent happened) =>
        new(Partition, Open(happened))
        {
            ["EventId"] = happened.Id,
            ["Intent"] = happened.IntentId,
            ["Amount"] = happened.Amount?.Cents,
            ["ReceivedAt"] = happened.ReceivedAt,
            ["Claim"] = happened.Claim is { } claim
                ? JsonSerializer.Serialize(claim, LedgerJson.Default.IntentClaim)
                : null,
            ["TakenUntil"] = happened.TakenUntil,
        };

    public static IReadOnlyList<TableTransactionAction> ToTaken(OpenEvent happened, DateTimeOffset until) =>
        [
            new(
                TableTransactionActionType.UpdateMerge,
                new TableEntity(Partition, Open(happened)) { ["TakenUntil"] = until },
                new ETag(happened.Tag!)
            ),
        ];

    public static OpenEvent ToOpen(TableEntity row) =>
        new(row.GetString("EventId"), row.GetString("Intent"), row.GetDateTimeOffset("ReceivedAt")!.Value)
        {
            Amount = row.GetInt64("Amount") is { } cents ? new Money(cents) : null,
            Claim = row.GetString("Claim") is { } claim
                ? JsonSerializer.Deserialize(claim, LedgerJson.Default.IntentClaim)
                : null,
            TakenUntil = row.GetDateTimeOffset("TakenUntil"),
            Tag = row.ETag.ToString(),
        };

    public static ProviderEvent ToEvent(TableEntity row) =>
        new()
        {
            Id = row.GetString("EventId"),
            Type = row.GetString("Type"),
            ApiVersion = row.GetString("ApiVersion"),
            Livemode = row.GetBoolean("Livemode") ?? false,
            IntentId = row.GetString("Intent"),
            Amount = row.GetInt64("Amount") is { } cents ? new Money(cents) : null,
            Body = LongText.Read(row, "Body"),
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt")!.Value,
            State = Enum.Parse<ProviderEventState>(row.GetString("State")),
            Note = row.GetString("Note") ?? "",
        };

    public static TableEntity ToRow(EventProgress progress) =>
        new(Partition, Progress)
        {
            ["Through"] = progress.Through,
            ["From"] = progress.Open?.From,
            ["To"] = progress.Open?.To,
            ["Down"] = progress.Open?.Down,
        };

    public static EventProgress ToProgress(TableEntity row) =>
        new(
            row.GetDateTimeOffset("Through"),
            row.GetDateTimeOffset("From") is { } from
                ? new EventWindow(from, row.GetDateTimeOffset("To")!.Value, row.GetDateTimeOffset("Down")!.Value)
                : null
        );

    private static TableEntity ToRow(ProviderEvent happened)
    {
        var row = new TableEntity(Partition, Key(happened.Id))
        {
            ["EventId"] = happened.Id,
            ["Type"] = happened.Type,
            ["ApiVersion"] = happened.ApiVersion,
            ["Livemode"] = happened.Livemode,
            ["Intent"] = happened.IntentId,
            ["Amount"] = happened.Amount?.Cents,
            ["ReceivedAt"] = happened.ReceivedAt,
            ["State"] = happened.State.ToString(),
            ["Note"] = happened.Note,
        };
        LongText.Write(row, "Body", happened.Body);
        return row;
    }
}
