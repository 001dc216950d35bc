using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>The row by which an operation is found again, in the partition of the controls.</summary>
internal static class OperationRows
{
    private const string Prefix = "o|";
    private const string Answer = "Answer";

    // Beyond that the answer is asked for anew, where it is still of use.
    private const int LongestAnswer = 200_000;

    public static string KeyOf(string id) => Prefix + id;

    /// <summary>Written with the act upon the controls, or not at all.</summary>
    public static TableEntity ToMade(long version, ControlAct act, ChangeOperation operation)
    {
        var row = ToRow(new RecordedOperation(operation, act.Change.Name, act.Authority));
        row["Version"] = version;
        row.Remove("Path");
        return row;
    }

    public static TableEntity ToRow(RecordedOperation operation)
    {
        var row = new TableEntity(ControlsRows.Partition, KeyOf(operation.Operation.Id))
        {
            ["What"] = operation.What,
            ["Content"] = operation.Operation.Content,
            ["Path"] = operation.Path,
        };
        AuthorityColumns.Write(row, operation.Authority);
        if (operation.TakenUntil is { } until)
        {
            row["TakenUntil"] = until;
            row["Turn"] = operation.Turn;
        }

        return row;
    }

    /// <summary>Only what is new, for a row that is there.</summary>
    public static TableEntity ToRecorded(RecordedOperation done)
    {
        var row = new TableEntity(ControlsRows.Partition, KeyOf(done.Operation.Id)) { ["Status"] = done.Status };
        if (done.Answer is { Length: > 0 and <= LongestAnswer } answer)
        {
            LongText.Write(row, Answer, answer);
        }

        return row;
    }

    public static RecordedOperation ToOperation(TableEntity row) =>
        new(
            new ChangeOperation(row.RowKey[Prefix.Length..], row.GetString("Content")),
            row.GetString("What"),
            AuthorityColumns.Read(row)
        )
        {
            Path = row.GetString("Path") ?? "",
            Version = row.GetInt64("Version"),
            Status = row.GetInt32("Status"),
            Answer = LongText.Read(row, Answer) is { Length: > 0 } answer ? answer : null,
            TakenUntil = row.GetDateTimeOffset("TakenUntil"),
            Turn = row.GetString("Turn"),
            Tag = row.ETag.ToString(),
        };
}
