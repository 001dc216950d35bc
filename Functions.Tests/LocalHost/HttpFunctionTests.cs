using System.Net;
using System.Net.Http.Json;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.LocalHost;

public sealed class HttpFunctionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_function_without_a_route_answers_under_its_name_and_the_prefix_of_host_json()
    {
        var prefix = new Dictionary<string, string?> { ["AzureFunctionsJobHost:extensions:http:routePrefix"] = "v1" };
        await using var host = await TestHost.StartAsync(azurite, new TestHostSetup { Settings = prefix }, typeof(Functions));

        Assert.Equal("{\"theAnswer\":42}", await host.Http.GetStringAsync("v1/Answer"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("Answer")).StatusCode);
    }

    [Fact]
    public async Task Route_values_are_bound_as_strings_and_an_absent_one_is_null()
    {
        await using var host = await StartAsync();

        Assert.Equal("7 of 0012", await host.Http.GetStringAsync("accounts/0012/bills/7"));
        Assert.Equal("all of 0012", await host.Http.GetStringAsync("accounts/0012/bills"));
    }

    [Fact]
    public async Task The_request_and_the_context_are_bound()
    {
        await using var host = await StartAsync();

        var answer = await host.Http.PostAsJsonAsync("echo?x=1", "body");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("Echo ?x=1 \"body\" True True", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_function_that_returns_nothing_writes_the_response_itself()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.GetAsync("raw")).StatusCode);
    }

    [Fact]
    public async Task The_method_chooses_between_functions_of_one_route()
    {
        await using var host = await StartAsync();

        Assert.Equal("read", await host.Http.GetStringAsync("thing"));
        Assert.Equal("written", await (await host.Http.PutAsync("thing", null)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("DELETE", "thing")]
    [InlineData("HEAD", "thing")]
    [InlineData("OPTIONS", "thing")]
    [InlineData("GET", "nothing")]
    [InlineData("GET", "")]
    public async Task A_wrong_method_is_not_found_like_a_wrong_path(string method, string path)
    {
        await using var host = await StartAsync();

        using var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_exception_is_500_and_tells_the_caller_nothing()
    {
        await using var host = await StartAsync();

        var answer = await host.Http.GetAsync("broken");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("X-Half-Done"));
    }

    [Fact]
    public async Task Function_keys_are_not_checked()
    {
        await using var host = await StartAsync();

        Assert.Equal("secret", await host.Http.GetStringAsync("keyed"));
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_the_function()
    {
        await using var host = await StartAsync();
        using var caller = new CancellationTokenSource();
        var call = host.Http.GetAsync("slow", caller.Token);
        await host.Journal.HasAsync("slow began");

        await caller.CancelAsync();

        await host.Journal.HasAsync("slow was cancelled");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(azurite, typeof(Functions));

    private sealed class Functions(Journal journal)
    {
        [Function("Answer")]
        public IActionResult Answer([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkObjectResult(new { TheAnswer = 42 });

        [Function("Bill")]
        public IActionResult Bill(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "accounts/{account}/bills/{bill?}")] HttpRequest request,
            string account,
            string? bill) =>
            new ContentResult { Content = $"{bill ?? "all"} of {account}" };

        [Function("Echo")]
        public async Task<IActionResult> EchoAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "echo")] HttpRequest request, FunctionContext context, HttpContext http)
        {
            var body = await new StreamReader(request.Body).ReadToEndAsync();
            var same = $"{ReferenceEquals(http, context.GetHttpContext())} {ReferenceEquals(http.RequestServices, context.InstanceServices)}";
            return new ContentResult { StatusCode = 201, Content = $"{context.FunctionDefinition.Name} {request.QueryString} {body} {same}" };
        }

        [Function("Raw")]
        public void Raw([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "raw")] HttpContext http) => http.Response.StatusCode = 202;

        [Function("ReadThing")]
        public static IActionResult ReadThing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "thing")] HttpRequest request) =>
            new ContentResult { Content = "read" };

        [Function("WriteThing")]
        public static Task<IActionResult> WriteThingAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "thing")] HttpRequest request) =>
            Task.FromResult<IActionResult>(new ContentResult { Content = "written" });

        [Function("Broken")]
        public IActionResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Half-Done"] = "1";
            throw new InvalidOperationException("A secret of the server.");
        }

        [Function("Keyed")]
        public IActionResult Keyed([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "keyed")] HttpRequest request) =>
            new ContentResult { Content = "secret" };

        [Function("Slow")]
        public async Task SlowAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow")] HttpRequest request, CancellationToken cancellationToken)
        {
            journal.Add("slow began");
            await journal.GateOrCancelledAsync("slow", cancellationToken);
        }
    }
}
