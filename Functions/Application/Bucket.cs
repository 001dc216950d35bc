using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Autopay.Application;

/// <summary>
/// One of the 64 partitions: a stable hash of the account id. The count is chosen at creation of the tables and a changed one is
/// refused, because it would look for accounts where they are not.
/// </summary>
public readonly record struct Bucket(int Number) : IComparable<Bucket>
{
    public const int Count = 64;

    public static IEnumerable<Bucket> All => Enumerable.Range(0, Count).Select(number => new Bucket(number));

    public static Bucket Of(AccountId account) =>
        new((int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(account.Value)) % Count));

    /// <summary>The partition key: two lower-case hexadecimal digits, <c>00</c> to <c>3f</c>.</summary>
    public override string ToString() => Number.ToString("x2", CultureInfo.InvariantCulture);

    public int CompareTo(Bucket other) => Number.CompareTo(other.Number);
}
