using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>The rows of plans and of their lines, to and from what they mean.</summary>
internal static class ReleaseRows
{
    public const string Plans = "plans";
    private const string Plan = "Plan";
    private const string Lines = "Lines";
    private const string CheckedAt = "CheckedAt";
    private const string Sketch = "Sketch";
    private const int MostPlans = 9_999_999;
    private static readonly string[] Parts = ["Sent", "Stopped", "Dropped", "ToGo", "Later"];

    /// <summary>How far a bucket is, without its lines.</summary>
    public static IEnumerable<string> ProgressColumns { get; } =
    [.. Parts.SelectMany(part => new[] { part, Cents(part) }), CheckedAt];

    /// <summary>What a page shows of a bucket's lines.</summary>
    public static IEnumerable<string> SketchColumns { get; } = ["PartitionKey", "RowKey", Sketch];

    /// <returns>Null of a row of before there were any.</returns>
    public static PlanSketch? ToSketch(TableEntity row) =>
        LongText.Read(row, Sketch) is { Length: > 0 } text
            ? JsonSerializer.Deserialize(LongText.Unfit(text), LedgerJson.Default.PlanSketch)
            : null;

    public static Bucket BucketOf(TableEntity row) =>
        new(int.Parse(row.RowKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public static ReleaseProgress ToProgress(TableEntity row) =>
        new()
        {
            Sent = SumOf(row, Parts[0]),
            Stopped = SumOf(row, Parts[1]),
            Dropped = SumOf(row, Parts[2]),
            ToGo = SumOf(row, Parts[3]),
            MovedAt = row.GetDateTimeOffset(CheckedAt),
            Later = SumOf(row, Parts[4]),
        };

    public static TableEntity ToRow(ReleasePlan plan)
    {
        var row = new TableEntity(Plans, KeyOf(plan.Id));
        LongText.Write(row, Plan, JsonSerializer.Serialize(plan, LedgerJson.Default.ReleasePlan));
        return row;
    }

    public static ReleasePlan ToPlan(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, Plan), LedgerJson.Default.ReleasePlan)!;

    /// <summary>How far the bucket is, to be merged into its row.</summary>
    public static TableEntity ToProgressRow(BucketLines lines)
    {
        var progress = ReleaseProgress.Of(lines.Lines, isLive: true);
        var row = new TableEntity(lines.Release, lines.Bucket.ToString()) { [CheckedAt] = lines.CheckedAt };
        PlanSum[] sums = [progress.Sent, progress.Stopped, progress.Dropped, progress.ToGo, progress.Later];
        foreach (var (part, sum) in Parts.Zip(sums))
        {
            row[part] = sum.Debits;
            row[Cents(part)] = sum.Cents.Cents;
        }

        return row;
    }

    public static TableEntity ToRow(BucketLines lines)
    {
        var row = ToProgressRow(lines);
        LongText.Write(
            row,
            Lines,
            LongText.Fit(JsonSerializer.Serialize(lines.Lines, LedgerJson.Default.IReadOnlyListPlanLine))
        );
        var sketch = JsonSerializer.Serialize(PlanSketch.Of(lines.Lines), LedgerJson.Default.PlanSketch);
        LongText.Write(row, Sketch, LongText.Pack(sketch));
        return row;
    }

    public static BucketLines ToLines(TableEntity row) =>
        new(
            row.PartitionKey,
            BucketOf(row),
            JsonSerializer.Deserialize(
                LongText.Unfit(LongText.Read(row, Lines)),
                LedgerJson.Default.IReadOnlyListPlanLine
            )!,
            row.GetDateTimeOffset(CheckedAt)!.Value,
            row.ETag.ToString()
        );

    private static PlanSum SumOf(TableEntity row, string part) =>
        new(row.GetInt32(part) ?? 0, new Money(row.GetInt64(Cents(part)) ?? 0));

    private static string Cents(string part) => $"{part}Cents";

    // Ids are ours; one that could break the filter has no number.
    public static string OfRelease(string release) => $"PartitionKey eq '{IdOf(NumberOf(release))}'";

    public static string KeyOf(string id) =>
        (MostPlans - NumberOf(id)).ToString("0000000", CultureInfo.InvariantCulture);

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"R-{number}");

    public static int NumberOf(string id) =>
        id.StartsWith("R-", StringComparison.Ordinal)
        && int.TryParse(id[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and < MostPlans
            ? number
            : 0;
}
