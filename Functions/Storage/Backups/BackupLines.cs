using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Autopay.Storage.Backups;

/// <summary>Rows to and from a stream, a line each, counted on the way; one line is in memory at a time.</summary>
internal static class BackupLines
{
    /// <summary>An entity holds 1 MiB; its text can take a few times that.</summary>
    private const int LongestLine = 8 * 1024 * 1024;

    public static async Task WriteAsync(
        Stream blob,
        IAsyncEnumerable<TableEntity> rows,
        BackupTally tally,
        CancellationToken cancel
    )
    {
        var line = new ArrayBufferWriter<byte>();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            line.ResetWrittenCount();
            BackupLine.Write(line, row);
            tally.Add(row);
            tally.Add(new ReadOnlySequence<byte>(line.WrittenMemory));
            await blob.WriteAsync(line.WrittenMemory, cancel);
        }
    }

    /// <exception cref="FormatException">A line is no row, or the last one is cut off.</exception>
    public static async IAsyncEnumerable<TableEntity> ReadAsync(
        Stream blob,
        BackupTally tally,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var pipe = PipeReader.Create(blob);
        for (var isEnd = false; !isEnd; )
        {
            var read = await pipe.ReadAsync(cancel);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, rest.GetPosition(1, end));
                tally.Add(line);
                var row = BackupLine.Read(line);
                tally.Add(row);
                rest = rest.Slice(line.End);
                yield return row;
            }

            isEnd = read.IsCompleted;
            Require(rest, isEnd);
            pipe.AdvanceTo(rest.Start, rest.End);
        }

        await pipe.CompleteAsync();
    }

    private static void Require(ReadOnlySequence<byte> rest, bool isEnd)
    {
        if (rest.Length > LongestLine || (isEnd && !rest.IsEmpty))
        {
            throw new FormatException(isEnd ? "The last line is cut off." : "A line is longer than any row.");
        }
    }
}
