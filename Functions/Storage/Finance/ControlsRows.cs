using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Autopay.Application.Ports.Books;
using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

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
    private const string OperationId = "Operation";
    private const string Digest = "State";

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
        LongText.Write(state, "Controls", TextOf(controls));
        return state;
    }

    /// <summary>Of the controls as they are stored: the act that made them names it.</summary>
    public static string DigestOf(TableEntity state) => DigestOf(LongText.Read(state, "Controls"));

    private static string DigestOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string TextOf(Controls controls) => JsonSerializer.Serialize(controls, LedgerJson.Default.Controls);

    /// <summary>Whether the last act has made these controls; one of before names none.</summary>
    /// <param name="last">The last two rows of the chain, or the only one.</param>
    public static bool IsProven(TableEntity state, IReadOnlyList<AuditRow> last) =>
        last is [.., var row]
        && row.Number == state.GetInt64("Version")
        && row.Hash == HeadOf(state)
        && row.IsWrittenBehind(last.Count == 1 ? AuditChain.Genesis : last[0].Hash)
        && (row.State ?? DigestOf(state)) == DigestOf(state);

    /// <summary>Of the act of that number, and of the one before it.</summary>
    public static string OfLast(long version) =>
        $"PartitionKey eq '{Partition}' and RowKey ge '{HistoryKey(version - 1)}' "
        + $"and RowKey le '{HistoryKey(version)}'";

    /// <summary>The row of an act, linked to the one before it.</summary>
    public static TableEntity ToHistory(AuditRow row)
    {
        var history = new TableEntity(Partition, HistoryKey(row.Number)) { [Hash] = row.Hash };
        AuthorityColumns.Write(history, row.Authority);
        if (row.Operation is { } operation && operation != row.Authority.Operation)
        {
            history[OperationId] = operation;
        }

        if (row.State is { } digest)
        {
            history[Digest] = digest;
        }

        LongText.Write(history, What, row.What);
        return history;
    }

    /// <param name="after">The controls that the act makes.</param>
    public static AuditRow ToAudit(Controls after, ControlAct act, string previous)
    {
        var (version, digest) = (after.Version, DigestOf(TextOf(after)));
        var what = JsonSerializer.Serialize(act.Change, LedgerJson.Default.ControlChange);
        var operation = act.Operation?.Id ?? act.Authority.Operation;
        return new AuditRow(
            version,
            act.Authority,
            what,
            AuditChain.HashOf(previous, version, act.Authority, what, operation, digest)
        )
        {
            Operation = operation,
            State = digest,
        };
    }

    public static AuditRow ToAudit(TableEntity row)
    {
        var authority = AuthorityOf(row);
        return new AuditRow(
            long.Parse(row.RowKey[2..], CultureInfo.InvariantCulture),
            authority,
            LongText.Read(row, What),
            row.GetString(Hash) ?? ""
        )
        {
            Operation = row.GetString(OperationId) ?? authority.Operation,
            State = row.GetString(Digest),
        };
    }

    public static ControlChange ChangeOf(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, What), LedgerJson.Default.ControlChange)!;

    public static Authority AuthorityOf(TableEntity row) => AuthorityColumns.Read(row);

    /// <summary>Every act, in the order of their numbers.</summary>
    public static string OfHistory => $"PartitionKey eq '{Partition}' and RowKey ge 'h|' and RowKey lt 'h}}'";

    public static string HistoryKey(long version) =>
        string.Create(CultureInfo.InvariantCulture, $"h|{version:0000000000}");
}
