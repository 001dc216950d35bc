using System.Net.Http.Headers;
using System.Text;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.WebUtilities;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What cannot be taken is answered with the right status, in words, and changes nothing.</summary>
[Collection(OneApp.Collection)]
public sealed class HttpTestsRefusals(OneApp one)
{
    private const string Deferral =
        """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""";

    private static readonly (string Method, string Path, string Body, int Status, string Named)[] Refused =
    [
        (
            "PUT",
            "api/halt",
            """{"halted":true,"reason":"r","state":"Collected"}""",
            400,
            "state: there is no such field"
        ),
        ("PUT", "api/halt", """{"halted":true,"reason":"r","reason":"s"}""", 400, "reason is duplicate"),
        ("PUT", "api/halt", """{"halted":true}""", 400, "reason is missing"),
        ("PUT", "api/halt", """{"halted":true,"reason":null}""", 400, "reason is missing"),
        ("PUT", "api/halt", """{"halted":true,"reason":"  "}""", 400, "reason"),
        ("PUT", "api/halt", """{"halted":"yes","reason":"r"}""", 400, "halted: expected true or false"),
        ("PUT", "api/halt", "null", 400, "null"),
        ("PUT", "api/halt", "", 400, "JSON"),
        ("PUT", "api/halt", "{", 400, "not JSON"),
        (
            "POST",
            "api/deferrals",
            """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold"}""",
            400,
            "reason"
        ),
        (
            "POST",
            "api/deferrals",
            """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":7,"reason":"r"}""",
            400,
            "action: expected hold or merge"
        ),
        (
            "POST",
            "api/deferrals",
            """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"charge","reason":"r"}""",
            400,
            "action"
        ),
        (
            "POST",
            "api/deferrals",
            """{"cycles":[0],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""",
            400,
            "cycle"
        ),
        (
            "POST",
            "api/deferrals",
            """{"cycles":[1],"dueFrom":"2020-02-30","dueTo":"2020-02-05","action":"hold","reason":"r"}""",
            400,
            "dueFrom: expected a day such as"
        ),
        (
            "POST",
            "api/deferrals",
            """{"id":"a/b","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""",
            400,
            "id"
        ),
        (
            "POST",
            "api/deferrals",
            """{"cycles":[1],"dueFrom":"2020-02-06","dueTo":"2020-02-05","action":"hold","reason":"r"}""",
            409,
            "window"
        ),
        (
            "POST",
            "api/deferrals",
            """{"cycles":[],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""",
            409,
            "cycle"
        ),
        ("DELETE", "api/deferrals/none?reason=over", "", 409, "none"),
        ("DELETE", "api/deferrals/none", "", 400, "reason"),
        ("PUT", "api/cycles/1/backlog", """{"state":1,"reason":"r"}""", 400, "state"),
        (
            "PUT",
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"r","receivedThrough":{"gold":"2020-02-20"}}""",
            400,
            "gold"
        ),
        (
            "PUT",
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"r","receivedThrough":{"cash":"soon"}}""",
            400,
            "receivedThrough: expected an object, each value a day"
        ),
        ("PUT", "api/cycles/x/backlog", """{"state":"cleared","reason":"r"}""", 400, "cycle"),
        ("PUT", "api/cycles/-1/backlog", """{"state":"cleared","reason":"r"}""", 400, "cycle"),
        (
            "POST",
            "api/waivers",
            """{"dueFrom":"2020-01-15","dueTo":"2020-02-12","penaltyFrom":"2020-01-22","reason":"r"}""",
            400,
            "penaltyTo"
        ),
        ("POST", "api/shields", """{"dates":null,"reason":"r"}""", 400, "dates"),
        ("PUT", "api/accounts/nobody/autopay", """{"on":false,"reason":"r"}""", 404, "nobody"),
        ("PUT", "api/accounts/A-1/autopay", """{"on":false,"reason":"r","amountCents":1}""", 400, "amountCents"),
        ("POST", "api/accounts/A-1/bills/none/skip", """{"reason":"r"}""", 404, "none"),
        ("POST", "api/accounts/A-1/bills/none/rearm", """{"reason":"r"}""", 404, "none"),
        ("POST", "api/accounts/A-1/bills/B-2/skip", """{"reason":"r"}""", 404, "B-2"),
        ("POST", "api/accounts/A-1/debits/A-1-1-0001/approve", """{"reason":"r"}""", 409, ""),
        ("POST", "api/accounts/A-1/debits/A-1-1-0001/cancel", """{"reason":"r"}""", 409, ""),
        ("POST", "api/accounts/A-1/debits/A-1-1-0099/cancel", """{"reason":"r"}""", 404, "A-1-1-0099"),
        (
            "POST",
            "api/accounts/A-1/debits/A-1-1-0099/refunds",
            """{"id":"r","kind":"refund","reason":"r"}""",
            404,
            "A-1-1-0099"
        ),
        ("POST", "api/accounts/A-1/payments/none/keep", """{"reason":"r"}""", 404, "none"),
        ("POST", "api/accounts/nobody/payments/none/keep", """{"reason":"r"}""", 404, "nobody"),
        ("GET", "api/payouts?from=2020-02-02&to=2020-02-01", "", 400, "from"),
        ("POST", "api/accounts/A-1/debits/A-2-1-0001/approve", """{"reason":"r"}""", 400, "A-2-1-0001"),
        ("POST", "api/accounts/A-1/debits/1/approve", """{"reason":"r"}""", 400, "debit"),
        ("POST", "api/suspense/none/assign", """{"account":"A-1","reason":"r"}""", 404, "none"),
        ("POST", "api/suspense/none/assign", """{"account":"A 1","reason":"r"}""", 400, "account"),
        ("PUT", "local/clock", """{"now":"soon"}""", 400, "soon"),
        ("PUT", "local/clock", """{"now":"2019-01-01T00:00"}""", 409, "forward"),
        ("GET", "api/accounts/nobody", "", 404, "nobody"),
        ("GET", "api/imports/none", "", 404, "none"),
        ("GET", "api/cycles/9", "", 404, "9"),
        ("GET", "api/cycles/abc", "", 400, "cycle"),
    ];

    [Fact]
    public async Task Requests_that_cannot_be_taken_are_told_why()
    {
        var app = one.App;
        List<string> wrong = [];
        Assert.Empty(
            await app.ChangedByAsync(async () =>
            {
                foreach (var it in Refused)
                {
                    var answer = await app.SendAsync(Request(it.Method, it.Path, it.Body, "application/json"));
                    if (!IsToldWhy(answer, it.Status, it.Named))
                    {
                        wrong.Add($"{it.Method} {it.Path} {it.Body}: {answer.Status} {answer.Text}");
                    }
                }
            })
        );

        Assert.Empty(wrong);
    }

    [Fact]
    public Task A_wrong_method_or_path_is_not_found() =>
        one.App.RefusesAsync(
            404,
            new[]
            {
                ("HEAD", "api/cycles"),
                ("PATCH", "api/accounts/A-1/autopay"),
                ("DELETE", "api/accounts/A-1"),
                ("POST", "api/cycles"),
                ("GET", "api/deferrals/x"),
                ("GET", "nothing"),
            }.Select(it => Request(it.Item1, it.Item2, "", "application/json"))
        );

    // In words of the interface: names of types are nobody's business.
    private static bool IsToldWhy(Answer answer, int status, string named) =>
        (answer.Status, answer.MediaType) == (status, "application/problem+json")
        && answer["status"].GetInt32() == status
        && answer["title"].GetString() == ReasonPhrases.GetReasonPhrase(status)
        && answer.Detail.Contains(named, StringComparison.Ordinal)
        && !answer.Text.Contains("Autopay.", StringComparison.Ordinal);

    [Fact]
    public async Task A_body_that_is_too_large_is_413_whether_it_says_so_or_not()
    {
        var app = one.App;
        var reason = new string('r', 1024 * 1024);

        Assert.Equal(413, (await app.PutAsync("api/halt", $$"""{"halted":true,"reason":"{{reason}}"}""")).Status);
        Assert.Equal(413, await Announce(app, "PUT", "api/halt", "application/json"));
        Assert.Equal(413, await Announce(app, "POST", "api/imports/bills", "text/csv"));
        Assert.Equal(413, await Announce(app, "POST", "api/webhooks/stripe", "application/json"));
    }

    [Fact]
    public async Task A_file_larger_than_the_worker_s_own_server_takes_by_itself_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/imports/bills")
        {
            Content = new StringContent(new string('x', 31_000_000), Encoding.UTF8, "text/csv"),
        };

        Assert.Equal(400, (await one.App.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_failure_inside_is_500_and_tells_the_caller_nothing()
    {
        var app = one.App;
        app.Watch.Broken = "suspense";
        var answer = await app.GetAsync("api/suspense");
        app.Watch.Broken = null;

        Assert.Equal((500, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" at ", answer.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await app.GetAsync("api/suspense")).Status);
    }

    [Fact]
    public async Task Live_needs_nothing_and_ready_needs_the_storage()
    {
        var app = one.App;
        Assert.Equal("ready", (await app.GetAsync("health/ready"))["status"].GetString());
        app.Watch.Broken = "controls";
        var (live, ready) = (await app.GetAsync("health/live"), await app.GetAsync("health/ready"));
        app.Watch.Broken = null;

        Assert.Equal((200, 503), (live.Status, ready.Status));
        Assert.DoesNotContain("secret", ready.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answers_are_not_cached_and_not_guessed_at()
    {
        using var answer = await one.App.Http.GetAsync("api/controls");

        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public Task What_is_so_already_is_fine_and_changes_nothing() =>
        one.App.RefusesAsync(
            200,
            Request("PUT", "api/accounts/A-1/suspension", """{"on":false,"reason":"r"}""", "application/json"),
            Request("PUT", "api/accounts/A-1/autopay", """{"on":true,"reason":"r"}""", "application/json"),
            Request("POST", "api/accounts/A-1/bills/B-1/rearm", """{"reason":"r"}""", "application/json")
        );

    [Fact]
    public async Task The_same_deferral_twice_is_a_conflict()
    {
        var app = one.App;
        var named = Deferral.Replace("\"cycles\":[1]", "\"id\":\"twice\",\"cycles\":[9]", StringComparison.Ordinal);

        Assert.Equal(201, (await app.PostAsync("api/deferrals", named)).Status);
        var again = await app.PostAsync("api/deferrals", named);

        Assert.Equal(409, again.Status);
        Assert.Contains("'twice' was already declared", again.Detail, StringComparison.Ordinal);
        await app.IdleAsync();
    }

    private static HttpRequestMessage Request(string method, string path, string body, string type)
    {
        var content = method is "GET" or "HEAD" ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (content is not null)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        return new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
    }

    // Says that 200 MB come, and sends none of them before it is answered.
    private static async Task<int> Announce(AppHost app, string method, string path, string type)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{method} /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nX-CSRF: "
                    + "1\r\nContent-Length: 200000000\r\n\r\n"
            )
        );
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return int.Parse(
            (await reader.ReadLineAsync())!.Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }
}
