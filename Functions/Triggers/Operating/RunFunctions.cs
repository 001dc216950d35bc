using System.Text.Json;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Runs;
using Autopay.Application.Runs;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.Triggers.Operating;

/// <summary>A run as it is shown while it goes on, and after.</summary>
/// <param name="At">Where to ask again.</param>
/// <param name="Result">What it came to; null before.</param>
internal sealed record RunView(
    string Id,
    RunKind Kind,
    RunStep Step,
    string By,
    DateTimeOffset AskedAt,
    DateTimeOffset? EndedAt,
    int Done,
    int? Of,
    string Unit,
    string? Failure,
    string At,
    JsonElement? Result
)
{
    public static RunView From(LongRun run, bool withResult = true) =>
        new(
            run.Id,
            run.Kind,
            run.Step,
            run.By,
            run.AskedAt,
            run.EndedAt,
            run.Progress.Done,
            run.Progress.Of,
            run.Progress.Unit,
            run.Failure,
            $"/api/runs/{run.Id}",
            withResult && run.Answer is { } answer ? JsonSerializer.Deserialize<JsonElement>(answer.Json) : null
        );
}

/// <summary>
/// Requests for what may take longer than a front door waits: answered with the result when it is there in time, else
/// with 202 and where to ask for it. Whoever hangs up does not stop what he set off.
/// </summary>
public sealed class RunRequests(
    GoOnWithRuns runs,
    ProcessingOptions options,
    CityClock clock,
    IHostApplicationLifetime app,
    ILogger<RunRequests> logger
)
{
    public async Task<IActionResult> AnswerAsync(
        RunKind kind,
        HttpRequest request,
        string by,
        DateTimeOffset? from = null
    )
    {
        var run = await RunAsync(kind, by, from);
        return run.Answer is { } answer ? HttpJson.Text(answer.Json, answer.Status) : Later(request, run);
    }

    /// <returns>The run, ended or still going.</returns>
    public async Task<LongRun> RunAsync(RunKind kind, string by, DateTimeOffset? from = null)
    {
        var asked = await runs.BeginAsync(kind, by, from, app.ApplicationStopping);
        var work = runs.RunAsync(asked.Id, options.AnswerWithin, app.ApplicationStopping);
        if (await IsInTimeAsync(work))
        {
            return await work ?? asked;
        }

        _ = WatchAsync(work, asked);
        return asked;
    }

    /// <summary>The result of a look when it is there in time; else a run looks.</summary>
    public async Task<IActionResult> AnswerAsync<T>(
        RunKind kind,
        HttpRequest request,
        Func<CancellationToken, Task<T>> look
    )
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(app.ApplicationStopping);
        var work = look(enough.Token);
        if (await IsInTimeAsync(work))
        {
            return HttpJson.Ok((await work)!);
        }

        await enough.CancelAsync();
        await Task.WhenAny(work);
        return Later(request, await runs.AskAsync(kind, HttpJson.User(request).ToString(), app.ApplicationStopping));
    }

    public static IActionResult Later(HttpRequest request, LongRun run)
    {
        var view = RunView.From(run);
        request.HttpContext.Response.Headers.Location = view.At;
        return HttpJson.Ok(view, StatusCodes.Status202Accepted);
    }

    private async Task<bool> IsInTimeAsync(Task work)
    {
        await Task.WhenAny(work, Task.Delay(options.AnswerWithin, clock.Time, app.ApplicationStopping));
        return work.IsCompleted;
    }

    // Its run is kept as failed, with the reason; nobody waits for it here any more.
    private async Task WatchAsync(Task work, LongRun asked)
    {
        try
        {
            await work;
        }
        catch (Exception failure)
        {
            logger.RunFailed(failure, asked.Id, asked.Kind);
        }
    }
}

/// <summary>Runs over the whole city: what is under way, and what came of it.</summary>
public sealed class RunFunctions(IRunStore runs)
{
    private const int MostRuns = 1000;

    [Function("GetRuns")]
    [AllowedTo(Role.Operator, Role.Auditor)]
    public async Task<IActionResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var newest = await runs.ReadNewestAsync(cancel).Take(MostRuns).ToListAsync(cancel);
        var (items, next) = Paging.Page(request, newest, run => run.Id);
        return HttpJson.Ok(new ListPage<RunView>([.. items.Select(run => RunView.From(run, withResult: false))], next));
    }

    [Function("GetRun")]
    [AllowedTo(Role.Operator, Role.Auditor)]
    public async Task<IActionResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}")] HttpRequest request,
        string run,
        CancellationToken cancel
    ) =>
        await runs.FindAsync(HttpJson.Id(run, "run"), cancel) is { } found
            ? HttpJson.Ok(RunView.From(found.Run))
            : HttpJson.NotFound($"There is no run {run}.");
}
