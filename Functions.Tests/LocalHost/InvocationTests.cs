using Autopay.LocalHost;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.LocalHost;

public sealed class InvocationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Each_invocation_has_a_scope_of_its_own_that_ends_with_it()
    {
        var setup = new TestHostSetup { Configure = AddScope };
        await using var host = await TestHost.StartAsync(azurite, setup, typeof(Functions));

        var (first, second) = (await host.Http.GetStringAsync("Scope"), await host.Http.GetStringAsync("Scope"));

        Assert.Equal(("1 True", "2 True"), (first, second));
        await host.Journal.HasAsync("disposed 1");
        await host.Journal.HasAsync("disposed 2");
    }

    [Fact]
    public async Task The_function_timeout_of_host_json_cancels_and_fails_the_invocation()
    {
        var clock = new FakeTimeProvider();
        var setup = new TestHostSetup
        {
            Settings = new() { ["AzureFunctionsJobHost:functionTimeout"] = "00:10:00" },
            Configure = builder =>
            {
                AddScope(builder);
                builder.Services.AddSingleton<TimeProvider>(clock);
            },
        };
        await using var host = await TestHost.StartAsync(azurite, setup, typeof(Functions));
        var call = host.Http.GetAsync("Obedient");
        await host.Journal.HasAsync("began");

        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(500, (int)(await call).StatusCode);
        await host.Log.HasAsync(LogLevel.Error, "took longer than the functionTimeout of 00:10:00");
    }

    [Fact]
    public async Task The_host_registers_no_clock_for_the_app_because_the_real_one_does_not()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(NoFunctions));

        Assert.Null(host.Services.GetService<TimeProvider>());
    }

    [Fact]
    public async Task A_failure_is_logged_with_its_exception()
    {
        await using var host = await TestHost.StartAsync(azurite, typeof(Failing));

        await host.Http.GetAsync("Failing");

        Assert.Contains(host.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("what went wrong", StringComparison.Ordinal));
    }

    private static void AddScope(FunctionsApplicationBuilder builder) => builder.Services.AddSingleton<Numbers>().AddScoped<Scoped>();

    /// <summary>Of one host.</summary>
    private sealed class Numbers
    {
        private int last;

        public int Next() => Interlocked.Increment(ref last);
    }

    private sealed class Scoped(Numbers numbers, Journal journal) : IDisposable
    {
        public int Number { get; } = numbers.Next();

        public void Dispose() => journal.Add($"disposed {Number}");
    }

    private sealed class Functions(Scoped scoped, Journal journal)
    {
        [Function("Scope")]
        public IActionResult Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
            new ContentResult { Content = $"{scoped.Number} {ReferenceEquals(scoped, context.InstanceServices.GetRequiredService<Scoped>())}" };

        /// <summary>Ends when it is told to, and even pretends that it went well.</summary>
        [Function("Obedient")]
        public async Task ObedientAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
        {
            journal.Add("began");
            await journal.GateAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Failing
    {
        [Function("Failing")]
        public IActionResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            throw new InvalidOperationException("what went wrong");
    }

    private sealed class NoFunctions;
}
