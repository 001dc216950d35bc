using System.Reflection;
using System.Text.Json;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.App.Identity;

[Collection(GuardedApp.Collection)]
public sealed class AccessTests(GuardedApp guarded)
{
    private const string Other = "99999999-2222-3333-4444-555555555555";
    private const string LongObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string Halt = """{"halted":true,"reason":"test"}""";

    [Fact]
    public void Every_route_says_who_may_call_it_and_no_other_function_is_named()
    {
        var routes = typeof(AutopayApp)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method =>
                method
                    .GetParameters()
                    .Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null)
            )
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

        Assert.Equal(routes.Order(StringComparer.Ordinal), Access.Functions.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("e30=")]
    [InlineData("bnVsbA==")]
    [InlineData("eyJjbGFpbXMiOlt7fV19")]
    public async Task N18_a_principal_that_cannot_be_read_is_none(string principal) =>
        await UnchangedAsync(401, () => guarded.SendAsync("PUT", "api/halt", Halt, (GuardedApp.Header, principal)));

    [Fact]
    public async Task N18_two_principals_and_a_huge_one_are_none()
    {
        var one = GuardedApp.Principal(["Operator"]);

        await UnchangedAsync(
            401,
            () => guarded.SendAsync("PUT", "api/halt", Halt, (GuardedApp.Header, $"{one},{one}"))
        );
        await UnchangedAsync(401, () => TwiceAsync(one));
        await UnchangedAsync(
            401,
            () =>
                guarded.SendAsync(
                    "PUT",
                    "api/halt",
                    Halt,
                    (GuardedApp.Header, GuardedApp.Principal(Enumerable.Repeat("Operator", 400)))
                )
        );

        // 100 KB: the server itself takes no such header.
        await UnchangedAsync(
            431,
            () =>
                guarded.SendAsync(
                    "PUT",
                    "api/halt",
                    Halt,
                    (GuardedApp.Header, GuardedApp.Principal(Enumerable.Repeat("Operator", 2000)))
                )
        );
    }

    [Fact]
    public async Task N19_a_principal_of_another_tenant_is_refused() =>
        await UnchangedAsync(
            403,
            () =>
                guarded.SendAsync(
                    "PUT",
                    "api/halt",
                    Halt,
                    (GuardedApp.Header, GuardedApp.Principal(["Operator"], tenant: Other))
                )
        );

    [Theory]
    [InlineData("tid " + GuardedApp.Tenant + ",oid " + GuardedApp.Person, 200)]
    [InlineData(
        "tid " + GuardedApp.Tenant + ",oid " + GuardedApp.Person + "," + LongObjectId + " " + GuardedApp.Person,
        200
    )]
    [InlineData("tid " + GuardedApp.Tenant + ",oid " + GuardedApp.Person + ",oid " + Other, 401)]
    [InlineData("tid " + GuardedApp.Tenant + ",oid " + GuardedApp.Person + "," + LongObjectId + " " + Other, 401)]
    [InlineData("tid " + GuardedApp.Tenant + ",tid " + Other + ",oid " + GuardedApp.Person, 401)]
    [InlineData("tid " + GuardedApp.Tenant, 401)]
    [InlineData("tid " + GuardedApp.Tenant + ",oid somebody", 401)]
    [InlineData("oid " + GuardedApp.Person, 401)]
    public async Task N18_a_principal_is_one_person_of_one_tenant(string claims, int status)
    {
        var principal = GuardedApp.Principal([
            .. claims.Split(',').Select(claim => claim.Split(' ')).Select(claim => (claim[0], claim[1])),
            ("roles", "Viewer"),
        ]);

        var answer = await guarded.SendAsync("GET", "api/cycles", null, (GuardedApp.Header, principal));

        Assert.Equal(status, answer.Status);
    }

    // Whoever is called like somebody else is not that person: only what is shown changes.
    [Fact]
    public async Task The_directorys_name_stands_beside_who_it_is_for_reading_only()
    {
        const string Shield = """{"dates":["2020-01-29"],"reason":"Outage"}""";
        var ann = (GuardedApp.Header, GuardedApp.Principal(["Preparer", "Viewer"], name: " Ann\u0007 Bell "));
        var nameless = (GuardedApp.Header, GuardedApp.Principal(["Preparer"], name: ""));

        Assert.Equal(201, (await guarded.SendAsync("POST", "api/shields", Shield, ann)).Status);
        Assert.Equal(201, (await guarded.SendAsync("POST", "api/shields", Shield, nameless)).Status);
        await guarded.App.IdleAsync();

        var who = $"{GuardedApp.Tenant}/{GuardedApp.Person}";
        var acts = (await guarded.SendAsync("GET", $"api/audit?who={who}", null, ann))["acts"].EnumerateArray();
        Assert.Equal(
            [$"{who} Ann Bell Preparer", $"{who}  Preparer"],
            acts.TakeLast(2).Select(act => $"{act.GetProperty("by")} {NameOf(act)} {act.GetProperty("role")}")
        );
        Assert.Equal("Ann Bell", NameOf((await guarded.SendAsync("GET", "api/me", null, ann)).Json));
        Assert.True((await guarded.SendAsync("GET", "api/audit/verify", null, ann))["isWhole"].GetBoolean());
    }

    private static string NameOf(JsonElement it) => it.TryGetProperty("name", out var name) ? name.GetString()! : "";

    [Fact]
    public async Task The_log_line_of_a_refused_request_names_the_function_and_nothing_of_the_request()
    {
        const string Canary = "CANARY-88";
        const string Path = $"api/accounts/{Canary}/bills/B-{Canary}/skip?by={Canary}";
        const string Body = $$"""{"reason":"{{Canary}}"}""";
        var viewer = (GuardedApp.Header, GuardedApp.Principal(["Viewer"], name: Canary));
        var stranger = (GuardedApp.Header, GuardedApp.Principal(["Preparer"], tenant: Other, name: Canary));

        var answers = new[]
        {
            await guarded.SendAsync("POST", Path, Body),
            await guarded.SendAsync("POST", Path, Body, (GuardedApp.Header, Canary)),
            await guarded.SendAsync("POST", Path, Body, viewer),
            await guarded.SendAsync("POST", Path, Body, stranger),
            await guarded.SendAsync("POST", Path, Body, viewer, ("X-CSRF", Canary)),
            await guarded.SendAsync("POST", Path, Body, viewer, ("Origin", $"https://{Canary}.example")),
        };

        Assert.Equal([401, 401, 403, 403, 403, 403], answers.Select(answer => answer.Status));
        Assert.All(
            answers,
            answer =>
                Assert.Contains(
                    guarded.Log.Lines,
                    line => line.Text.Trim() == $"SkipBill was refused with {answer.Status}: {answer.Detail}"
                )
        );
        // Others share the app and its log; of what they did, a line may name them.
        var refused = guarded.Log.Lines.Where(line => line.Text.Contains("refused", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(refused, line => Says(line.Text, GuardedApp.Person));
        Assert.All(
            new[] { Canary, Other },
            canary => Assert.DoesNotContain(guarded.Log.Lines, line => Says(line.Text, canary))
        );
        static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Approver")]
    [InlineData("Operator")]
    public async Task N20_a_name_is_no_role(string name) =>
        await UnchangedAsync(
            403,
            () =>
                guarded.SendAsync(
                    "PUT",
                    "api/halt",
                    Halt,
                    (GuardedApp.Header, GuardedApp.Principal(["operator", "Admin", "0", "Operator "], name: name))
                )
        );

    [Fact]
    public async Task N36_a_browser_that_asks_first_is_told_nothing()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "api/halt");
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "PUT");

        var before = await guarded.App.DigestAsync();
        using var answer = await guarded.App.Http.SendAsync(preflight);

        Assert.Equal(before, await guarded.App.DigestAsync());
        Assert.DoesNotContain(
            answer.Headers,
            header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Who_it_was_is_the_object_id_of_the_identity_whatever_the_request_says()
    {
        (string, string)[] headers =
        [
            (GuardedApp.Header, GuardedApp.Principal(["Preparer"], name: "Jane Doe")),
            ("X-Autopay-User", "mayor"),
        ];
        var body =
            """{"dueFrom":"2020-01-15","dueTo":"2020-02-12","penaltyFrom":"2020-01-22","penaltyTo":"2020-02-19","reason":"outage"}""";

        var answer = await guarded.SendAsync("POST", "api/waivers", body, headers);
        var controls = await guarded.SendAsAsync("Auditor", "GET", "api/controls");

        Assert.Equal(201, answer.Status);
        await guarded.App.IdleAsync();
        var authority = controls["history"].EnumerateArray().Last().GetProperty("authority");
        Assert.Equal(
            ($"{GuardedApp.Tenant}/{GuardedApp.Person}", "Jane Doe"),
            (authority.GetProperty("by").GetString(), NameOf(authority))
        );
        Assert.DoesNotContain("mayor", controls.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var path in new[] { "health/live", "api/cycles", "api/accounts/none" })
        {
            using var answer = await guarded.App.Http.GetAsync(path);

            Assert.Equal(
                ["nosniff", "no-referrer", "same-origin"],
                new[] { "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy" }.Select(name =>
                    answer.Headers.GetValues(name).Single()
                )
            );
            Assert.Contains(
                "default-src 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
            Assert.StartsWith(
                "max-age=",
                answer.Headers.GetValues("Strict-Transport-Security").Single(),
                StringComparison.Ordinal
            );
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    private async Task<Answer> TwiceAsync(string principal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/cycles");
        request.Headers.TryAddWithoutValidation(GuardedApp.Header, [principal, principal]);
        return await guarded.App.SendAsync(request);
    }

    private async Task UnchangedAsync(int status, Func<Task<Answer>> request)
    {
        var before = await guarded.App.DigestAsync();

        var answer = await request();

        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Text}");
        Assert.Equal(before, await guarded.App.DigestAsync());
    }
}
