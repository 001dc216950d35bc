using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting;

/// <summary>Behind a closed gate every route answers 503, and messages and timers are refused, so that they come again when it is open.</summary>
internal sealed class GateMiddleware(StartGate gate, ILogger<GateMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (gate.Missing.Count == 0)
        {
            return next(context);
        }

        logger.GateClosed(context.FunctionDefinition.Name, string.Join("; ", gate.Missing));
        throw new NotReadyException("The app is not set up completely; its log says what is missing.");
    }
}
