using System.Net.Http.Headers;
using System.Text;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.EndToEnd;

/// <summary>What cannot be taken is answered with the right status, in words, and changes nothing.</summary>
[Collection(OneApp.Collection)]
public sealed class HttpTestsRefusals(OneApp one)
{
    private const string Deferral = """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""";

    [Theory]
    [InlineData("PUT", "api/halt", """{"halted":true,"reason":"r","state":"Collected"}""", 400, "state: there is no such field")]
    [InlineData("PUT", "api/halt", """{"halted":true,"reason":"r","reason":"s"}""", 400, "reason is duplicate")]
    [InlineData("PUT", "api/halt", """{"halted":true}""", 400, "reason is missing")]
    [InlineData("PUT", "api/halt", """{"halted":true,"reason":null}""", 400, "reason is missing")]
    [InlineData("PUT", "api/halt", """{"halted":true,"reason":"  "}""", 400, "reason")]
    [InlineData("PUT", "api/halt", """{"halted":"yes","reason":"r"}""", 400, "halted: expected true or false")]
    [InlineData("PUT", "api/halt", "null", 400, "null")]
    [InlineData("PUT", "api/halt", "", 400, "JSON")]
    [InlineData("PUT", "api/halt", "{", 400, "not JSON")]
    [InlineData("POST", "api/deferrals", """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold"}""", 400, "reason")]
    [InlineData("POST", "api/deferrals", """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":7,"reason":"r"}""", 400, "action: expected hold or merge")]
    [InlineData("POST", "api/deferrals", """{"cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"charge","reason":"r"}""", 400, "action")]
    [InlineData("POST", "api/deferrals", """{"cycles":[0],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""", 400, "cycle")]
    [InlineData("POST", "api/deferrals", """{"cycles":[1],"dueFrom":"2020-02-30","dueTo":"2020-02-05","action":"hold","reason":"r"}""", 400, "dueFrom: expected a day such as")]
    [InlineData("POST", "api/deferrals", """{"id":"a/b","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""", 400, "id")]
    [InlineData("POST", "api/deferrals", """{"cycles":[1],"dueFrom":"2020-02-06","dueTo":"2020-02-05","action":"hold","reason":"r"}""", 409, "window")]
    [InlineData("POST", "api/deferrals", """{"cycles":[],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"r"}""", 409, "cycle")]
    [InlineData("DELETE", "api/deferrals/none?reason=over", "", 409, "none")]
    [InlineData("DELETE", "api/deferrals/none", "", 400, "reason")]
    [InlineData("PUT", "api/cycles/1/backlog", """{"state":1,"reason":"r"}""", 400, "state")]
    [InlineData("PUT", "api/cycles/1/backlog", """{"state":"cleared","reason":"r","receivedThrough":{"gold":"2020-02-20"}}""", 400, "gold")]
    [InlineData("PUT", "api/cycles/1/backlog", """{"state":"cleared","reason":"r","receivedThrough":{"cash":"soon"}}""", 400, "receivedThrough: expected an object, each value a day")]
    [InlineData("PUT", "api/cycles/x/backlog", """{"state":"cleared","reason":"r"}""", 400, "cycle")]
    [InlineData("PUT", "api/cycles/-1/backlog", """{"state":"cleared","reason":"r"}""", 400, "cycle")]
    [InlineData("POST", "api/waivers", """{"dueFrom":"2020-01-15","dueTo":"2020-02-12","penaltyFrom":"2020-01-22","reason":"r"}""", 400, "penaltyTo")]
    [InlineData("POST", "api/shields", """{"dates":null,"reason":"r"}""", 400, "dates")]
    [InlineData("PUT", "api/accounts/nobody/autopay", """{"on":false,"reason":"r"}""", 404, "nobody")]
    [InlineData("PUT", "api/accounts/A-1/autopay", """{"on":false,"reason":"r","amountCents":1}""", 400, "amountCents")]
    [InlineData("POST", "api/accounts/A-1/bills/none/skip", """{"reason":"r"}""", 404, "none")]
    [InlineData("POST", "api/accounts/A-1/bills/none/rearm", """{"reason":"r"}""", 404, "none")]
    [InlineData("POST", "api/accounts/A-1/bills/B-2/skip", """{"reason":"r"}""", 404, "B-2")]
    [InlineData("POST", "api/accounts/A-1/debits/A-1-1-0001/approve", """{"reason":"r"}""", 409, "")]
    [InlineData("POST", "api/accounts/A-1/debits/A-1-1-0001/cancel", """{"reason":"r"}""", 409, "")]
    [InlineData("POST", "api/accounts/A-1/debits/A-1-1-0099/cancel", """{"reason":"r"}""", 404, "A-1-1-0099")]
    [InlineData("POST", "api/accounts/A-1/debits/A-1-1-0099/refunds", """{"id":"r","kind":"refund","reason":"r"}""", 404, "A-1-1-0099")]
    [InlineData("POST", "api/accounts/A-1/payments/none/keep", """{"reason":"r"}""", 404, "none")]
    [InlineData("POST", "api/accounts/nobody/payments/none/keep", """{"reason":"r"}""", 404, "nobody")]
    [InlineData("GET", "api/payouts?from=2020-02-02&to=2020-02-01", "", 400, "from")]
    [InlineData("POST", "api/accounts/A-1/debits/A-2-1-0001/approve", """{"reason":"r"}""", 400, "A-2-1-0001")]
    [InlineData("POST", "api/accounts/A-1/debits/1/approve", """{"reason":"r"}""", 400, "debit")]
    [InlineData("POST", "api/suspense/none/assign", """{"account":"A-1","reason":"r"}""", 404, "none")]
    [InlineData("POST", "api/suspense/none/assign", """{"account":"A 1","reason":"r"}""", 400, "account")]
    [InlineData("PUT", "local/clock", """{"now":"soon"}""", 400, "soon")]
    [InlineData("PUT", "local/clock", """{"now":"2019-01-01T00:00"}""", 409, "forward")]
    [InlineData("GET", "api/accounts/nobody", "", 404, "nobody")]
    [InlineData("GET", "api/imports/none", "", 404, "none")]
    [InlineData("GET", "api/cycles/9", "", 404, "9")]
    [InlineData("GET", "api/cycles/abc", "", 400, "cycle")]
    public async Task A_request_that_cannot_be_taken_is_told_why(string method, string path, string body, int status, string named)
    {
        var app = one.App;
        var before = await app.DigestAsync();

        var answer = await app.SendAsync(Request(method, path, body, "application/json"));

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(status, answer["status"].GetInt32());
        Assert.Contains(named, answer.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Autopay.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await app.DigestAsync());
    }

