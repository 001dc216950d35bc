using System.Security.Cryptography;
using System.Text.Json;
using Autopay.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Tests.App.Identity;

/// <summary>
/// Where Easy Auth is not used, a token is checked in code against the keys that a real authority publishes over HTTP.
/// </summary>
public sealed class BearerTests(AzuriteFixture azurite)
{
    private const string Audience = "api://autopay";

    [Fact]
    public async Task A_token_counts_only_with_the_right_signature_audience_issuer_time_tenant_and_role()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Identity:Authority"] = authority.Issuer,
                        ["Identity:Audience"] = Audience,
                        ["Identity:TenantId"] = GuardedApp.Tenant,
                    }
                )
        );
        using var stranger = RSA.Create(2048);

        async Task<int> AskAsync(string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/cycles");
            request.Headers.Authorization = token is null ? null : new("Bearer", token);
            return (await app.SendAsync(request)).Status;
        }

        Assert.Equal(200, await AskAsync(authority.Token(token => { })));
        Assert.Equal(401, await AskAsync(null));
        Assert.Equal(401, await AskAsync("e30.e30."));
        Assert.Equal(401, await AskAsync(authority.Token(token => token.Audience = "api://other")));
        Assert.Equal(401, await AskAsync(authority.Token(token => token.Audience = null)));
        Assert.Equal(401, await AskAsync(authority.Token(token => token.Issuer = "https://evil.example")));
        Assert.Equal(401, await AskAsync(authority.Token(token => token.Expires = TestAuthority.Now.AddMinutes(-5))));
        Assert.Equal(
            401,
            await AskAsync(
                authority.Token(token =>
                    token.SigningCredentials = new(new RsaSecurityKey(stranger), SecurityAlgorithms.RsaSha256)
                )
            )
        );
        Assert.Equal(
            403,
            await AskAsync(authority.Token(token => token.Claims["tid"] = "99999999-2222-3333-4444-555555555555"))
        );
        Assert.Equal(403, await AskAsync(authority.Token(token => token.Claims.Remove("roles"))));
        Assert.Equal(401, await AskAsync(authority.Token(token => token.Claims.Remove("oid"))));
        Assert.Equal(
            401,
            await AskAsync(
                authority.Token(token => token.Claims["oid"] = new[] { GuardedApp.Person, GuardedApp.Tenant })
            )
        );
    }

    private sealed class TestAuthority(WebApplication server, RSA key) : IAsyncDisposable
    {
        /// <summary>The app's clock in this test.</summary>
        public static DateTime Now { get; } = new(2020, 1, 21, 14, 1, 0, DateTimeKind.Utc);

        public string Issuer => server.Urls.Single();

        public static async Task<TestAuthority> StartAsync()
        {
            var key = RSA.Create(2048);
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var server = builder.Build();
            server.MapGet(
                "/.well-known/openid-configuration",
                () => new { issuer = server.Urls.Single(), jwks_uri = $"{server.Urls.Single()}/keys" }
            );
            server.MapGet("/keys", () => Results.Text(Keys(key), "application/json"));
            await server.StartAsync();
            return new TestAuthority(server, key);
        }

        public string Token(Action<SecurityTokenDescriptor> change)
        {
            var token = new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Audience,
                NotBefore = Now,
                IssuedAt = Now,
                Expires = Now.AddHours(1),
                Claims = new Dictionary<string, object>
                {
                    ["tid"] = GuardedApp.Tenant,
                    ["oid"] = GuardedApp.Person,
                    ["roles"] = new[] { "Viewer" },
                },
                SigningCredentials = new(new RsaSecurityKey(key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
            };
            change(token);
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            key.Dispose();
        }

        private static string Keys(RSA key)
        {
            var published = JsonWebKeyConverter.ConvertFromRSASecurityKey(
                new RsaSecurityKey(key.ExportParameters(false)) { KeyId = "1" }
            );
            return JsonSerializer.Serialize(
                new
                {
                    keys = new[]
                    {
                        new
                        {
                            kty = "RSA",
                            use = "sig",
                            kid = "1",
                            n = published.N,
                            e = published.E,
                        },
                    },
                }
            );
        }
    }
}
