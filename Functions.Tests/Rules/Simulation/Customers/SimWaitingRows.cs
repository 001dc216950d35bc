using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Rehearsal.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>Rows that wait, and every one that ever did.</summary>
internal sealed class SimWaitingRows(Troubles troubles) : IWaitingRows
{
    private readonly ScratchWaitingRows rows = new();
    private readonly Dictionary<string, WaitingRow> ever = [];

    public IEnumerable<WaitingRow> Open => rows.Open;

    public IEnumerable<WaitingRow> Ever => ever.Values;

    public Task PutAsync(IReadOnlyCollection<WaitingRow> rows, CancellationToken cancel)
    {
        foreach (var row in rows.Where(row => ever.TryAdd(row.Id, row)))
        {
            troubles.RowWaits(row);
        }

        return this.rows.PutAsync(rows, cancel);
    }

    public Task EndAsync(WaitingRow row, WaitingEnd end, Authority authority, CancellationToken cancel)
    {
        var isByAPerson = authority.Why.StartsWith("act ", StringComparison.Ordinal);
        if (end == WaitingEnd.Applied && row.For != WaitingFor.Person && !isByAPerson)
        {
            troubles.Met(Trouble.EarlyRowAppliesItself);
        }

        return rows.EndAsync(row, end, authority, cancel);
    }

    public Task<IReadOnlyList<WaitingRow>> ReadOpenAsync(CancellationToken cancel) => rows.ReadOpenAsync(cancel);

    public Task<WaitingRow?> FindAsync(string id, CancellationToken cancel) => rows.FindAsync(id, cancel);

    public Task PutBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel) =>
        rows.PutBillsAsync(bucket, bills, cancel);

    public Task<IReadOnlyList<WaitingRow>> ReadBillsAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) => rows.ReadBillsAsync(bucket, accounts, cancel);

    public Task RemoveBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel) =>
        rows.RemoveBillsAsync(bucket, bills, cancel);

    public Task<int> DropBillsAsync(DateOnly dueBefore, CancellationToken cancel) =>
        rows.DropBillsAsync(dueBefore, cancel);

    public Task<int> CountBillsAsync(CancellationToken cancel) => rows.CountBillsAsync(cancel);
}
