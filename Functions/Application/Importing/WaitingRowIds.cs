using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Ports;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>Makes waiting rows of rows that cannot be applied now.</summary>
internal static class WaitingRowIds
{
    public static WaitingRow ToWaiting(this ImportRow row, ImportRecord record, WaitingFor waitsFor, string reason, DateTimeOffset now)
    {
        var content = RowContent.Of(row);
        return new WaitingRow
        {
            Id = IdOf(record.Kind, row, content), Kind = record.Kind, Account = row.Account, ImportId = record.Id, Line = row.Line, Content = content,
            Cents = row.Cents, Since = now, For = waitsFor, Reason = reason,
        };
    }

    // An accounts file comes every night: one account that a person has not decided about is one row, whatever else changed in it.
    private static string IdOf(ImportKind kind, ImportRow row, RowContent content)
    {
        var text = $"{kind}|{row.Account}|{row.Id}|{(content.Enrolment is null ? content.ToText() : "")}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];
    }
}
