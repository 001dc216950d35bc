using System.CommandLine;
using System.Text.RegularExpressions;
using Autopay.Application;
using Autopay.Application.Backups;
using Autopay.Application.Ports.Books;
using Autopay.Storage.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Hosting.Operator;

/// <summary>What an operator wants restored.</summary>
/// <param name="From">A container of copies; null: the books' own backups.</param>
internal sealed record RestoreOrder(string Backup, string Why, string? From, bool IsEmptyingFirst);

/// <summary><c>restore</c>: from the books' own backups, or from copies in another account.</summary>
internal static partial class RestoreCommand
{
    private const string Latest = "latest";

    public static Command Create(OperatorApp app)
    {
        var (name, reason) = (OperatorCommands.As(), OperatorCommands.Reason(required: true));
        var backup = new Argument<string>("BACKUP") { Description = "The id of a backup, or 'latest'" };
        var from = new Option<string?>("--from")
        {
            Description = "A container of the second account, such as 'exports', or the https address of any",
        };
        var empty = new Option<bool>("--empty-first")
        {
            Description = "Delete every row of the tables once the backup was found undamaged; charging must be halted",
        };
        var command = new Command(
            "restore",
            "Restore a backup into empty tables; charging stays halted until every intent since is matched and "
                + "you resume. Killed, run it again"
        )
        {
            backup,
            from,
            empty,
            name,
            reason,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var order = new RestoreOrder(
                    parsed.GetValue(backup)!,
                    parsed.GetValue(reason)!,
                    parsed.GetValue(from),
                    parsed.GetValue(empty)
                );
                return app.RunAsync(parsed.GetValue(name), call => RunAsync(call, order), cancel);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(OperatorCall call, RestoreOrder order)
    {
        var store = StoreOf(call, order.From);
        var known = (await new ReadBackups(store).RunAsync(call.Cancel)).Select(manifest => manifest.Id).ToList();
        var id = order.Backup == Latest && known.Count > 0 ? known[0] : HttpJson.Id(order.Backup, "BACKUP");
        if (!await IsThereAsync(store, id, call.Cancel))
        {
            throw new BadRequestException($"There is no backup {id}; there are: {string.Join(", ", known)}.");
        }

        var authority = call.Verb<CityClock>().Authority(call.By, HttpJson.Reason(order.Why));
        var (check, target) = (new CheckBackup(store), Made<TableRestoreTarget>(call, store));
        await (
            order.IsEmptyingFirst
                ? Made<EmptyBooks>(call, check, target).RunAsync(id, call.Progress, call.Cancel)
                : Task.CompletedTask
        );
        var manifest = await Made<RestoreBackup>(call, store, check, target)
            .RunAsync(id, authority, call.Progress, call.Cancel);
        await BackupCommands.PrintAsync(call.Output, $"Backup {id} is restored", manifest);
        await call.Output.WriteLineAsync(
            "Nothing is charged. Next: set again what finance set since, import again every file since, run "
                + "'reconcile' until it agrees, then resume."
        );
        return OperatorApp.Done;
    }

    private static BlobBackupStore StoreOf(OperatorCall call, string? from) =>
        from is null ? call.Verb<BlobBackupStore>()
        : FromPattern().IsMatch(from) ? Made<BlobBackupStore>(call, call.Verb<CopiesAccount>().Find(from))
        : throw new BadRequestException($"--from: '{from}' is neither the name of a container nor its https address.");

    // With this store in the place of the books' own.
    private static T Made<T>(OperatorCall call, params object[] given) =>
        ActivatorUtilities.CreateInstance<T>(call.Services, given);

    // A damaged one is there too, and the restore says what is wrong with it.
    private static async Task<bool> IsThereAsync(BlobBackupStore store, string id, CancellationToken cancel) =>
        await store.ReadIdsAsync(cancel).AnyAsync(it => it == id, cancel);

    [GeneratedRegex("^([a-z0-9]+(-[a-z0-9]+)*|https://[a-z0-9.-]+/[a-z0-9-]+)$")]
    private static partial Regex FromPattern();
}
