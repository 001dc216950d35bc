using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Autopay.Application.Ledgers;

/// <summary>
/// One of the 64 partitions: a stable hash of the account id. The count is chosen at creation of the tables and a
/// changed one is refused, because it would look for accounts where they are not.
/// </summary>
public readonly record struct Bucket(int Number) : IComparable<Bucket>
{
    public const int Count = 64;

    public static IEnumerable<Bucket> All => Enumerable.Range(0, Count).Select(number => new Bucket(number));

    public static Bucket Of(AccountId account) => Of(account.Value);

    /// <summary>For what is shared out as accounts are, and is of none.</summary>
    public static Bucket Of(string text) => new((int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)) % Count));

    /// <summary>The partition key: two lower-case hexadecimal digits, <c>00</c> to <c>3f</c>.</summary>
    public override string ToString() => Number.ToString("x2", CultureInfo.InvariantCulture);

    public int CompareTo(Bucket other) => Number.CompareTo(other.Number);
}
