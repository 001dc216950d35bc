using System.Reflection;
using Autopay.LocalHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Autopay.Tests.LocalHost;

public sealed class DiscoveryTests
{
    [Fact]
    public void Functions_are_looked_for_in_the_assembly_that_creates_the_builder()
    {
        var builder = FunctionsApplication.CreateBuilder([]);

        Assert.Same(typeof(DiscoveryTests).Assembly, builder.FunctionAssembly);
    }

    [Fact]
    public void Every_method_with_the_attribute_is_a_function_whatever_its_visibility()
    {
        var catalog = FunctionCatalog.Discover([typeof(Mixed), typeof(Nothing)], servesHttp: false);

        Assert.Equal(["Hidden", "Shown", "Static"], catalog.Functions.Select(function => function.Name).Order());
    }

    [Fact]
    public void Function_names_are_found_in_any_letter_case() =>
        Assert.Equal("Shown", FunctionCatalog.Discover([typeof(Mixed)], servesHttp: false).Find("shown")?.Name);

    [Fact]
    public void The_attributes_keep_what_they_were_given()
    {
        var queue = new QueueTriggerAttribute("bills") { Connection = "Billing" };
        var timer = new TimerTriggerAttribute("0 0 10 * * *");
        var http = new HttpTriggerAttribute(AuthorizationLevel.Function, "get", "put") { Route = "bills" };

        Assert.Equal(("bills", "Billing"), (queue.QueueName, queue.Connection));
        Assert.Equal(("0 0 10 * * *", true, false), (timer.Schedule, timer.UseMonitor, timer.RunOnStartup));
        Assert.Equal((AuthorizationLevel.Function, "get,put", "bills"), (http.AuthLevel, string.Join(',', http.Methods!), http.Route));
    }

    [Fact]
    public void The_stand_in_declares_nothing_in_the_names_of_the_real_packages_but_what_the_app_uses()
    {
        var types = typeof(FunctionsApplication).Assembly.GetExportedTypes();
        var names = types.Where(type => !type.Namespace!.StartsWith("Autopay", StringComparison.Ordinal));

        Assert.Equal(
            [
                "AuthorizationLevel", "BindingContext", "FunctionAttribute", "FunctionContext", "FunctionContextExtensions", "FunctionDefinition",
                "FunctionExecutionDelegate", "FunctionsApplication", "FunctionsApplicationBuilder", "FunctionsApplicationBuilderAspNetCoreExtensions",
                "HttpTriggerAttribute", "IFunctionsWorkerApplicationBuilder", "IFunctionsWorkerMiddleware",
                "MiddlewareWorkerApplicationBuilderExtensions", "QueueTriggerAttribute", "ScheduleStatus", "TimerInfo", "TimerTriggerAttribute",
            ],
            names.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private sealed class Nothing
    {
        public void Run() => _ = GetType();
    }

    private sealed class Mixed
    {
        [Function("Shown")]
        public void Shown([QueueTrigger("bills")] string message) => _ = message;

        [Function("Static")]
        public static void Static([QueueTrigger("bills")] string message) => _ = message;

        [Function("Hidden")]
        internal void Hidden([QueueTrigger("bills")] string message) => _ = message;
    }
}
