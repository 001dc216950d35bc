using System.Net;
using Autopay.LocalHost.Tests.Fixtures;
using Autopay.Tests.Faults.FaultProxy;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost.Tests;

/// <summary>The HTTP front: routes, limits, and what the worker sees of a request.</summary>
public sealed class HttpTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_request_is_served_by_the_workers_own_server_when_the_channel_says_so()
    {
        var routed = new TaskCompletionSource<string>();
        await using var worker = new ScriptedWorker
        {
            Serve = async http =>
                await http.Response.WriteAsync(
                    $"{http.Request.Method} {http.Request.Path} "
                        + $"{await new StreamReader(http.Request.Body).ReadToEndAsync()}"
                ),
        }.Http(
            "Put",
            "things/{thing}",
            "\"put\"",
            (request, _) => Task.FromResult(routed.TrySetResult(request.TriggerMetadata["thing"].String))
        );
        await using var host = await ScriptedHost.StartAsync(
            azurite,
            worker,
            ("AzureFunctionsJobHost:extensions:http:routePrefix", "city")
        );

        using var answer = await host.Http.PutAsync("city/things/10-0004", new StringContent("body"));

        Assert.Equal("PUT /city/things/10-0004 body", await answer.Content.ReadAsStringAsync());
        Assert.Equal("10-0004", await routed.Task);
    }

    [Theory]
    [InlineData("GET", "things/1")]
    [InlineData("POST", "things/1")]
    [InlineData("PUT", "things")]
    [InlineData("PUT", "")]
    public async Task Another_method_or_path_is_not_found_and_reaches_no_worker(string method, string path)
    {
        await using var worker = new ScriptedWorker
        {
            Serve = _ => throw new InvalidOperationException("reached"),
        }.Http("Put", "things/{thing}", "\"put\"");
        await using var host = await ScriptedHost.StartAsync(azurite, worker);

        using var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Where_a_request_comes_from_is_what_the_host_saw_and_not_what_the_caller_says()
    {
        await using var worker = new ScriptedWorker
        {
            Serve = http =>
                http.Response.WriteAsync(
                    $"{http.Request.Headers["X-Forwarded-For"]} {http.Request.Headers["X-Forwarded-Host"]} "
                        + $"{http.Request.Headers["X-Forwarded-Proto"]}"
                ),
        }.Http("Get", "who", "\"get\"");
        await using var host = await ScriptedHost.StartAsync(azurite, worker);
        host.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        host.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "city.example");

        Assert.Equal($"127.0.0.1 {host.Http.BaseAddress!.Authority} http", await host.Http.GetStringAsync("who"));
    }

    [Fact]
    public async Task A_function_that_failed_before_it_answered_is_500()
    {
        await using var worker = new ScriptedWorker { Serve = http => Task.CompletedTask }.Http(
            "Get",
            "fails",
            "\"get\"",
            (_, _) => throw new InvalidOperationException("broken")
        );
        await using var host = await ScriptedHost.StartAsync(azurite, worker);

        using var answer = await host.Http.GetAsync("fails");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task More_requests_than_may_be_outstanding_are_429_and_the_others_are_served_so_many_at_once()
    {
        var (arrived, open, atOnce, most) = (new SemaphoreSlim(0), new TaskCompletionSource(), 0, 0);
        await using var worker = new ScriptedWorker
        {
            Serve = async http =>
            {
                most = Math.Max(most, Interlocked.Increment(ref atOnce));
                arrived.Release();
                await open.Task;
                Interlocked.Decrement(ref atOnce);
                await http.Response.WriteAsync("served");
            },
        }.Http("Get", "slow", "\"get\"");
        await using var host = await ScriptedHost.StartAsync(
            azurite,
            worker,
            ("AzureFunctionsJobHost:extensions:http:maxOutstandingRequests", "3"),
            ("AzureFunctionsJobHost:extensions:http:maxConcurrentRequests", "2")
        );

        var answers = Enumerable.Range(0, 5).Select(_ => host.Http.GetAsync("slow")).ToList();
        await arrived.WaitAsync();
        await arrived.WaitAsync();
        await Eventually.HoldsAsync("two are refused", () => answers.Count(answer => answer.IsCompleted) == 2);
        open.SetResult();
        var statuses = (await Task.WhenAll(answers)).Select(answer => answer.StatusCode).Order();

        Assert.Equal(
            [
                HttpStatusCode.OK,
                HttpStatusCode.OK,
                HttpStatusCode.OK,
                HttpStatusCode.TooManyRequests,
                HttpStatusCode.TooManyRequests,
            ],
            statuses
        );
        Assert.Equal(2, most);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    public async Task A_limit_that_is_none_stops_the_start(string limit)
    {
        await using var worker = new ScriptedWorker();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ScriptedHost.StartAsync(
                azurite,
                worker,
                ("AzureFunctionsJobHost:extensions:http:maxConcurrentRequests", limit)
            )
        );

        Assert.Equal(
            "host.json, extensions.http: maxConcurrentRequests must be above 0, or -1 for no limit.",
            failure.Message
        );
    }

    [Fact]
    public async Task A_function_that_cannot_be_loaded_stops_the_start_and_is_named()
    {
        await using var worker = new ScriptedWorker { Broken = ("Get", "no such method") }.Http(
            "Get",
            "get",
            "\"get\""
        );

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ScriptedHost.StartAsync(azurite, worker)
        );

        Assert.Equal("Function 'Get' cannot be loaded: no such method", failure.Message);
    }

    [Fact]
    public async Task Requests_are_answered_while_storage_is_away_and_messages_are_taken_when_it_is_back()
    {
        var (away, came) = (new FaultScript(), new TaskCompletionSource<string>());
        away.BreakAll(ProxyFault.ResetBefore);
        await using var storage = await AwayStorage.StartAsync(await azurite.NewAccountAsync(), away);
        await using var worker = new ScriptedWorker()
            .Http("Get", "alive", "\"get\"")
            .Queue(
                "Work",
                "work",
                (request, _) => Task.FromResult(came.TrySetResult(request.InputData[0].Data.String))
            );
        await using var host = await ScriptedHost.StartAsync(
            azurite,
            worker,
            ("AzureWebJobsStorage", storage.Connection)
        );

        Assert.Equal("served", await host.Http.GetStringAsync("alive"));
        await host.Log.HasAsync(LogLevel.Warning, "Queues and timers cannot be listened to");
        away.Mend();
        await storage.Queue("work").CreateIfNotExistsAsync();
        await storage.Queue("work").SendMessageAsync("patient");

        Assert.Equal("patient", await came.Task);
    }
}
