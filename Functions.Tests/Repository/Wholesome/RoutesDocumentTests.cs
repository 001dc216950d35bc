using System.Reflection;
using System.Text;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Tests.Repository.Catalogues;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// The page of routes and roles is written from the functions themselves; a change of who may do what shows in it.
/// </summary>
public sealed class RoutesDocumentTests
{
    private const string Page = "docs/routes.md";

    [Fact]
    public void The_page_shows_every_route_and_who_may_call_it() => WrittenFile.Is(Page, Render(), GetType());

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
}
