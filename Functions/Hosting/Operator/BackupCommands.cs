using Autopay.Application.Backups;

namespace Autopay.Hosting.Operator;

internal static class BackupCommands
{
    public static async Task<int> ExportAsync(OperatorCall call, string why)
    {
        var manifest = await call.Verb<ExportBackup>()
            .RunAsync($"{call.By}: {HttpJson.Reason(why)}", call.Progress, call.Cancel);
        var gone = await call.Verb<PruneBackups>().RunAsync(call.Cancel);
        await PrintAsync(call.Output, $"Backup {manifest.Id} is whole", manifest);
        await call.Output.WriteLineAsync($"{Plural.Of(gone.Count, "older backup")} deleted.");
        var torn = manifest.Tables.Sum(table => table.Torn);
        await (
            torn == 0
                ? Task.CompletedTask
                : call.Output.WriteLineAsync(
                    $"{torn} accounts have rows that do not fit together in the books: see 'stuck'."
                )
        );
        return torn == 0 ? OperatorApp.Done : OperatorApp.Problems;
    }

    internal static Task PrintAsync(TextWriter output, string what, BackupManifest manifest)
    {
        var sums = manifest.Sums;
        return output.WriteLineAsync(
            $"{what}: {manifest.Rows} rows, {sums.Accounts} accounts; cents: {sums.OpenCents} open, "
                + $"{sums.CollectedCents} collected, {sums.InFlightCents} in flight, {sums.CreditCents} credit."
        );
    }
}
