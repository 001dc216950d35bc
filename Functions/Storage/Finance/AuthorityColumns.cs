using Azure.Data.Tables;

namespace Autopay.Storage.Finance;

/// <summary>Who did it, why and when, in columns that a person can read in the table too.</summary>
internal static class AuthorityColumns
{
    // "Operation" is another thing in the rows of a story: the save itself.
    private const string Operation = "AskedAs";

    public static void Write(TableEntity row, Authority authority)
    {
        row["By"] = authority.By;
        row["Why"] = authority.Why;
        row["At"] = authority.At;
        if (authority.Name is { } name)
        {
            row["Name"] = name;
        }

        if (authority.Role is { } role)
        {
            row["Role"] = role;
        }

        if (authority.Operation is { } operation)
        {
            row[Operation] = operation;
        }
    }

    public static Authority Read(TableEntity row) =>
        new(row.GetString("By"), row.GetString("Why"), row.GetDateTimeOffset("At")!.Value)
        {
            Name = row.GetString("Name"),
            Role = row.GetString("Role"),
            Operation = row.GetString(Operation),
        };
}
