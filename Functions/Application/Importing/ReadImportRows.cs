using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>Some buckets of an import, and the rows of the file that are theirs.</summary>
public sealed record ImportPart(IReadOnlyList<Bucket> Buckets, IReadOnlyList<ImportRow> Rows);

/// <summary>
/// Reads the rows of a stored file, as they were judged when it came, however much later it is applied. A large file is
/// read several times, some buckets at a time: its rows are never in memory together.
/// </summary>
public sealed class ReadImportRows(IImportStore imports, IdConflicts conflicts, CityClock clock)
{
    /// <summary>A city of few buckets has as many more rows in each.</summary>
    private static int FewestBuckets => Math.Clamp(Bucket.Count / 8, 1, 8);

    /// <summary>Rows in memory at once, roughly: as many buckets are read together as have so many.</summary>
    public int RowsAtOnce { get; init; } = 12_500;

    /// <summary>The rows that are taken, of the accounts that are wanted.</summary>
    /// <exception cref="InvalidOperationException">The stored file does not check.</exception>
    public async Task<List<ImportRow>> ReadAsync(
        ImportRecord import,
        Func<ImportRow, bool> isWanted,
        CancellationToken cancel
    )
    {
        List<ImportRow> rows = [];
        await PassAsync(
            import,
            row =>
            {
                if (isWanted(row))
                {
                    rows.Add(row);
                }
            },
            (_, _) => { },
            cancel
        );
        return rows;
    }

    /// <summary>These buckets, some at a time; a row is in the bucket of the account whose ledger it is for.</summary>
    public async IAsyncEnumerable<ImportPart> ReadPartsAsync(
        ImportRecord import,
        IEnumerable<Bucket> of,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var buckets in of.ToList().Chunk(BucketsAtOnce(import)))
        {
            yield return new ImportPart(buckets, await ReadBucketsAsync(import, [.. buckets], cancel));
        }
    }

    /// <summary>Rows that are set aside, and why; and every account that the file names.</summary>
    public async Task<(List<(ImportRow Row, string Why)> Aside, HashSet<AccountId> Named)> ReadRestAsync(
        ImportRecord import,
        CancellationToken cancel
    )
    {
        List<(ImportRow, string)> aside = [];
        HashSet<AccountId> named = [];
        if (import.SetsAside || import.IsComplete)
        {
            await PassAsync(
                import,
                row => named.Add(row.Account),
                (row, why) =>
                {
                    named.Add(row.Account);
                    aside.Add((row, why));
                },
                cancel
            );
        }

        return (aside, named);
    }

    /// <summary>
    /// The rows whose id several accounts of the file have, in whatever buckets: only the whole file tells which of
    /// them is the first.
    /// </summary>
    public async Task<List<ImportRow>> ReadSharedAsync(ImportRecord import, CancellationToken cancel)
    {
        if (import.Kind.FileFormat.Brings == ImportedItem.Nothing)
        {
            return [];
        }

        HashSet<UInt128> seen = [];
        HashSet<string> shared = [];
        await PassAsync(
            import,
            row =>
            {
                if (!seen.Add(XxHash128.HashToUInt128(MemoryMarshal.AsBytes(NameOf(row).AsSpan()))))
                {
                    shared.Add(NameOf(row));
                }
            },
            (_, _) => { },
            cancel
        );
        return shared.Count == 0 ? [] : await ReadAsync(import, row => shared.Contains(NameOf(row)), cancel);

        // Of accounts those that resemble each other (R30).
        string NameOf(ImportRow row) =>
            import.Kind.FileFormat.Brings == ImportedItem.Account ? LookAlikes.NameOf(row.Account) : row.Id;
    }

    // The reversal of a payment that was moved is its new account's: all rows must be seen to know whose they are.
    private int BucketsAtOnce(ImportRecord import) =>
        import.Kind.FileFormat.Names == ImportedItem.Payment || import.Rows == 0
            ? Bucket.Count
            : (int)Math.Clamp((long)Bucket.Count * RowsAtOnce / import.Rows, FewestBuckets, Bucket.Count);

    private async Task<IReadOnlyList<ImportRow>> ReadBucketsAsync(
        ImportRecord import,
        HashSet<Bucket> buckets,
        CancellationToken cancel
    )
    {
        var isMoved = import.Kind.FileFormat.Names == ImportedItem.Payment;
        var rows = await ReadAsync(import, row => isMoved || buckets.Contains(Bucket.Of(row.Account)), cancel);
        return isMoved
            ? (await conflicts.FollowMovesAsync(import.Kind, rows, cancel)).FindAll(row =>
                buckets.Contains(Bucket.Of(row.Account))
            )
            : rows;
    }

    private async Task PassAsync(
        ImportRecord import,
        Action<ImportRow> take,
        Action<ImportRow, string> aside,
        CancellationToken cancel
    )
    {
        var rules = new ImportRules
        {
            Today = clock.City.At(import.Authority.At).Today,
            SetAside = import.SetsAside ? aside : null,
        };
        await using var file = await imports.OpenFileAsync(import.Id, cancel);
        var check = ImportReader.Read(import.Kind, file, take, rules);
        if (!check.IsGood)
        {
            throw new InvalidOperationException(
                $"The stored file of import {import.Id} does not check: {check.Problems[0]}."
            );
        }
    }
}
