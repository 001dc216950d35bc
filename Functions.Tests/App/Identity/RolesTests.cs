using Autopay.Hosting.Identity;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Identity;

/// <summary>
/// The whole table of roles and functions, and every change over real HTTP. The body of each request is no JSON, so
/// that one which is let through changes nothing.
/// </summary>
[Collection(GuardedApp.Collection)]
public sealed class RolesTests(GuardedApp guarded)
{
    private const string NoJson = "[";

    [Fact]
    public void The_table_that_people_agreed_on_is_the_table_of_the_code()
    {
        Assert.Equal(
            RoleTable.All.Select(row => row.Function).Order(StringComparer.Ordinal),
            Access.Functions.Order(StringComparer.Ordinal)
        );
        Assert.All(
            RoleTable.All,
            row =>
                Assert.Equal(
                    (row.Function, string.Join(' ', row.Roles.Order())),
                    (row.Function, string.Join(' ', Access.RolesOf(row.Function).Order()))
                )
        );
    }

    [Fact]
    public void Each_role_may_call_what_the_table_says_and_nothing_else() =>
        Assert.All(
            RoleTable.All.Where(row => !row.IsOpen).SelectMany(row => RoleTable.AllRoles.Select(role => (row, role))),
            pair =>
                Assert.Equal(
                    pair.row.Roles.Contains(pair.role),
                    Access.Allows(pair.row.Function, new Caller("somebody", new HashSet<Role> { pair.role }))
                )
        );

    [Fact]
    public async Task N21_whoever_lacks_the_role_changes_nothing_whatever_the_route()
    {
        var before = await guarded.App.DigestAsync();

        await AllAnswerAsync(
            RoleTable
                .All.Where(row => !row.IsOpen)
                .SelectMany(row => RoleTable.AllRoles.Except(row.Roles).Select(role => (row, As(role)))),
            row => (403, row.Refusal)
        );

        Assert.Equal(before, await guarded.App.DigestAsync());
    }

    [Fact]
    public async Task Whoever_has_the_role_gets_as_far_as_the_function()
    {
        List<string> refused = [];
        foreach (var row in RoleTable.Changes)
        {
            foreach (var role in row.Roles)
            {
                var answer = await guarded.SendAsync(row.Method, row.Path, NoJson, As(role));
                if (answer.Status is 401 or 403 or 503)
                {
                    refused.Add($"{row.Function} as {role}: {answer.Status} {answer.Text}");
                }
            }
        }

        await guarded.App.IdleAsync();
        Assert.Empty(refused);
    }

    [Fact]
    public async Task N16_nobody_gets_in_without_a_principal_whatever_the_route()
    {
        var before = await guarded.App.DigestAsync();

        await AllAnswerAsync(
            RoleTable.All.Where(row => !row.IsOpen).Select(row => (row, Array.Empty<(string, string)>())),
            _ => (401, "Expected one principal, as the platform writes it.")
        );

        Assert.Equal(before, await guarded.App.DigestAsync());
    }

    [Theory]
    [InlineData("X-CSRF", "", 403, "Expected the header 'X-CSRF: 1' with every change.")]
    [InlineData("X-CSRF", "0", 403, "Expected the header 'X-CSRF: 1' with every change.")]
    [InlineData("Origin", "https://evil.example", 403, "This change was asked for by another site's page.")]
    [InlineData("Origin", "null", 403, "This change was asked for by another site's page.")]
    [InlineData("Sec-Fetch-Site", "cross-site", 403, "This change was asked for by another site's page.")]
    [InlineData("Sec-Fetch-Site", "same-site", 403, "This change was asked for by another site's page.")]
    public async Task N35_a_foreign_page_changes_nothing_whatever_the_route(
        string header,
        string value,
        int status,
        string detail
    )
    {
        var before = await guarded.App.DigestAsync();

        await AllAnswerAsync(
            RoleTable.Changes.Select(row => (row, new[] { As(row.Roles[0])[0], (header, value) })),
            _ => (status, detail)
        );

        Assert.Equal(["DELETE", "POST", "PUT"], RoleTable.Changes.Select(row => row.Method).Distinct().Order());
        Assert.Equal(before, await guarded.App.DigestAsync());
    }

    private static (string Name, string Value)[] As(Role role) =>
        [(GuardedApp.Header, GuardedApp.Principal([$"{role}"]))];

    private async Task AllAnswerAsync(
        IEnumerable<(RoleTableRow Row, (string Name, string Value)[] Headers)> requests,
        Func<RoleTableRow, (int Status, string Detail)> expected
    )
    {
        List<(string, int, string)> wrong = [];
        var sent = 0;
        foreach (var (row, headers) in requests)
        {
            var answer = await guarded.SendAsync(row.Method, row.Path, row.IsChange ? NoJson : null, headers);
            var (status, detail) = expected(row);
            sent++;
            if (answer.Status != status || answer.Detail != detail)
            {
                wrong.Add(($"{row.Function} with {string.Join(", ", headers)}", answer.Status, answer.Text));
            }
        }

        Assert.Empty(wrong);
        Assert.True(sent >= RoleTable.Changes.Count, $"Only {sent} requests were sent.");
    }
}
