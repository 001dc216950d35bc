using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using static Autopay.Tests.LocalHost.BrokenFunctions;

namespace Autopay.Tests.LocalHost;

/// <summary>What a person wrote wrongly stops the host at once, with a sentence that says where.</summary>
public sealed class StartFailureTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(typeof(Twice), "The function name 'Same' is used more than once: Twice.One and Twice.Two.")]
    [InlineData(typeof(BadName), "Function '1st': a name starts with a letter and goes on with letters, digits, '-' and '_'.")]
    [InlineData(typeof(NoTrigger), "Function 'NoTrigger' has 0 triggers; it needs one parameter with a queue, timer or HTTP trigger.")]
    [InlineData(typeof(TwoTriggers), "Function 'TwoTriggers' has 2 triggers; it needs one parameter with a queue, timer or HTTP trigger.")]
    [InlineData(
        typeof(SdkMessage),
        "Function 'SdkMessage': the parameter 'message' of type Azure.Storage.Queues.Models.QueueMessage cannot be bound.")]
    [InlineData(typeof(Bytes), "Function 'Bytes': the parameter 'message' of type System.Byte[] cannot be bound.")]
    [InlineData(typeof(TimerAsText), "Function 'TimerAsText': the parameter 'timer' of type System.String cannot be bound.")]
    [InlineData(typeof(UnknownParameter), "Function 'UnknownParameter': the parameter 'id' of type System.String cannot be bound.")]
    [InlineData(typeof(NumberFromRoute), "Function 'NumberFromRoute': the parameter 'id' of type System.Int32 cannot be bound.")]
    [InlineData(
        typeof(Returns),
        "Function 'Returns' returns System.String; a function returns nothing, Task or, called over HTTP, IActionResult or Task<IActionResult>.")]
    [InlineData(
        typeof(FiveFields),
        "Function 'FiveFields': '0 10 * * *' is not a schedule of six fields (second minute hour day month weekday).")]
    [InlineData(typeof(NotACron), "Function 'NotACron': '0 0 10 L * *' is not a schedule of six fields (second minute hour day month weekday).")]
    [InlineData(typeof(UnknownSetting), "Function 'UnknownSetting': '%nowhere%' names the setting 'nowhere', which does not exist.")]
    [InlineData(
        typeof(BadQueueName),
        "Function 'BadQueueName': 'Not_A_Queue' is not a queue name (3 to 63 lower-case letters, digits and dashes).")]
    [InlineData(typeof(OtherConnection), "Function 'OtherConnection' needs the storage connection 'Elsewhere', and there is no such setting.")]
    public async Task The_host_does_not_start_with_a_function_that_cannot_work(Type function, string sentence)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(azurite, function));

        Assert.Equal(sentence, failure.Message);
    }

    [Fact]
    public async Task A_route_that_is_not_a_route_is_named()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(azurite, typeof(BadRoute)));

        Assert.StartsWith("Function 'BadRoute': the route '/x/{id' is not valid.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_not_a_connection_string_is_named_and_not_shown()
    {
        var setup = new TestHostSetup { Settings = new() { ["Elsewhere"] = "a secret" } };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(azurite, setup, typeof(OtherConnection)));

        Assert.Equal("Function 'OtherConnection': the setting 'Elsewhere' is not a storage connection string.", failure.Message);
    }

    [Theory]
    [InlineData("batchSize", "33", "batchSize must be 1 to 32")]
    [InlineData("newBatchThreshold", "-1", "newBatchThreshold must not be negative")]
    [InlineData("maxDequeueCount", "0", "maxDequeueCount must be at least 1")]
    [InlineData("visibilityTimeout", "8.00:00:00", "visibilityTimeout must be 0 to 7 days")]
    [InlineData("maxPollingInterval", "00:00:00.05", "maxPollingInterval must be at least 100 milliseconds")]
    public async Task Queue_settings_out_of_range_are_named(string name, string value, string sentence)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestHost.StartAsync(azurite, new TestHostSetup().WithQueues(name, value), typeof(GoodFunction)));

        Assert.Equal($"host.json, extensions.queues: {sentence}.", failure.Message);
    }

    [Fact]
    public async Task A_function_timeout_that_is_no_time_is_named()
    {
        var setup = new TestHostSetup { Settings = new() { ["AzureFunctionsJobHost:functionTimeout"] = "ten minutes" } };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(azurite, setup, typeof(GoodFunction)));

        Assert.Equal("host.json: the functionTimeout 'ten minutes' is neither a time like 00:10:00 nor -1.", failure.Message);
    }

    [Fact]
    public void Http_functions_need_the_web_application()
    {
        var builder = new FunctionsApplicationBuilder([], GetType().Assembly, [typeof(Page)]);

        var failure = Assert.Throws<InvalidOperationException>(builder.Build);

        Assert.Equal("Function 'Page' is called over HTTP, but the builder was not told ConfigureFunctionsWebApplication().", failure.Message);
    }

    [Theory]
    [InlineData("--WEBSITE_INSTANCE_ID=1")]
    [InlineData("--functions-uri=http://127.0.0.1:50051")]
    public void The_stand_in_refuses_to_run_under_the_real_host(string argument)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => FunctionsApplication.CreateBuilder([argument]));

        Assert.Contains("Build it with -p:FunctionsRuntime=azure.", failure.Message, StringComparison.Ordinal);
    }

    private sealed class GoodFunction
    {
        [Function("Good")]
        public void Run([QueueTrigger("%queue%")] string message) => _ = message;
    }
}
