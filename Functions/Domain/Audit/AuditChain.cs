using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Autopay.Domain.Audit;

/// <summary>
/// Makes the acts upon the city's controls one chain: each row's hash covers the row and the hash of the one before.
/// Who edits, deletes or reorders a row breaks it there. Who writes the whole rest of the chain anew contradicts an
/// anchor.
/// </summary>
public static class AuditChain
{
    /// <summary>What stands before the first row.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <returns>SHA-256, lower-case hex.</returns>
    /// <param name="operation">The id that whoever asked gave to it, or null.</param>
    /// <param name="state">The digest of the controls that the act made, or null of a row of before.</param>
    public static string HashOf(
        string previous,
        long number,
        Authority authority,
        string what,
        string? operation = null,
        string? state = null
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] fields =
        [
            previous,
            number.ToString(CultureInfo.InvariantCulture),
            authority.By,
            authority.Why,
            authority.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
            what,
            .. Given("name", authority.Name),
            .. Given("role", authority.Role),
            .. Given("operation", operation),
            .. Given("state", state),
        ];
        foreach (var field in fields)
        {
            Append(hash, Encoding.UTF8.GetBytes(field));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Rows of before have none of these, and keep their hash.
    private static IEnumerable<string> Given(string field, string? value) => value is null ? [] : [$"{field}:{value}"];

    // With its length before it: no two lists of fields give the same bytes.
    private static void Append(IncrementalHash hash, byte[] field)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}
