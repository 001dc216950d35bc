using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;

namespace Autopay.Rehearsal.World;

/// <summary>Which account an id belongs to, during a rehearsal.</summary>
public sealed class ScratchIdRegister : IIdRegister
{
    private readonly Dictionary<(IdKind, string), AccountId> owners = [];

    public Task<IReadOnlyDictionary<string, AccountId>> ClaimAsync(
        IdKind kind,
        IReadOnlyCollection<IdClaim> claims,
        CancellationToken cancel
    )
    {
        foreach (var claim in claims)
        {
            owners.TryAdd((kind, claim.Id), claim.Account);
        }

        return Task.FromResult<IReadOnlyDictionary<string, AccountId>>(
            claims
                .Where(claim => owners[(kind, claim.Id)] != claim.Account)
                .ToDictionary(claim => claim.Id, claim => owners[(kind, claim.Id)])
        );
    }

    public Task<AccountId?> FindAsync(IdKind kind, string id, CancellationToken cancel) =>
        Task.FromResult<AccountId?>(owners.TryGetValue((kind, id), out var owner) ? owner : null);

    public IAsyncEnumerable<AccountId> ReadOwnersAsync(IdKind kind, CancellationToken cancel) =>
        owners.Where(claim => claim.Key.Item1 == kind).Select(claim => claim.Value).ToList().ToAsyncEnumerable();

    public Task MoveAsync(IdKind kind, IdClaim to, CancellationToken cancel)
    {
        owners[(kind, to.Id)] = to.Account;
        return Task.CompletedTask;
    }
}

/// <summary>Rows that wait, during a rehearsal.</summary>
public sealed class ScratchWaitingRows : IWaitingRows
{
    private readonly Dictionary<string, WaitingRow> rows = [];
    private readonly Dictionary<(AccountId, string), WaitingRow> bills = [];

    public IEnumerable<WaitingRow> Open => rows.Values.Where(row => row.IsOpen);

    public int Bills => bills.Count;

    public Task PutAsync(IReadOnlyCollection<WaitingRow> rows, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            this.rows.TryAdd(row.Id, row);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<WaitingRow>> ReadOpenAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<WaitingRow>>([.. Open]);

    public Task<WaitingRow?> FindAsync(string id, CancellationToken cancel) =>
        Task.FromResult(rows.GetValueOrDefault(id));

    public Task EndAsync(WaitingRow row, WaitingEnd end, Authority authority, CancellationToken cancel)
    {
        rows[row.Id] = row with { End = end, EndedBy = authority };
        return Task.CompletedTask;
    }

    public Task PutBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel)
    {
        foreach (var row in bills)
        {
            this.bills[KeyOf(row)] = row;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<WaitingRow>> ReadBillsAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancel
    ) => Task.FromResult<IReadOnlyList<WaitingRow>>([.. bills.Values.Where(row => accounts.Contains(row.Account))]);

    public Task RemoveBillsAsync(Bucket bucket, IReadOnlyCollection<WaitingRow> bills, CancellationToken cancel)
    {
        foreach (var row in bills)
        {
            this.bills.Remove(KeyOf(row));
        }

        return Task.CompletedTask;
    }

    public Task<int> DropBillsAsync(DateOnly dueBefore, CancellationToken cancel)
    {
        var old = bills.Values.Where(row => row.Content.Bill!.DueDate < dueBefore).ToList();
        return Task.FromResult(old.Count(row => bills.Remove(KeyOf(row))));
    }

    public Task<int> CountBillsAsync(CancellationToken cancel) => Task.FromResult(bills.Count);

    private static (AccountId, string) KeyOf(WaitingRow row) => (row.Account, row.RowId);
}
