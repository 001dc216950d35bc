using Autopay.Application;
using Autopay.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting;

/// <summary>Until the storage is prepared routes answer 503, and messages and timers fail, so that they come again. Health answers.</summary>
internal sealed class PreparedMiddleware(StoragePreparation preparation, ILogger<PreparedMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (preparation.WhyNot is not { } why || context.FunctionDefinition.Name is HealthFunctions.LiveName or HealthFunctions.ReadyName)
        {
            return next(context);
        }

        logger.NotPrepared(context.FunctionDefinition.Name, why);
        throw new NotReadyException($"The app cannot work yet: {why}.");
    }
}
