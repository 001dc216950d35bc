using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>The rows of the city's controls, to and from what they mean.</summary>
internal static class ControlsRows
{
    public const string Partition = "controls";
    public const string State = "state";

    /// <summary>
    /// In the state's row while a restore is not finished: the backup, and the generation that its accounts begin.
    /// </summary>
    public const string Restoring = "Restoring";

    public const string Generation = "Generation";

    // Of the act that made this version, in its own row and in the state's.
    private const string Hash = "Hash";
    private const string What = "Change";

    public static Controls ToControls(TableEntity state, Policies policies) =>
        JsonSerializer.Deserialize(LongText.Read(state, "Controls"), LedgerJson.Default.Controls)! with
        {
            Policies = policies,
        };

    /// <summary>The hash of the last act; that of an empty chain before the first one.</summary>
    public static string HeadOf(TableEntity state) => state.GetString(Hash) ?? AuditChain.Genesis;

    public static TableEntity ToState(Controls controls, string head)
    {
        var state = new TableEntity(Partition, State) { ["Version"] = controls.Version, [Hash] = head };
        LongText.Write(state, "Controls", JsonSerializer.Serialize(controls, LedgerJson.Default.Controls));
        return state;
    }

    /// <summary>The row of an act, linked to the one before it.</summary>
    public static TableEntity ToHistory(AuditRow row)
    {
        var history = new TableEntity(Partition, HistoryKey(row.Number))
        {
            ["By"] = row.Authority.By,
            ["Why"] = row.Authority.Why,
            ["At"] = row.Authority.At,
            [Hash] = row.Hash,
        };
        LongText.Write(history, What, row.What);
        return history;
    }

    public static AuditRow ToAudit(long version, ControlChange change, Authority authority, string previous)
    {
        var what = JsonSerializer.Serialize(change, LedgerJson.Default.ControlChange);
        return new AuditRow(version, authority, what, AuditChain.HashOf(previous, version, authority, what));
    }

    public static AuditRow ToAudit(TableEntity row) =>
        new(
            long.Parse(row.RowKey[2..], CultureInfo.InvariantCulture),
            AuthorityOf(row),
            LongText.Read(row, What),
            row.GetString(Hash) ?? ""
        );

    public static ControlChange ChangeOf(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, What), LedgerJson.Default.ControlChange)!;

    public static Authority AuthorityOf(TableEntity row) =>
        new(row.GetString("By"), row.GetString("Why"), row.GetDateTimeOffset("At")!.Value);

    /// <summary>Every act, in the order of their numbers.</summary>
    public static string OfHistory => $"PartitionKey eq '{Partition}' and RowKey ge 'h|' and RowKey lt 'h}}'";

    public static string HistoryKey(long version) =>
        string.Create(CultureInfo.InvariantCulture, $"h|{version:0000000000}");
}
