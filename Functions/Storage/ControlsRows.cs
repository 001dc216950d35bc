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

    public static Controls ToControls(TableEntity state, Policies policies) =>
        JsonSerializer.Deserialize(LongText.Read(state, "Controls"), LedgerJson.Default.Controls)! with
        {
            Policies = policies,
        };

    public static TableEntity ToState(Controls controls)
    {
        var state = new TableEntity(Partition, State) { ["Version"] = controls.Version };
        LongText.Write(state, "Controls", JsonSerializer.Serialize(controls, LedgerJson.Default.Controls));
        return state;
    }

    public static TableEntity ToHistory(long version, ControlChange change, Authority authority)
    {
        var history = new TableEntity(Partition, HistoryKey(version))
        {
            ["By"] = authority.By,
            ["Why"] = authority.Why,
            ["At"] = authority.At,
        };
        LongText.Write(history, "Change", JsonSerializer.Serialize(change, LedgerJson.Default.ControlChange));
        return history;
    }

    public static Authority AuthorityOf(TableEntity row) =>
        new(row.GetString("By"), row.GetString("Why"), row.GetDateTimeOffset("At")!.Value);

    public static string HistoryKey(long version) =>
        string.Create(CultureInfo.InvariantCulture, $"h|{version:0000000000}");
}