    [Theory]
    [InlineData("HEAD", "api/cycles")]
    [InlineData("PATCH", "api/accounts/A-1/autopay")]
    [InlineData("DELETE", "api/accounts/A-1")]
    [InlineData("POST", "api/cycles")]
    [InlineData("GET", "api/deferrals/x")]
    [InlineData("GET", "nothing")]
    public async Task A_wrong_method_or_path_is_not_found(string method, string path)
    {
        var app = one.App;
        var before = await app.DigestAsync();

        Assert.Equal(404, (await app.SendAsync(Request(method, path, "", "application/json"))).Status);
        Assert.Equal(before, await app.DigestAsync());
    }

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
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/imports/bills") { Content = new StringContent(new string('x', 31_000_000), Encoding.UTF8, "text/csv") };

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

    [Theory]
    [InlineData("PUT", "api/accounts/A-1/suspension", """{"on":false,"reason":"r"}""")]
    [InlineData("PUT", "api/accounts/A-1/autopay", """{"on":true,"reason":"r"}""")]
    [InlineData("POST", "api/accounts/A-1/bills/B-1/rearm", """{"reason":"r"}""")]
    [InlineData("PUT", "api/halt", """{"halted":false,"reason":"r"}""")]
    public async Task What_is_so_already_is_fine_and_changes_nothing(string method, string path, string body)
    {
        var app = one.App;
        var before = await app.DigestAsync();

        Assert.Equal(200, (await app.SendAsync(Request(method, path, body, "application/json"))).Status);
        Assert.Equal(before, await app.DigestAsync());
    }

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
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nX-CSRF: 1\r\nContent-Length: 200000000\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
