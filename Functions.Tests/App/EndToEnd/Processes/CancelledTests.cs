using Autopay.Application.Ports.Messages;
using Autopay.Tests.Fixtures;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What is cancelled has not failed: one line says so, and a message comes again.</summary>
public sealed class CancelledTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_caller_who_hangs_up_is_one_line_and_no_failure()
    {
        var (log, storage) = (new LogRecorder(), new HangingTables("controls"));
        await using var app = await StartAsync(log, storage);
        using var hangUp = new CancellationTokenSource();
        storage.Hangs = true;
        var call = app.Http.GetAsync("api/cycles", hangUp.Token);
        await storage.Asked;

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await log.HasAsync(LogLevel.Information, "GetCycles was cancelled");
        Assert.Single(log.Lines, line => line.Text.Contains("was cancelled", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_message_whose_function_is_cancelled_is_one_line_of_ours_and_comes_again()
    {
        var (log, storage) = (new LogRecorder(), new HangingTables("schedules(PartitionKey"));
        await using var app = await StartAsync(log, storage, functionTimeout: "00:00:02");
        storage.Hangs = true;
        await app
            .Services.GetRequiredService<IWorkQueue>()
            .TryEnqueueAsync(new EvaluateMessage(5, "test"), CancellationToken.None);
        await log.HasAsync(LogLevel.Information, "EvaluateBucket was cancelled");

        storage.Hangs = false;

        await log.HasAsync(LogLevel.Information, "Bucket 5 walked: test");
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("Unhandled", StringComparison.Ordinal));
    }

    private Task<AppHost> StartAsync(LogRecorder log, HangingTables storage, string functionTimeout = "00:10:00") =>
        AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan
            {
                Settings = new Dictionary<string, string?>
                {
                    ["AzureFunctionsJobHost:functionTimeout"] = functionTimeout,
                },
                Configure = builder =>
                {
                    builder.Services.AddSingleton<HttpPipelinePolicy>(storage);
                    builder.Logging.AddProvider(log);
                },
            }
        );

    /// <summary>Requests to one table are not answered, until whoever asks gives up.</summary>
    private sealed class HangingTables(string table) : HttpPipelinePolicy
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Hangs { get; set; }

        public Task Asked => asked.Task;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (Hangs && message.Request.Uri.ToString().Contains(table, StringComparison.Ordinal))
            {
                asked.TrySetResult();
                await new TaskCompletionSource().Task.WaitAsync(message.CancellationToken);
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
