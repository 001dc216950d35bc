using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Autopay.Application.Ledgers;

/// <summary>
/// One of the partitions of a city: a stable hash of the account id. Their count is chosen before the tables are made,
/// and a changed one is refused, because it would look for accounts where they are not.
/// </summary>
public readonly record struct Bucket(int Number) : IComparable<Bucket>
{
    /// <summary>How many a city has that chose none.</summary>
    public const int Usual = 64;

    /// <summary>More have no partition key of two digits.</summary>
    public const int Most = 256;
    private static int count;

    /// <summary>How many there are. One process serves one city: from the first look on it does not change.</summary>
    public static int Count
    {
        get
        {
            _ = Interlocked.CompareExchange(ref count, Usual, 0);
            return count;
        }
    }

    public static IEnumerable<Bucket> All => Enumerable.Range(0, Count).Select(number => new Bucket(number));

    /// <exception cref="ArgumentOutOfRangeException">None, or more than <see cref="Most" />.</exception>
    /// <exception cref="InvalidOperationException">Somebody has looked into other buckets before.</exception>
    public static void Choose(int buckets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, Most);
        if (Interlocked.CompareExchange(ref count, buckets, 0) is not 0 and var chosen && chosen != buckets)
        {
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This process serves a city of {chosen} buckets, and not one of {buckets}."
                )
            );
        }
    }

    public static Bucket Of(AccountId account) => Of(account.Value);

    /// <summary>For what is shared out as accounts are, and is of none.</summary>
    public static Bucket Of(string text) =>
        new((int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)) % (ulong)Count));

    /// <summary>What a message names, where there is such a bucket.</summary>
    public static Bucket? Find(int? number) => number >= 0 && number < Count ? new Bucket(number.Value) : null;

    /// <summary>The partition key: two lower-case hexadecimal digits, from <c>00</c> on.</summary>
    public override string ToString() => Number.ToString("x2", CultureInfo.InvariantCulture);

    public int CompareTo(Bucket other) => Number.CompareTo(other.Number);
}
