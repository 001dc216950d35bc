using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Tests.Repository.Catalogues;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// The page of routes and roles is written from the functions themselves; a change of who may do what shows in it.
/// </summary>
public sealed partial class RoutesDocumentTests
{
    private const string Page = "docs/routes.md";

    [Fact]
    public void The_page_shows_every_route_and_who_may_call_it() => WrittenFile.Is(Page, Render(), GetType());

    [Fact]
    public void What_routes_take_and_answer_is_told_of_each_and_of_no_other()
    {
        var told =
            from row in SourceTree.Read("docs/http.md").Split("## Requests and answers")[1].Split('\n')
            where row.StartsWith("| `", StringComparison.Ordinal)
            from request in RequestPattern().Matches(CellPattern().Match(row).Value)
            from path in WaysOf(request.Groups["path"].Value)
            where IsForPrograms(path)
            select $"{path} {request.Groups["verb"].Value}";

        Assert.Equal(
            Routes().Select(it => Nameless(it.Route)).Where(IsForPrograms).Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal)
        );
    }

    // Pages are for people: docs/console.md.
    private static bool IsForPrograms(string route) =>
        route.StartsWith("/api/", StringComparison.Ordinal) || route.StartsWith("/health/", StringComparison.Ordinal);

    // Some segments are choices, such as skip|rearm.
    private static IEnumerable<string> WaysOf(string path) =>
        Nameless(path.Replace("\\|", "|", StringComparison.Ordinal))
            .Split('/')
            .Aggregate(
                (IEnumerable<string>)[""],
                (ways, part) =>
                    part.Length == 0 ? ways : ways.SelectMany(_ => part.Split('|'), (way, one) => $"{way}/{one}")
            );

    // What a parameter is called is the page's own.
    private static string Nameless(string route) => ParameterPattern().Replace(route, "{}");

    private static string Render()
    {
        var page = new StringBuilder(
            "# Routes\n\nWritten by the tests from `[Function]`, `[HttpTrigger]` and the roles beside them "
                + "(`AUTOPAY_WRITE_DOCS=1`). What each one takes and answers: "
                + "[HTTP](http.md#requests-and-answers).\n\n| route | function | who |\n|---|---|---|\n"
        );
        foreach (
            var (route, function) in Routes()
                .OrderBy(it => it.Route, StringComparer.Ordinal)
                .ThenBy(it => it.Function, StringComparer.Ordinal)
        )
        {
            page.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| `{route}` | {function} | {Who(function)} |\n"
            );
        }

        return page.ToString();
    }

    private static IEnumerable<(string Route, string Function)> Routes() =>
        from type in typeof(AutopayApp).Assembly.GetTypes()
        from method in type.GetMethods()
        let trigger = method
            .GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .FirstOrDefault(it => it is not null)
        where trigger is not null
        from verb in trigger.Methods!
        select ($"/{trigger.Route} {verb.ToUpperInvariant()}", method.GetCustomAttribute<FunctionAttribute>()!.Name);

    private static string Who(string function) =>
        Access.RolesOf(function) switch
        {
            [] => "open",
            var roles when roles.Count == Enum.GetValues<Role>().Length => "every role",
            var roles => string.Join(", ", roles),
        };

    [GeneratedRegex(@"^\| (?:\\\||[^|])+")]
    private static partial Regex CellPattern();

    [GeneratedRegex(@"`(?<verb>GET|POST|PUT|DELETE) (?<path>/[^`?]*)")]
    private static partial Regex RequestPattern();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex ParameterPattern();
}
