using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Storage.Imports;

/// <summary>
/// Ids and their owners, spread over a few partitions by the id itself: few, so that a file fills its requests. A
/// hundred are claimed in one request; only where somebody has claimed one of them before is the range read.
/// </summary>
public sealed class TableIdRegister(StorageClients clients) : IIdRegister
{
    private const int MostOperations = 100;
    private const int Partitions = 16;
    private const int PartitionsAtOnce = 8;
    private const string Owner = "Owner";

    private TableClient Table => clients.Table(StorageClients.IdsTable);

    public async Task<IReadOnlyDictionary<string, AccountId>> ClaimAsync(
        IdKind kind,
        IReadOnlyCollection<IdClaim> claims,
        CancellationToken cancel
    )
    {
        var partitions = claims
            .GroupBy(claim => Partition(kind, claim.Id))
            .Select(group =>
                (
                    Partition: group.Key,
                    Claims: group.OrderBy(claim => LedgerKeys.Escape(claim.Id), StringComparer.Ordinal).ToList()
                )
            );
        var found = await InParallel.SelectAsync(
            [.. partitions],
            PartitionsAtOnce,
            part => ClaimAsync(part.Partition, part.Claims, cancel)
        );
        return found.SelectMany(others => others).ToDictionary(other => other.Id, other => other.Account);
    }

    public async Task<AccountId?> FindAsync(IdKind kind, string id, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition(kind, id),
            LedgerKeys.Escape(id),
            [Owner],
            cancel
        );
        return row.HasValue ? new AccountId(row.Value!.GetString(Owner)) : null;
    }

    public IAsyncEnumerable<AccountId> ReadOwnersAsync(IdKind kind, CancellationToken cancel)
    {
        var prefix = $"{kind.ToString().ToLowerInvariant()}-";
        return Table
            .QueryAsync<TableEntity>(
                $"PartitionKey ge '{prefix}' and PartitionKey lt '{LedgerKeys.After(prefix)}'",
                select: [Owner],
                cancellationToken: cancel
            )
            .Select(row => new AccountId(row.GetString(Owner)));
    }

    public async Task MoveAsync(IdKind kind, IdClaim to, CancellationToken cancel) =>
        await Table.UpsertEntityAsync(ToRow(Partition(kind, to.Id), to), TableUpdateMode.Replace, cancel);

    private async Task<IReadOnlyList<IdClaim>> ClaimAsync(
        string partition,
        IReadOnlyList<IdClaim> claims,
        CancellationToken cancel
    )
    {
        List<IdClaim> others = [];
        foreach (var chunk in claims.Chunk(MostOperations))
        {
            // Somebody else may claim between the reading and the claiming: then it is read again.
            for (var open = chunk; open.Length > 0 && !await TryInsertAsync(partition, open, cancel); )
            {
                var owners = await ReadAsync(partition, open, cancel);
                others.AddRange(
                    open.Where(claim => owners.TryGetValue(claim.Id, out var owner) && owner != claim.Account)
                        .Select(claim => claim with { Account = owners[claim.Id] })
                );
                open = [.. open.Where(claim => !owners.ContainsKey(claim.Id))];
            }
        }

        return others;
    }

    private async Task<bool> TryInsertAsync(string partition, IEnumerable<IdClaim> claims, CancellationToken cancel)
    {
        try
        {
            await Table.SubmitTransactionAsync(
                claims.Select(claim => new TableTransactionAction(
                    TableTransactionActionType.Add,
                    ToRow(partition, claim)
                )),
                cancel
            );
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    private async Task<Dictionary<string, AccountId>> ReadAsync(
        string partition,
        IdClaim[] claims,
        CancellationToken cancel
    )
    {
        var (first, last) = (
            LedgerKeys.Quote(LedgerKeys.Escape(claims[0].Id)),
            LedgerKeys.Quote(LedgerKeys.Escape(claims[^1].Id))
        );
        var wanted = claims.ToDictionary(claim => LedgerKeys.Escape(claim.Id), claim => claim.Id);
        Dictionary<string, AccountId> owners = [];
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{partition}' and RowKey ge '{first}' and RowKey le '{last}'",
                cancellationToken: cancel
            )
        )
        {
            if (wanted.TryGetValue(row.RowKey, out var id))
            {
                owners[id] = new AccountId(row.GetString(Owner));
            }
        }

        return owners;
    }

    private static string Partition(IdKind kind, string id) =>
        $"{kind.ToString().ToLowerInvariant()}-{Bucket.Of(new AccountId(id)).Number % Partitions:x}";

    private static TableEntity ToRow(string partition, IdClaim claim) =>
        new(partition, LedgerKeys.Escape(claim.Id)) { [Owner] = claim.Account.Value };
}
