using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost;

/// <summary>
/// The action result is executed outside the app's middleware, as in the real worker: middleware can still set headers after the
/// function has returned, and what it catches has not been written to the response yet.
/// </summary>
internal sealed class FunctionPipeline(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    private static readonly FunctionExecutionDelegate Innermost = context => RunFunctionAsync((LocalFunctionContext)context);

    private readonly FunctionExecutionDelegate execute = middleware.Reverse().Aggregate(Innermost, (next, use) => use(next));

    public async Task ExecuteAsync(LocalFunctionContext context)
    {
        await execute(context);
        if (context is { Result: IActionResult result, CancellationToken.IsCancellationRequested: false } && context.GetHttpContext() is { } http)
        {
            await result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
        }
    }

    private static async Task RunFunctionAsync(LocalFunctionContext context)
    {
        var method = context.Function.Method;
        var arguments = context.Function.Parameters.Select(bind => bind(context)).ToArray();
        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(context.InstanceServices, method.DeclaringType!);
        var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        if (returned is Task task)
        {
            await task;
        }

        context.Result = returned is Task ? ResultOf(returned) : returned;
    }

    private static object? ResultOf(object task) => task.GetType().GetProperty(nameof(Task<>.Result))?.GetValue(task);
}
