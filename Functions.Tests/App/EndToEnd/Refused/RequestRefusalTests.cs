using System.Reflection;
using System.Text.RegularExpressions;
using Autopay.Hosting;
using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;
using static Autopay.Tests.Fixtures.Refusing;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Each route that changes something, asked in ways in which nobody may ask.</summary>
[Collection(OneApp.Collection)]
public sealed class RequestRefusalTests(OneApp one)
{
    private const string Reason = """{"reason":"r"}""";
    private const string Window = "\"dueFrom\":\"2020-01-22\",\"dueTo\":\"2020-02-05\",\"reason\":\"r\"";

    // Each body would be taken as it is.
    private static readonly (string Method, string Path, string Body)[] Json =
    [
        ("POST", "api/deferrals", $$"""{"cycles":[1],"action":"hold",{{Window}}}"""),
        ("PUT", "api/cycles/1/backlog", """{"state":"cleared","reason":"r"}"""),
        (
            "PUT",
            "api/cycles/1/certificate",
            """{"totals":[{"receivedOn":"2020-01-20","channel":"cash","count":1,"amountCents":100}],"reason":"r"}"""
        ),
        ("POST", "api/cycles/1/certificate/override", """{"receivedThrough":{"cash":"2020-01-20"},"reason":"r"}"""),
        ("POST", "api/waivers", $$"""{"penaltyFrom":"2020-01-29","penaltyTo":"2020-02-12",{{Window}}}"""),
        ("POST", "api/shields", """{"dates":["2020-01-22"],"reason":"r"}"""),
        (
            "POST",
            "api/public-notices",
            $$"""{"cycles":[1],"publishedOn":"2020-01-13","coversAmounts":true,"audience":"a","evidence":"e",{{Window}}}"""
        ),
        ("POST", "api/notices/letters", """{"mailOn":"2020-01-22","reason":"r"}"""),
        ("POST", "api/notices/letters/1/mailed", """{"mailedOn":"2020-01-20","reason":"r"}"""),
        ("PUT", "api/accounts/A-1/notices", """{"declined":["reminder"],"reason":"r"}"""),
        ("POST", "api/accounts/A-1/debits/A-1-1-0001/notices/1/failed", Reason),
        ("PUT", "api/halt", """{"halted":true,"reason":"r"}"""),
        ("POST", "api/halt/resume", Reason),
        ("PUT", "api/public-note", """{"kind":"text","english":"a","spanish":"b","reason":"r"}"""),
        ("POST", "api/approvals/none/approve", """{"hash":"0","reason":"r"}"""),
        ("POST", "api/approvals/none/reject", Reason),
        ("POST", "api/cycles/1/release-plan", Reason),
        ("POST", "api/releases/R-1/seal", Reason),
        ("POST", "api/releases/R-1/approve", """{"hash":"0","reason":"r"}"""),
        ("POST", "api/releases/R-1/reject", Reason),
        ("POST", "api/releases/R-1/go", Reason),
        ("POST", "api/releases/R-1/stop", Reason),
        ("PUT", "api/accounts/A-1/autopay", """{"on":false,"reason":"r"}"""),
        ("PUT", "api/accounts/A-1/suspension", """{"on":true,"reason":"r"}"""),
        ("POST", "api/accounts/A-1/bills/B-1/skip", Reason),
        ("POST", "api/accounts/A-1/bills/B-1/rearm", Reason),
        ("POST", "api/accounts/A-1/bills/B-1/dismiss", Reason),
        ("POST", "api/accounts/A-1/bills/B-1/accept-previous", """{"amountCents":1,"reason":"r"}"""),
        ("POST", "api/accounts/A-1/debits/A-1-1-0001/approve", Reason),
        ("POST", "api/accounts/A-1/debits/A-1-1-0001/cancel", Reason),
        (
            "POST",
            "api/accounts/A-1/debits/A-1-1-0001/refunds",
            """{"id":"r-1","kind":"refund","amountCents":1,"reason":"r"}"""
        ),
        ("POST", "api/accounts/A-1/payments/none/keep", Reason),
        ("POST", "api/accounts/A-1/corrections/bill/none/take", Reason),
        ("POST", "api/accounts/A-1/corrections/payment/none/keep", Reason),
        ("POST", "api/waiting/none/apply", """{"account":"A-1","reason":"r"}"""),
        ("POST", "api/waiting/none/discard", Reason),
        ("POST", "api/suspense/none/discard", """{"namedAccount":"A-9","reason":"r"}"""),
        ("POST", "api/imports/none/set-aside", Reason),
        ("POST", "api/imports/none/again", Reason),
        ("POST", "api/imports/none/rearm", Reason),
        ("POST", "api/imports/none/skip-look-alikes", Reason),
        ("PUT", "api/accounts/A-1/bills/B-1/exemptions/none", """{"on":true,"reason":"r"}"""),
        ("POST", "api/suspense/none/assign", """{"account":"A-1","reason":"r"}"""),
        ("POST", "api/stuck/none/replay", Reason),
        ("POST", "api/stuck/none/discard", Reason),
        ("POST", "api/reconcile", Reason),
        ("POST", "api/invariants/check", Reason),
        ("POST", "api/backups", Reason),
        ("POST", "api/receipts", Reason),
        ("PUT", "api/reconcile-before-charge", """{"on":true,"since":"2020-01-20T00:00:00Z","reason":"r"}"""),
    ];

