using System.Net;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;

namespace Autopay.Tests.LocalHost;

public sealed class MiddlewareTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_first_middleware_is_the_outermost()
    {
        await using var host = await StartAsync();

        await host.Http.GetStringAsync("Page");

        Assert.Equal(["outer in", "inner in", "function", "inner out", "outer out"], host.Journal.Entries);
    }

    [Fact]
    public async Task A_header_set_after_the_function_still_reaches_the_caller()
    {
        await using var host = await StartAsync();

        var answer = await host.Http.GetAsync("Page");

        Assert.Equal("late", answer.Headers.GetValues("X-Outer").Single());
    }

    [Fact]
    public async Task Middleware_can_answer_instead_of_the_function()
    {
        await using var host = await StartAsync();

        var answer = await host.Http.GetAsync("Page?refuse=yes");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("function", host.Journal.Entries);
    }

    [Fact]
    public async Task Queue_functions_run_through_the_same_middleware()
    {
        await using var host = await StartAsync();

        await host.Queue.SendMessageAsync("hello");

        await host.Journal.HasAsync("outer out");
        Assert.Equal(["outer in", "inner in", "message hello", "inner out", "outer out"], host.Journal.Entries);
    }

    [Fact]
    public async Task A_failure_that_middleware_swallows_counts_as_a_success()
    {
        await using var host = await StartAsync();

        await host.Queue.SendMessageAsync("fail");

        await host.Journal.HasAsync("inner swallowed fail");
        await host.QueueIsEmptyAsync();
    }

    private async Task<TestHost> StartAsync()
    {
        var setup = new TestHostSetup { Configure = builder => builder.UseMiddleware<Outer>().UseMiddleware<Inner>() };
        var host = await TestHost.StartAsync(azurite, setup, typeof(Functions));
        await Eventually.HoldsAsync("the queue is there", async () => await host.Queue.ExistsAsync());
        return host;
    }

    private sealed class Outer(Journal journal) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            journal.Add("outer in");
            await next(context);
            context.GetHttpContext()?.Response.Headers["X-Outer"] = "late";
            journal.Add("outer out");
        }
    }

    private sealed class Inner(Journal journal) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            journal.Add("inner in");
            if (context.GetHttpContext() is { } http && http.Request.Query.ContainsKey("refuse"))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }

            await SwallowAsync(() => next(context));
            journal.Add("inner out");
        }

        private async Task SwallowAsync(Func<Task> next)
        {
            try
            {
                await next();
            }
            catch (InvalidOperationException exception)
            {
                journal.Add($"inner swallowed {exception.Message}");
            }
        }
    }

    private sealed class Functions(Journal journal)
    {
        [Function("Page")]
        public IActionResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            journal.Add("function");
            return new ContentResult { Content = "page" };
        }

        [Function("Message")]
        public void Message([QueueTrigger("%queue%")] string message) =>
            journal.Add(message == "fail" ? throw new InvalidOperationException(message) : $"message {message}");
    }
}
