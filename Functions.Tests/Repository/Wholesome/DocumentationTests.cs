using System.Reflection;
using System.Text.RegularExpressions;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Payments;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Triggers.Engine;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.Repository.Wholesome;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_timer_and_its_schedule_are_in_the_documents()
    {
        var page = SourceTree.Read("docs/storage.md");
        var timers = FunctionParameters()
            .Select(it => (it.Name, Timer: it.Parameter.GetCustomAttribute<TimerTriggerAttribute>()))
            .Where(it => it.Timer is not null)
            .ToList();

        Assert.NotEmpty(timers);
        Assert.All(
            timers,
            timer => Assert.Contains($"| `{timer.Name}` | `{timer.Timer!.Schedule}` |", page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_queue_has_a_trigger_and_a_line_in_the_documents()
    {
        var triggered = FunctionParameters()
            .Select(it => it.Parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName)
            .OfType<string>()
            .ToHashSet();

        // Poison queues are read raw by a timer.
        Assert.Equal(
            QueueNames.All.Where(name => !name.EndsWith("-poison", StringComparison.Ordinal)).ToHashSet(),
            triggered
        );
        Assert.All(
            triggered,
            name => Assert.Contains($"| `{name}` |", SourceTree.Read("docs/storage.md"), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_table_and_container_is_in_the_documents_and_no_other()
    {
        var rows = SourceTree.Read("docs/storage.md").Split("## Other tables")[1].Split("\n## ")[0].Split('\n');

        Assert.Equal(
            StorageClients.Tables.Except(Bucket.All.Select(LedgerKeys.Table)).Order(),
            Named(rows.Where(row => row.StartsWith("| `", StringComparison.Ordinal)))
        );
        Assert.Equal(
            StorageClients.Containers.Order(),
            Named(rows.Where(row => row.StartsWith("| blobs `", StringComparison.Ordinal)))
        );
    }

    [Fact]
    public void Every_part_of_the_local_host_is_in_the_documents()
    {
        var rows = SourceTree.Read("docs/local-host.md").Split('\n');

        Assert.Equal(
            SourceTree
                .Sources("Functions.LocalHost")
                .Select(file => file.Split('/'))
                .Where(parts => parts.Length > 2)
                .Select(parts => $"{parts[1]}/")
                .Distinct()
                .Order(),
            Named(rows.Where(row => row.Contains("/` |", StringComparison.Ordinal)))
        );
    }

    [Fact]
    public void The_readme_leads_to_every_page()
    {
        var map = SourceTree.Read("README.md").Split("## Where to read on")[1];

        Assert.All(
            SourceTree.Documents.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)),
            page => Assert.Contains($"({page})", map, StringComparison.Ordinal)
        );
    }

    // What stands in braces is any name; what stands after the last slash may be one of several words.
    [Fact]
    public void The_events_that_a_deployment_subscribes_to_are_those_of_the_code()
    {
        var readme = SourceTree.Read("infra/README.md").Split("### 5. Tell Stripe")[1].Split("```")[1];

        Assert.Equal(StripeEventTypes.Subscribed, readme.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            ["README.md", "docs/operating.md"],
            path => Assert.Contains("infra/README.md#5-tell-stripe", SourceTree.Read(path), StringComparison.Ordinal)
        );
    }

    // What the first cells say in code.
    private static IEnumerable<string> Named(IEnumerable<string> rows) =>
        rows.SelectMany(row => row.Split('|')[1].Split('`').Where((_, index) => index % 2 == 1)).Order();

    private static IEnumerable<(string Name, ParameterInfo Parameter)> FunctionParameters() =>
        from type in typeof(SweepFunction).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        select (function.Name, parameter);
}
