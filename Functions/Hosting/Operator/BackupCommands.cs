using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Ports.Books;

namespace Autopay.Hosting.Operator;

internal static class BackupCommands
{
    private const string Latest = "latest";

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

    public static async Task<int> RestoreAsync(OperatorCall call, string backup, string why)
    {
        var known = (await call.Verb<ReadBackups>().RunAsync(call.Cancel)).Select(manifest => manifest.Id).ToList();
        var id = backup == Latest && known.Count > 0 ? known[0] : HttpJson.Id(backup, "BACKUP");
        if (!await IsThereAsync(call, id))
        {
            throw new BadRequestException($"There is no backup {id}; there are: {string.Join(", ", known)}.");
        }

        var authority = call.Verb<CityClock>().Authority(call.By, HttpJson.Reason(why));
        await PrintAsync(
            call.Output,
            $"Backup {id} is restored",
            await call.Verb<RestoreBackup>().RunAsync(id, authority, call.Progress, call.Cancel)
        );
        await call.Output.WriteLineAsync(
            "Nothing is charged. Next: set again what finance set since, import again every file since, run "
                + "'reconcile' until it agrees, then resume."
        );
        return OperatorApp.Done;
    }

    // A damaged one is there too, and the restore says what is wrong with it.
    private static async Task<bool> IsThereAsync(OperatorCall call, string id)
    {
        await foreach (var it in call.Verb<IBackupStore>().ReadIdsAsync(call.Cancel))
        {
            if (it == id)
            {
                return true;
            }
        }

        return false;
    }

    private static Task PrintAsync(TextWriter output, string what, BackupManifest manifest)
    {
        var sums = manifest.Sums;
        return output.WriteLineAsync(
            $"{what}: {manifest.Rows} rows, {sums.Accounts} accounts; cents: {sums.OpenCents} open, "
                + $"{sums.CollectedCents} collected, {sums.InFlightCents} in flight, {sums.CreditCents} credit."
        );
    }
}
