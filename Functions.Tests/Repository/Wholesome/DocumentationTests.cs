using System.Reflection;
using System.Text.RegularExpressions;
using Autopay.Application.Ports.Messages;
using Autopay.Payments;
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
    public void Every_route_is_explained_and_every_explained_route_is_one()
    {
        var routes = FunctionParameters()
            .Select(it => it.Parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .SelectMany(it => it.Methods!.Select(verb => $"{verb.ToUpperInvariant()} /{it.Route}"))
            .Append("PUT /local/clock")
            .Select(WithoutNames)
            .Distinct();
        var explained = SourceTree
            .Read("docs/http.md")
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => RoutePattern().Matches(line).Select(match => match.Groups[1].Value))
            .SelectMany(Alternatives)
            .Distinct();

        Assert.Equal(routes.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    // What stands in braces is any name; what stands after the last slash may be one of several words.
    private static IEnumerable<string> Alternatives(string route)
    {
        var whole = WithoutNames(route);
        var last = whole.LastIndexOf('/') + 1;
        return whole[last..].Split("\\|").Select(word => whole[..last] + word);
    }

    private static string WithoutNames(string route) => NamePattern().Replace(route, "{}");

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

    [GeneratedRegex(@"`((?:GET|POST|PUT|DELETE|HEAD) /[^`? ]+)")]
    private static partial Regex RoutePattern();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex NamePattern();
}
