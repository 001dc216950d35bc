using Autopay.Application.Certifying;
using Autopay.Application.Ledgers;
using Autopay.Application.ProviderEvents;
using Autopay.Application.Texts;
using Autopay.Hosting.Identity;
using Autopay.Pages;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting;

/// <summary>
/// Turns failures of HTTP functions into problem details without internals. Every other function's failure goes on: its
/// message must come again. What was cancelled has not failed: that is one line.
/// </summary>
internal sealed class ProblemMiddleware(ShowPage pages, ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext();
        if (http is not null)
        {
            SecurityHeaders.Write(http.Response.Headers);
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (IsCancelled(context, http))
        {
            logger.Cancelled(context.FunctionDefinition.Name);
            if (http is null)
            {
                throw;
            }

            await EndAsync(http);
        }
        catch (Exception failure) when (http is not null)
        {
            await AnswerAsync(http, context.FunctionDefinition.Name, failure);
        }
    }

    private static bool IsCancelled(FunctionContext context, HttpContext? http) =>
        context.CancellationToken.IsCancellationRequested || http is { RequestAborted.IsCancellationRequested: true };

    // Whoever hung up hears nothing; whoever still waits must not take silence for success.
    private static Task EndAsync(HttpContext http) =>
        http.RequestAborted.IsCancellationRequested || http.Response.HasStarted
            ? Task.CompletedTask
            : Problems.WriteAsync(
                http.Response,
                StatusCodes.Status503ServiceUnavailable,
                "It took too long, or the app is ending; ask again."
            );

    private Task AnswerAsync(HttpContext http, string function, Exception failure)
    {
        var (status, detail) = failure switch
        {
            BadRequestException bad => (bad.Status, bad.Message),
            AccessDeniedException denied => (denied.Status, denied.Message),
            NotYetKnownException missing => (StatusCodes.Status404NotFound, missing.Message),
            AnotherPersonException other => (StatusCodes.Status403Forbidden, other.Message),
            RefusedException refused => (StatusCodes.Status409Conflict, refused.Message),
            ProviderAwayException away => (
                StatusCodes.Status503ServiceUnavailable,
                $"The payment provider does not answer: {away.Message}"
            ),
            NotReadyException notReady => (StatusCodes.Status503ServiceUnavailable, notReady.Message),
            _ => (StatusCodes.Status500InternalServerError, null),
        };
        if (detail is null)
        {
            logger.Unhandled(function, failure);
        }

        return PersonAsks(http.Request)
            ? WritePageAsync(http, new PageProblem(status, detail))
            : Problems.WriteAsync(http.Response, status, InWordsOf(http, detail), FactsOf(failure));
    }

    // Programs read English; a page asks for its own language.
    private static string? InWordsOf(HttpContext http, string? detail)
    {
        var language = ShowPage.LanguageOf(http.Request);
        if (detail is null || language == Language.English || Sayings.In(language, detail) is not { } said)
        {
            return detail;
        }

        http.Response.Headers.ContentLanguage = language.Code;
        return said;
    }

    private static bool PersonAsks(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private async Task WritePageAsync(HttpContext http, PageProblem problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = ShowPage.MediaType;
        await http.Response.WriteAsync(await pages.RenderErrorAsync(http.Request, problem));
    }

    private static Dictionary<string, object>? FactsOf(Exception failure) =>
        failure switch
        {
            ChangedMeanwhileException changed => new() { ["version"] = changed.Version, ["changes"] = changed.Changes },
            CertificateRefusedException refused => new()
            {
                ["differences"] = refused.Differences.Select(LineView.Of),
                ["contradictions"] = refused.Contradictions,
                ["uncounted"] = refused.Uncounted,
            },
            _ => null,
        };
}
