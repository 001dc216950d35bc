using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Application.Ports.Runs;
using Autopay.Application.Runs;
using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage.Runs;

/// <summary>
/// Runs are a partition of the table of reports, newest first; what an unfinished one keeps beside its row has a
/// partition of its own.
/// </summary>
public sealed class TableRunStore(StorageClients clients) : IRunStore
{
    private const string Partition = "run";
    private const string Column = "Run";
    private const string PartColumn = "Part";
    private const int Tries = 50;

    private TableClient Table => clients.Table(StorageClients.ReportsTable);

    public async Task<RunEntry> AddAsync(Func<string, LongRun> run, DateTimeOffset at, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var added = run(GoOnWithRuns.IdOf(at.AddMilliseconds(tries)));
            try
            {
                var stored = await Table.AddEntityAsync(ToRow(added), cancel);
                return new RunEntry(added, $"{stored.Headers.ETag}");
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                // Another run was asked for in that millisecond, or our own answer was lost.
            }
        }

        throw new RefusedException("Other runs are being asked for; try again.");
    }

    public async Task<RunEntry?> FindAsync(string id, CancellationToken cancel)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            ReportKeys.Descending(id),
            cancellationToken: cancel
        );
        return row.HasValue ? new RunEntry(ToRun(row.Value!), row.Value!.ETag.ToString()) : null;
    }

    public async Task<RunEntry?> TrySaveAsync(RunEntry before, LongRun after, CancellationToken cancel) =>
        await Table.TryReplaceAsync(ToRow(after), before.Tag, cancel) is { } tag ? new RunEntry(after, tag) : null;

    public async IAsyncEnumerable<LongRun> ReadNewestAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{Partition}'",
                maxPerPage: 20,
                cancellationToken: cancel
            )
        )
        {
            yield return ToRun(row);
        }
    }

    public Task KeepPartAsync(string run, int number, string json, CancellationToken cancel)
    {
        var row = new TableEntity(PartsOf(run), $"{number:D6}");
        LongText.Write(row, PartColumn, json);
        return Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    public async IAsyncEnumerable<string> ReadPartsAsync(string run, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{PartsOf(run)}'",
                maxPerPage: 10,
                cancellationToken: cancel
            )
        )
        {
            yield return LongText.Read(row, PartColumn);
        }
    }

    public async Task ForgetPartsAsync(string run, CancellationToken cancel)
    {
        await foreach (
            var row in Table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{PartsOf(run)}'",
                select: ["PartitionKey", "RowKey"],
                cancellationToken: cancel
            )
        )
        {
            await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
        }
    }

    private static string PartsOf(string run) => $"run-{run}";

    private static TableEntity ToRow(LongRun run)
    {
        var row = new TableEntity(Partition, ReportKeys.Descending(run.Id));
        LongText.Write(row, Column, JsonSerializer.Serialize(run, RunJson.Default.LongRun));
        return row;
    }

    private static LongRun ToRun(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Read(row, Column), RunJson.Default.LongRun)!;
}
