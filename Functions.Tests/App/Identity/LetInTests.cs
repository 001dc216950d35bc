using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Identity;

/// <summary>Which requests are let in, by whom, and how they are answered, without an app (N35).</summary>
public sealed class LetInTests
{
    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("POST", false)]
    [InlineData("PUT", false)]
    [InlineData("DELETE", false)]
    [InlineData("PATCH", false)]
    public void A_change_needs_a_header_that_no_foreign_page_can_send(string method, bool isTaken) =>
        Assert.Equal(isTaken ? null : 403, WhyNot(method));

    [Theory]
    [InlineData("1", null)]
    [InlineData("0", 403)]
    [InlineData("", 403)]
    [InlineData("1,1", 403)]
    public void The_header_says_one_thing_once(string value, int? status) =>
        Assert.Equal(status, WhyNot("POST", ("X-CSRF", value)));

    [Fact]
    public void The_header_twice_is_none() =>
        Assert.Equal(403, WhyNot("POST", request => request.Headers["X-CSRF"] = new[] { "1", "1" }));

    [Theory]
    [InlineData("Origin", "https://city.example", null)]
    [InlineData("Origin", "https://CITY.example", null)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "https://city.example.evil", 403)]
    [InlineData("Origin", "https://city.example:8443", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", null)]
    [InlineData("Sec-Fetch-Site", "none", null)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    public void A_change_comes_from_our_own_pages_or_from_no_page(string header, string value, int? status) =>
        Assert.Equal(status, WhyNot("POST", ("X-CSRF", "1"), (header, value)));

    [Theory]
    [InlineData("application/json", null)]
    [InlineData("text/csv", null)]
    [InlineData("no type at all", null)]
    [InlineData("text/plain", 415)]
    [InlineData("TEXT/PLAIN; charset=utf-8", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    public void What_a_form_can_send_is_never_taken(string type, int? status) =>
        Assert.Equal(status, WhyNot("POST", ("X-CSRF", "1"), ("Content-Type", type)));

    [Fact]
    public void A_function_that_nobody_named_nobody_may_call()
    {
        var everybody = new Caller("city/ann", Enum.GetValues<Role>().ToHashSet());

        Assert.False(Access.IsOpen("NoFunction"));
        Assert.False(Access.Allows("NoFunction", everybody));
        Assert.Equal("none", Access.Needed("NoFunction"));
    }

    [Fact]
    public void A_function_is_called_by_those_who_stand_beside_it()
    {
        Assert.Equal(("Approver", false), (Access.Needed("ApproveRequest"), Access.IsOpen("ApproveRequest")));
        Assert.Equal([Role.Approver], Access.RolesOf("ApproveRequest"));
        Assert.True(Access.Allows("ApproveRequest", new("city/ann", new HashSet<Role> { Role.Viewer, Role.Approver })));
        Assert.False(Access.Allows("ApproveRequest", new("city/ann", new HashSet<Role> { Role.Preparer })));
        Assert.True(Access.IsOpen("StripeWebhook"));
        Assert.False(Access.Allows("StripeWebhook", new("city/ann", Enum.GetValues<Role>().ToHashSet())));
    }

    [Theory]
    [InlineData("PUT", "/api/halt", "PutHalt")]
    [InlineData("put", "api/halt/?why=test", "PutHalt")]
    [InlineData("PUT", "/api/halt/more", null)]
    [InlineData("PUT", "/api/nothing", null)]
    [InlineData("PATCH", "/api/halt", null)]
    public void A_request_is_answered_by_the_function_whose_path_it_has(string method, string path, string? function) =>
        Assert.Equal(function, RouteTable.FunctionOf(method, path));

    [Fact]
    public void Every_answer_keeps_browsers_from_keeping_framing_or_guessing_it()
    {
        var headers = new HeaderDictionary();

        SecurityHeaders.Write(headers);

        Assert.Equal(
            [
                "Cache-Control: no-store",
                "Content-Security-Policy: default-src 'none'",
                "Cross-Origin-Opener-Policy: same-origin",
                "Cross-Origin-Resource-Policy: same-origin",
                "Referrer-Policy: no-referrer",
                "Strict-Transport-Security: max-age=31536000",
                "X-Content-Type-Options: nosniff",
            ],
            headers.Select(it => $"{it.Key}: {$"{it.Value}".Split(';')[0]}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("TRUE", "https://login.example", typeof(SignedInIdentity))]
    [InlineData("TRUE", "", typeof(EasyAuthIdentity))]
    [InlineData("false", "https://login.example", typeof(BearerIdentity))]
    [InlineData("false", "", typeof(NoIdentitySource))]
    [InlineData(null, "", typeof(NoIdentitySource))]
    public void Who_it_is_say_the_platform_and_the_token_either_alone_and_otherwise_nobody(
        string? platform,
        string authority,
        Type source
    ) => Assert.IsType(source, Sources(platform, authority).GetRequiredService<IIdentitySource>());

    [Fact]
    public async Task Where_no_identity_is_set_up_nobody_gets_in()
    {
        var nobody = Sources(null, "").GetRequiredService<IIdentitySource>();

        var refused = await Assert.ThrowsAsync<AccessDeniedException>(() =>
            nobody.IdentifyAsync(new DefaultHttpContext())
        );

        Assert.Equal(401, refused.Status);
    }

    private static ServiceProvider Sources(string? platform, string authority) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        new Dictionary<string, string?>
                        {
                            [IdentityOptions.PlatformFlag] = platform,
                            ["Identity:Authority"] = authority,
                        }
                    )
                    .Build()
            )
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddIdentity()
            .BuildServiceProvider();

    private static int? WhyNot(string method, params (string Name, string Value)[] headers) =>
        WhyNot(
            method,
            request =>
            {
                foreach (var (name, value) in headers)
                {
                    request.Headers[name] = value;
                }
            }
        );

    private static int? WhyNot(string method, Action<HttpRequest> with)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host) = (method, new HostString("city.example"));
        with(request);
        try
        {
            ForgedRequests.Refuse(request);
            return null;
        }
        catch (AccessDeniedException denied)
        {
            return denied.Status;
        }
    }
}
