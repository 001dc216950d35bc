using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Waiting;

/// <summary>Makes waiting rows of rows that cannot be applied now.</summary>
internal static class WaitingRowIds
{
    public static WaitingRow ToWaiting(this ImportRow row, ImportRecord record, WaitingFor waitsFor, string reason)
    {
        var content = RowContent.Of(row);
        return new WaitingRow
        {
            Id = IdOf(record.Kind, row.Account, row.Id, content.ToText()),
            Kind = record.Kind,
            Account = row.Account,
            ImportId = record.Id,
            Line = row.Line,
            Content = content,
            Cents = row.Cents,
            Since = record.Arrival.At,
            For = waitsFor,
            Reason = reason,
        };
    }

    /// <summary>
    /// An accounts file comes every night: a new account that a person has not decided about is one row, whatever else
    /// changed in it.
    /// </summary>
    public static WaitingRow AsOneOfItsAccount(this WaitingRow row) =>
        row with
        {
            Id = IdOf(row.Kind, row.Account, row.RowId, ""),
        };

    private static string IdOf(ImportKind kind, AccountId account, string id, string content)
    {
        var text = $"{kind}|{account}|{id}|{content}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];
    }
}
