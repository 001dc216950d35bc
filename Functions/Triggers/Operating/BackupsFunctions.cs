using Autopay.Application.Backups;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers.Operating;

/// <summary>
/// The whole backups with their totals, and one more at once. Restoring is for the command line alone.
/// </summary>
public sealed class BackupsFunctions(ExportBackup export, ReadBackups read, ILogger<BackupsFunctions> logger)
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
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/backups")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var why = HttpJson.Reason((await HttpJson.ReadAsync<ReasonRequest>(request)).Reason);
        var manifest = await export.RunAsync($"{HttpJson.User(request)}: {why}", null, cancel);
        logger.Exported(manifest, 0);
        return HttpJson.Ok(View(manifest), StatusCodes.Status201Created);
    }

    private static object View(BackupManifest manifest) =>
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
