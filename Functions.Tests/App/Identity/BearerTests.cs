using System.Security.Cryptography;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Tests.App.Identity;

/// <summary>
/// A token is validated in code against the keys that a real authority publishes over HTTP: with Easy Auth in front of
/// the app, and without.
/// </summary>
public sealed class BearerTests(AzuriteFixture azurite)
{
    private const string Other = "99999999-2222-3333-4444-555555555555";
    private const string SessionToken = "X-MS-TOKEN-AAD-ID-TOKEN";

    [Fact]
    public async Task A_token_counts_only_with_the_right_signature_audience_issuer_time_tenant_and_role()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var services = Services(authority.Settings(isPlatformAuth: false));
        using var stranger = RSA.Create(2048);

        Task<string> AskAsync(string? token) =>
            WhoAsync(services, token is null ? [] : [("Authorization", $"Bearer {token}")]);

        Assert.Equal($"{GuardedApp.Tenant}/{GuardedApp.Person} Viewer", await AskAsync(authority.Token(token => { })));
        Assert.Equal("401", await AskAsync(null));
        Assert.Equal("401", await AskAsync("e30.e30."));
        Assert.Equal("401", await AskAsync(authority.Token(token => token.Audience = "api://other")));
        Assert.Equal("401", await AskAsync(authority.Token(token => token.Audience = null)));
        Assert.Equal("401", await AskAsync(authority.Token(token => token.Issuer = "https://evil.example")));
        Assert.Equal("401", await AskAsync(authority.Token(token => token.Expires = TestAuthority.Now.AddMinutes(-5))));
        Assert.Equal(
            "401",
            await AskAsync(
                authority.Token(token =>
                    token.SigningCredentials = new(new RsaSecurityKey(stranger), SecurityAlgorithms.RsaSha256)
                )
            )
        );
        Assert.Equal("403", await AskAsync(authority.Token(token => token.Claims["tid"] = Other)));
        Assert.Equal(
            $"{GuardedApp.Tenant}/{GuardedApp.Person} ",
            await AskAsync(authority.Token(token => token.Claims.Remove("roles")))
        );
        Assert.Equal("401", await AskAsync(authority.Token(token => token.Claims.Remove("oid"))));
        Assert.Equal(
            "401",
            await AskAsync(
                authority.Token(token => token.Claims["oid"] = new[] { GuardedApp.Person, GuardedApp.Tenant })
            )
        );
    }

    [Fact]
    public async Task Behind_Easy_Auth_the_token_of_the_session_or_of_the_caller_is_that_of_the_principal()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var services = Services(authority.Settings(isPlatformAuth: true));
        var principal = (GuardedApp.Header, GuardedApp.Principal(["Operator"]));
        var (good, anothers, expired) = (
            authority.Token(token => { }),
            authority.Token(token => token.Claims["oid"] = Other),
            authority.Token(token => token.Expires = TestAuthority.Now.AddMinutes(-5))
        );
        var viewer = $"{GuardedApp.Tenant}/{GuardedApp.Person} Viewer";

        // What the platform says of roles does not count: the token's do.
        Assert.Equal(viewer, await WhoAsync(services, principal, (SessionToken, good)));
        Assert.Equal(viewer, await WhoAsync(services, principal, ("Authorization", $"Bearer {good}")));
        Assert.Equal("401", await WhoAsync(services, principal));
        Assert.Equal("401", await WhoAsync(services, (SessionToken, good)));
        Assert.Equal("401", await WhoAsync(services, principal, (SessionToken, anothers)));
        Assert.Equal("401", await WhoAsync(services, principal, (SessionToken, expired)));
        Assert.Equal("401", await WhoAsync(services, principal, (SessionToken, $"{good},{good}")));
        // How long a page may count on it: of a session only, which somebody would otherwise lose unawares.
        Assert.Equal(TestAuthority.Now.AddHours(1), await EndAsync(services, principal, (SessionToken, good)));
        Assert.Null(await EndAsync(services, principal, ("Authorization", $"Bearer {good}")));
        // A caller's own token goes before the session's, good or not.
        Assert.Equal(
            "401",
            await WhoAsync(services, principal, (SessionToken, good), ("Authorization", $"Bearer {expired}"))
        );
        Assert.Equal(
            "403",
            await WhoAsync(services, (GuardedApp.Header, GuardedApp.Principal([], Other)), (SessionToken, good))
        );
    }

    [Fact]
    public async Task While_the_authority_is_away_nobody_is_let_in_and_the_log_says_so()
    {
        using var log = new LogRecorder();
        var settings = new Dictionary<string, string?>
        {
            ["Identity:Authority"] = "http://127.0.0.1:9",
            ["Identity:Audience"] = TestAuthority.Audience,
            ["Identity:TenantId"] = GuardedApp.Tenant,
        };
        await using var services = Services(settings, log);

        await Assert.ThrowsAsync<NotReadyException>(() => WhoAsync(services, ("Authorization", "Bearer e30.e30.e30")));

        Assert.Contains(log.Lines, line => line.Text.Contains("keys cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_principal_that_is_made_up_opens_nothing_of_the_app_and_the_log_says_why()
    {
        var log = new LogRecorder();
        await using var authority = await TestAuthority.StartAsync();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(authority.Settings(isPlatformAuth: true));
                builder.Logging.AddProvider(log);
            }
        );

        async Task<int> AskAsync(HttpMethod method, string path, string? token)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add(GuardedApp.Header, GuardedApp.Principal(["Operator", "Viewer"]));
            request.Headers.Authorization = token is null ? null : new("Bearer", token);
            return (await app.SendAsync(request)).Status;
        }

        Assert.Equal(401, await AskAsync(HttpMethod.Get, "api/accounts/CANARY-88", null));
        Assert.Equal(200, await AskAsync(HttpMethod.Get, "api/cycles", authority.Token(token => { })));
        Assert.Equal(403, await AskAsync(HttpMethod.Post, "api/tick", authority.Token(token => { })));
        await log.HasAsync(LogLevel.Warning, "GetAccount was refused with 401: The platform names somebody");
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("CANARY", StringComparison.Ordinal));
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings, LogRecorder? log = null) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(new FakeTimeProvider(TestAuthority.Now))
            .AddLogging(logging =>
            {
                if (log is not null)
                {
                    logging.AddProvider(log);
                }
            })
            .AddIdentity()
            .BuildServiceProvider();

    private static async Task<string> WhoAsync(IServiceProvider services, params (string Name, string Value)[] headers)
    {
        try
        {
            var caller = await CallerAsync(services, headers);
            return $"{caller.Who} {string.Join(",", caller.Roles)}";
        }
        catch (AccessDeniedException denied)
        {
            return $"{denied.Status}";
        }
    }

    private static async Task<DateTime?> EndAsync(
        IServiceProvider services,
        params (string Name, string Value)[] headers
    ) => (await CallerAsync(services, headers)).SignedInUntil?.UtcDateTime;

    private static Task<Caller> CallerAsync(IServiceProvider services, (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        foreach (var (name, value) in headers)
        {
            http.Request.Headers.Append(name, value);
        }

        return services.GetRequiredService<IIdentitySource>().IdentifyAsync(http);
    }
}
