using Autopay.Application;
using Autopay.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers;

/// <summary>No trigger of its own for each poison queue: one that is bound to Base64 takes what it cannot read, fails, and hides it.</summary>
public sealed class CollectPoisonFunction(CollectPoisonMessages poison, ILogger<CollectPoisonFunction> logger)
{
    [Function("CollectPoison")]
    public async Task RunAsync([TimerTrigger(Schedules.CollectPoison)] TimerInfo timer, CancellationToken cancel)
    {
        var found = await poison.CollectAsync(cancel);
        if (found.ForPeople > 0)
        {
            logger.Poisoned(found.ForPeople);
        }

        if (found.Hints > 0)
        {
            logger.HintsFailed(found.Hints);
        }
    }
}
