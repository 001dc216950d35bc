using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Autopay.Hosting;

/// <summary>
/// Every change that a person asks for: nothing is changed of another version than was seen, and under an operation's
/// id it is made once, whichever route it is.
/// </summary>
internal sealed class OperationMiddleware(DoOnce once, RefuseOtherVersion versions, CityClock clock)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || !IsChange(context.FunctionDefinition.Name, http.Request))
        {
            await next(context);
            return;
        }

        var terms = await RequestTerms.ReadAsync(http.Request);
        terms.KeepIn(http);
        if (terms.Operation is null)
        {
            await RefuseOtherAsync(http, terms);
            await next(context);
            return;
        }

        var turn = await once.BeginAsync(WishOf(context, http, terms), http.RequestAborted);
        await (turn.Operation.IsDone ? AnswerAsync(http, turn.Operation) : RunAsync(context, next, http, turn));
    }

    // Previews and checks of a file change nothing; what comes without anybody's name has no person behind it.
    private static bool IsChange(string function, HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !Access.IsOpen(function)
        && !request.Path.ToString().EndsWith("/preview", StringComparison.OrdinalIgnoreCase)
        && request.Query["check"] != "only";

    private RecordedOperation WishOf(FunctionContext context, HttpContext http, RequestTerms terms) =>
        new(
            terms.Operation!,
            JsonNamingPolicy.CamelCase.ConvertName(context.FunctionDefinition.Name),
            clock.Authority(HttpJson.User(http.Request), terms.Reason)
        )
        {
            Path = http.Request.Path.ToString(),
        };

    private async Task RunAsync(
        FunctionContext context,
        FunctionExecutionDelegate next,
        HttpContext http,
        OperationTurn turn
    )
    {
        try
        {
            await RefuseOtherAsync(http, RequestTerms.Of(http.Request));
            await next(context);
        }
        catch (Exception failure)
        {
            await (
                failure is RefusedException or BadRequestException
                    ? once.RefuseAsync(turn, CancellationToken.None)
                    : once.LeaveAsync(turn, CancellationToken.None)
            );
            throw;
        }

        var answer = context.GetInvocationResult().Value as ContentResult;
        var status = answer?.StatusCode ?? StatusCodes.Status200OK;
        await (
            status < StatusCodes.Status400BadRequest
                ? once.EndAsync(turn, status, answer?.Content, CancellationToken.None)
                : once.RefuseAsync(turn, CancellationToken.None)
        );
    }

    private Task RefuseOtherAsync(HttpContext http, RequestTerms terms) =>
        terms.ExpectedVersion is { } seen
            ? versions.RunAsync(AccountOf(http.Request), seen, http.RequestAborted)
            : Task.CompletedTask;

    private static AccountId? AccountOf(HttpRequest request) =>
        request.Path.ToString().Trim('/').Split('/') is [_, "accounts", var account, ..] && HttpJson.IsId(account)
            ? new AccountId(account)
            : null;

    private static Task AnswerAsync(HttpContext http, RecordedOperation done)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(
            done.Answer ?? JsonSerializer.Serialize(OperationView.Of(done), HttpJson.Options)
        );
    }
}