    private static readonly (string Method, string Path)[] Others =
    [
        ("POST", "api/tick"),
        ("POST", "api/deferrals/preview"),
        ("POST", "api/cycles/1/certificate/override/preview"),
        ("POST", "api/waivers/preview"),
        ("POST", "api/shields/preview"),
        ("POST", "api/imports/bills"),
        ("DELETE", "api/deferrals/none"),
        ("DELETE", "api/public-notices/none"),
        ("DELETE", "api/waivers/none"),
        ("DELETE", "api/shields/none"),
        ("DELETE", "api/public-note/text"),
        ("POST", "api/webhooks/stripe"),
        ("PUT", "local/clock"),
    ];

    private readonly AppHost app = one.App;

    public static TheoryData<string> Ids { get; } =
    [
        "a%2fb",
        "a%5cb",
        "a%23b",
        "a%3fb",
        "a%7cb",
        "a%00b",
        "a%0d%0ab",
        "..%2f..%2fx",
        "%2e%2e%2fx",
        "%d9%a1",
        "a'%20or%20PartitionKey%20ne%20'",
        new string('9', 2000),
    ];

    [Fact]
    public void Every_route_that_changes_something_is_here()
    {
        var routes = typeof(AutopayApp)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .SelectMany(trigger =>
                trigger.Methods!.Select(method => (Method: method.ToUpperInvariant(), trigger.Route))
            )
            .Where(route => route.Method is not ("GET" or "HEAD"));
        var here = Json.Select(it => (it.Method, it.Path)).Concat(Others).ToList();

        Assert.DoesNotContain(
            routes,
            route =>
                !here.Exists(it =>
                    it.Method == route.Method
                    && Regex.IsMatch(it.Path, $"^{Regex.Replace(route.Route!, "{[a-z]+}", "[^/]+")}$")
                )
        );
    }

    [Theory]
    [InlineData("state")]
    [InlineData("amountCents")]
    [InlineData("approvedBy")]
    public async Task N28_a_field_that_nobody_asked_for(string field)
    {
        var answers = await app.RefusesAsync(
            400,
            Json.Select(it =>
                Request(
                    it.Method,
                    it.Path,
                    it.Body.Replace("\"reason\":\"r\"", $"\"reason\":\"r\",\"{field}\":1", StringComparison.Ordinal)
                )
            )
        );

        Assert.All(answers, answer => Assert.Contains(field, answer.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public Task N29_a_debit_of_another_account() =>
        app.RefusesAsync(
            400,
            Request("POST", "api/accounts/A-1/debits/A-2-1-0001/approve", Reason),
            Request("POST", "api/accounts/A-1/debits/A-2-1-0001/cancel", Reason),
            Request(
                "POST",
                "api/accounts/A-1/debits/A-2-1-0001/refunds",
                """{"id":"r-1","kind":"refund","reason":"r"}"""
            )
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public Task N30_an_id_that_is_none(string id) =>
        app.RefusesAsync(
            400,
            Request("GET", $"api/accounts/{id}"),
            Request("GET", $"api/imports/{id}"),
            Request("GET", $"api/cycles/{id}"),
            Request("GET", $"api/reconcile/{id}"),
            Request("PUT", $"api/accounts/{id}/autopay", """{"on":false,"reason":"r"}"""),
            Request("POST", $"api/accounts/A-1/bills/{id}/skip", Reason),
            Request("POST", $"api/accounts/A-1/debits/{id}/approve", Reason),
            Request("POST", $"api/suspense/{id}/assign", """{"account":"A-1","reason":"r"}"""),
            Request("POST", $"api/accounts/A-1/payments/{id}/keep", Reason),
            Request("POST", $"api/imports/{id}/again", Reason),
            Request("POST", $"api/stuck/{id}/replay", Reason),
            Request("POST", $"api/stuck/evaluate:{id}/discard", Reason),
            Request("DELETE", $"api/deferrals/{id}?reason=r")
        );

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\\u0000b")]
    [InlineData("a\\r\\nb")]
    public Task N30_an_id_in_a_body_that_is_none(string id) =>
        app.RefusesAsync(
            400,
            Request("POST", "api/suspense/none/assign", $$"""{"account":"{{id}}","reason":"r"}"""),
            Request("POST", "api/deferrals", $$"""{"id":"{{id}}","cycles":[1],"action":"hold",{{Window}}}""")
        );

    [Fact]
    public Task N30_a_path_that_climbs_leads_nowhere() =>
        app.RefusesAsync(404, Request("GET", "api/accounts/../x"), Request("GET", "api/accounts/%2e%2e/x"));

    [Fact]
    public Task N33_by_GET_or_HEAD() =>
        app.RefusesAsync(
            404,
            Json.Select(it => (it.Method, it.Path))
                .Concat(Others)
                .Where(it =>
                    it.Path is not ("api/reconcile" or "api/backups" or "api/receipts" or "api/cycles/1/certificate")
                )
                .SelectMany(it => new[] { Request("GET", it.Path), Request("HEAD", it.Path) })
        );

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public Task N34_a_body_as_a_form_sends_it(string type) =>
        app.RefusesAsync(
            415,
            Json.Select(it => Request(it.Method, it.Path, it.Body, type))
                .Append(Request("POST", "api/tick", "", type))
                .Append(Request("POST", "api/imports/bills", Csv.BillsHeader, type))
        );

    [Theory]
    [InlineData("PUT", "api/halt", "text/csv")]
    [InlineData("POST", "api/imports/bills", "application/json")]
    [InlineData("POST", "api/imports/bills", "text/csv-schema")]
    [InlineData("POST", "api/imports/bills", "application/zip")]
    public Task N34_a_body_of_another_type(string method, string path, string type) =>
        app.RefusesAsync(415, Request(method, path, """{"halted":true,"reason":"r"}""", type));
}
