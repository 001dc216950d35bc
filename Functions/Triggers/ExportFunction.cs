using Autopay.Application;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

public sealed class ExportFunction(ExportBackup export, PruneBackups prune, ILogger<ExportFunction> logger)
{
    [Function("Export")]
    public async Task RunAsync([TimerTrigger(Schedules.Export)] TimerInfo timer, CancellationToken cancel)
    {
        var manifest = await export.RunAsync("nightly", null, cancel);
        logger.Exported(manifest, (await prune.RunAsync(cancel)).Count);
    }
}
