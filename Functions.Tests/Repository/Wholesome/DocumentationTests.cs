using System.Reflection;
using Autopay.Application.Ports.Messages;
using Autopay.Payments;
using Autopay.Triggers.Engine;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.Repository.Wholesome;

public sealed class DocumentationTests
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
    public void Every_route_is_explained()
    {
        var page = SourceTree.Read("docs/http.md");
        var routes = FunctionParameters()
            .Select(it => it.Parameter.GetCustomAttribute<HttpTriggerAttribute>()?.Route)
            .OfType<string>()
            .Select(route => route.Split('{')[0].TrimEnd('/'))
            .ToHashSet();

        Assert.True(routes.Count > 10);
        Assert.All(routes, route => Assert.Contains($"/{route}", page, StringComparison.Ordinal));
    }

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

    private static IEnumerable<(string Name, ParameterInfo Parameter)> FunctionParameters() =>
        from type in typeof(SweepFunction).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        select (function.Name, parameter);
}
