using Autopay.Application;
using Autopay.Triggers.Operating;
using Autopay.Triggers.Pages;
using Autopay.Triggers.Residents;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting.Identity;

/// <summary>
/// Behind a closed gate every route answers 503, and messages and timers are refused, so that they come again when it
/// is open. So it is until the storage is prepared, but for health, which tells probes what is missing, and for the
/// public status with its pages, which stand; the console has its page of health.
/// </summary>
internal sealed class GateMiddleware(StartGate gate, StoragePreparation storage, ILogger<GateMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = context.FunctionDefinition.Name;
        if (await gate.ReadAsync(context.CancellationToken) is { Count: > 0 } missing)
        {
            logger.GateClosed(function, string.Join("; ", missing));
            throw new NotReadyException("The app is not set up completely; its log says what is missing.");
        }

        if (storage.WhyNot is { } why && !Stands(function))
        {
            logger.NotPrepared(function, why);
            throw new NotReadyException($"The app cannot work yet: {why}.");
        }

        await next(context);
    }

    private static bool Stands(string function) =>
        function
            is HealthFunctions.LiveName
                or HealthFunctions.ReadyName
                or StatusFunction.Name
                or StatusPages.English
                or StatusPages.Spanish
                or HomePage.Name
                or AssetFunction.Name
                or HealthPages.Name;
}
