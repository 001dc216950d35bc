using System.Collections.Concurrent;
using System.Diagnostics;
using Autopay.Application.Ledgers;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Autopay.Tests.App.Telemetry;

public sealed class TraceTests(AzuriteFixture azurite)
{
    private const string Account = "T-1";

    [Fact]
    public async Task A_debit_is_one_tree_from_its_bills_import_to_its_settlement()
    {
        var spans = new ConcurrentBag<Activity>();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
                builder.Services.ConfigureOpenTelemetryTracerProvider(traces =>
                    traces.AddProcessor(new SimpleActivityExportProcessor(new Kept(spans)))
                )
        );
        var trace = await CollectAsync(app);

        var ours = spans.Where(span => span.TraceId == trace).ToList();
        var tree = SpanTree.Of(ours.Single(span => span.DisplayName == "PostImport"), ours);

        Assert.Equal(
            [
                "PostImport",
                "  apply import",
                "    charge debit: create",
                "      stripe create",
                "    charge debit: confirm",
                "      stripe confirm",
                "    settle debit",
            ],
            tree.Lines.Distinct()
        );
        Assert.All(
            tree.Spans.Where(span => span.DisplayName.StartsWith("charge", StringComparison.Ordinal)),
            span => Assert.Equal("evaluate bucket", Linked(spans, span))
        );
        Assert.All(
            tree.Spans.Where(span => span.DisplayName.StartsWith("settle", StringComparison.Ordinal)),
            span => Assert.Equal("record provider event", Linked(spans, span))
        );
        Assert.All(
            spans,
            span =>
                Assert.DoesNotContain(
                    span.TagObjects,
                    tag => tag.Value?.ToString()?.Contains(Account, StringComparison.Ordinal) == true
                )
        );
        SpanPicture.KeepWhenAsked(tree);
    }

    [Fact]
    public async Task A_tick_is_one_tree_through_its_messages()
    {
        var spans = new ConcurrentBag<Activity>();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
                builder.Services.ConfigureOpenTelemetryTracerProvider(traces =>
                    traces.AddProcessor(new SimpleActivityExportProcessor(new Kept(spans)))
                )
        );

        var trace = StartTrace(app);
        await app.TickAsync();

        await Eventually.HoldsAsync(
            "all buckets are walked in the trace of the tick",
            () => Names("Tick") == 1 && Names("sweep") == 1 && Names("evaluate bucket") == Bucket.Count
        );
        int Names(string name) => spans.Count(span => span.TraceId == trace && span.DisplayName == name);
    }

    // Other tests' apps run in this process too: ours is the trace that we began.
    private static ActivityTraceId StartTrace(AppHost app)
    {
        var trace = ActivityTraceId.CreateRandom();
        app.Http.DefaultRequestHeaders.Remove("traceparent");
        app.Http.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        return trace;
    }

    private static async Task<ActivityTraceId> CollectAsync(AppHost app)
    {
        await app.ImportAsync(
            "accounts",
            Csv.Accounts(Account).Replace($"pm_{Account}", "pm_usBankAccount_success", StringComparison.Ordinal)
        );
        var trace = StartTrace(app);
        await app.ImportAsync("bills", Csv.Bills(("B-1", Account, "41.20")));
        app.Http.DefaultRequestHeaders.Remove("traceparent");
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await StateIsAsync(app, DebitState.Submitted);
        app.Sandbox.Control.AnswerNow();
        await StateIsAsync(app, DebitState.Collected);
        await app.IdleAsync();
        return trace;
    }

    private static Task StateIsAsync(AppHost app, DebitState state) =>
        Eventually.HoldsAsync(
            $"the debit is {state}",
            async () =>
                (await app.GetAsync($"api/accounts/{Account}")).Text.Contains(
                    $"\"state\":\"{state}\"",
                    StringComparison.OrdinalIgnoreCase
                )
        );

    private static string? Linked(IEnumerable<Activity> spans, Activity span) =>
        spans.FirstOrDefault(it => it.SpanId == span.Links.Single().Context.SpanId)?.DisplayName;

    private sealed class Kept(ConcurrentBag<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                spans.Add(span);
            }

            return ExportResult.Success;
        }
    }
}
