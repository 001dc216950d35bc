using System.Buffers;
using System.Security.Cryptography;
using Autopay.Application.Backups;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Storage.Backups;

/// <summary>What is counted of a table, the same while it is written and while it is read.</summary>
internal sealed class BackupTally(string table) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long rows;
    private long bytes;
    private BackupSums sums = BackupSums.None;

    public void Add(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            hash.AppendData(part.Span);
        }

        bytes += line.Length;
    }

    public void Add(TableEntity row)
    {
        rows++;
        if (LedgerScan.IsLedger(table, row))
        {
            sums = sums.Add(BackupSums.Of(LedgerRows.ToEntry(row).Ledger));
        }
    }

    public BackupTable ToTable(int torn = 0) =>
        new(table, rows, bytes, Convert.ToHexStringLower(hash.GetCurrentHash()), sums, torn);

    public void Dispose() => hash.Dispose();
}
