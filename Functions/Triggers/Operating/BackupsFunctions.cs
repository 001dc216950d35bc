using Autopay.Application.Backups;
using Autopay.Application.Runs;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Operating;

/// <summary>
/// The whole backups with their totals, and one more at once. Restoring is for the command line alone.
/// </summary>
public sealed class BackupsFunctions(ReadBackups read, RunRequests runs)
{
    [Function("GetBackups")]
    [AllowedTo(Role.Operator, Role.Auditor)]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/backups")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (items, next) = Paging.Page(request, [.. await read.RunAsync(cancel)], backup => backup.Id);
        return HttpJson.Ok(new ListPage<object>([.. items.Select(View)], next));
    }

    [Function("PostBackup")]
    [AllowedTo(Role.Operator)]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/backups")] HttpRequest request
    )
    {
        var why = HttpJson.Reason((await HttpJson.ReadAsync<ReasonRequest>(request)).Reason);
        return await runs.AnswerAsync(RunKind.Export, request, $"{HttpJson.User(request)}: {why}");
    }

    internal static object View(BackupManifest manifest) =>
        new
        {
            manifest.Id,
            manifest.BegunAt,
            manifest.EndedAt,
            manifest.By,
            manifest.Rows,
            Torn = manifest.Tables.Sum(table => table.Torn),
            manifest.Sums,
        };
}
