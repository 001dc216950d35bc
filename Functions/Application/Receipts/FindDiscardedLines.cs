using System.Globalization;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Receipts;

/// <summary>
/// A batch that was written and has no record is finished. Its receipts wait in their buckets until the record is
/// there, so what does not wait was told by books that a restore threw away.
/// </summary>
public sealed class FindDiscardedLines(ReadReceipts read, ILedgerStore ledgers)
{
    public async Task<IReadOnlyList<ReceiptLine>> RunAsync(IEnumerable<ReceiptLine> written, CancellationToken cancel)
    {
        var waiting = (await read.ReadWaitingAsync(cancel)).ToHashSet();
        return [.. written.Where(line => !line.IsTakenBack && !waiting.Contains(line.Told()))];
    }

    /// <summary>Those that tell of money that came back, and of which the books that we have know nothing.</summary>
    public async Task<IReadOnlyList<ReceiptLine>> ReturnsAsync(IEnumerable<ReceiptLine> lost, CancellationToken cancel)
    {
        List<ReceiptLine> unknown = [];
        foreach (var line in lost.Where(line => line.Kind == ReceiptKind.Returned))
        {
            unknown.AddRange(await IsKnownAsync(line, cancel) ? [] : [line]);
        }

        return unknown;
    }

    // A backup that was made while a batch left its buckets has the books that told it, and neither its record nor its
    // receipts.
    private async Task<bool> IsKnownAsync(ReceiptLine line, CancellationToken cancel)
    {
        var (generation, sequence) = OperationOf(line);
        await foreach (var row in ledgers.ReadHistoryAsync(new AccountId(line.Account), cancel))
        {
            if (row.Events.OfType<GenerationRaised>().Any(raised => raised.To > generation))
            {
                return false;
            }

            if (row.Sequence == sequence)
            {
                return row.Events.Any(happened =>
                    happened is ReturnReceived back
                        ? back.IntentId == line.Intent
                        : happened is FundsReversed reversed && reversed.Funds.Value == line.Intent
                );
            }
        }

        return false;
    }

    private static (int Generation, int Sequence) OperationOf(ReceiptLine line)
    {
        var parts = line.Key.Split('|')[1].Split('-');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
