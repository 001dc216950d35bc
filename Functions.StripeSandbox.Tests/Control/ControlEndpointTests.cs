using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Autopay.StripeSandbox.Tests.Fixtures;

namespace Autopay.StripeSandbox.Tests.Control;

public sealed class ControlEndpointTests
{
    [Fact]
    public async Task The_clock_is_read_and_moved()
    {
        await using var stripe = await TestStripe.StartAsync();
        await stripe.ChargeAsync();

        var by = await SendAsync(stripe, "POST", "clock", """{"advanceBySeconds":3600}""");
        var to = await SendAsync(stripe, "POST", "clock", """{"advanceTo":"2026-12-01T00:00:00Z"}""");
        var now = await SendAsync(stripe, "GET", "clock");

        Assert.Equal("2026-11-23T19:00:00+00:00", (string?)by.Body["now"]);
        Assert.Equal((1, true), ((int)to.Body["answered"]!, (bool)to.Body["frozen"]!));
        Assert.Equal("2026-12-01T00:00:00+00:00", (string?)now.Body["now"]);
    }

    [Theory]
    [InlineData("clock", """{"advanceTo":"2020-01-01T00:00:00Z"}""", "only moves forward")]
    [InlineData("clock", "{}", "advanceTo")]
    [InlineData("clock", """{"advanceByDays":1}""", "advanceByDays")]
    [InlineData("clock", "not json", "invalid")]
    [InlineData("bank/answer", """{"intent":"pi_none"}""", "does not wait")]
    [InlineData("bank/answer", """{"outcome":"R99"}""", "R99")]
    [InlineData("dispute", """{"intent":"pi_none"}""", "no succeeded charge")]
    [InlineData("webhooks", """{"url":"http://localhost/hook"}""", "secret")]
    [InlineData("faults", """[{"kind":"explosion"}]""", "kind")]
    [InlineData("nonsense", "{}", "nonsense")]
    public async Task Nonsense_is_refused_with_a_reason(string path, string body, string reason)
    {
        await using var stripe = await TestStripe.StartAsync();

        var answer = await SendAsync(stripe, "POST", path, body);

        Assert.Equal(400, answer.Status);
        Assert.Contains(reason, (string)answer.Body["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_need_not_wait_for_the_bank()
    {
        await using var stripe = await TestStripe.StartAsync();
        var first = await stripe.ChargeAsync(debit: "D1");
        var second = await stripe.ChargeAsync(debit: "D2");

        var forced = await SendAsync(
            stripe,
            "POST",
            "bank/answer",
            $$"""{"intent":"{{first.Id}}","outcome":"insufficient_funds"}"""
        );
        var rest = await SendAsync(stripe, "POST", "bank/answer", "{}");
        var dispute = await SendAsync(
            stripe,
            "POST",
            "dispute",
            $$"""{"intent":"{{second.Id}}","reason":"duplicate"}"""
        );

        Assert.Equal("requires_payment_method", (string?)forced.Body[0]!["status"]);
        Assert.Equal((second.Id, "succeeded"), ((string?)rest.Body[0]!["id"], (string?)rest.Body[0]!["status"]));
        Assert.Equal(("duplicate", "lost"), ((string?)dispute.Body["reason"], (string?)dispute.Body["status"]));
    }

    [Fact]
    public async Task Faults_and_calls_are_set_listed_and_cleared()
    {
        await using var stripe = await TestStripe.StartAsync();

        await SendAsync(
            stripe,
            "POST",
            "faults",
            """[{"kind":"error500Before","match":{"method":"POST","path":"/v1/customers","count":1}}]"""
        );
        var (hit, _, _) = await stripe.PostAsync("/v1/customers", "");
        var faults = await SendAsync(stripe, "GET", "faults");
        var calls = await SendAsync(stripe, "GET", "calls");
        await SendAsync(stripe, "DELETE", "faults");
        await SendAsync(stripe, "DELETE", "calls");

        Assert.Equal(500, hit);
        Assert.Equal(("error500Before", 1), ((string?)faults.Body[0]!["rule"]!["kind"], (int)faults.Body[0]!["hit"]!));
        Assert.Equal(
            (1, 500),
            ((int)calls.Body["counts"]!["POST /v1/customers"]!, (int)calls.Body["calls"]![0]!["status"]!)
        );
        Assert.Empty((await SendAsync(stripe, "GET", "faults")).Body.AsArray());
        Assert.Equal(0, (int)(await SendAsync(stripe, "GET", "calls")).Body["total"]!);
    }

    private static async Task<(int Status, JsonNode Body)> SendAsync(
        TestStripe stripe,
        string method,
        string path,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri($"/_sandbox/{path}", UriKind.Relative)
        );
        request.Content = body is null ? null : new StringContent(body);
        using var response = await stripe.Http.SendAsync(request);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
