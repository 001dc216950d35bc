using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Tests.App.Identity;

/// <summary>An authority on loopback: its discovery document and keys over HTTP, and tokens that it signs.</summary>
internal sealed class TestAuthority(WebApplication server, RSA key) : IAsyncDisposable
{
    public const string Audience = "api://autopay";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Person = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    /// <summary>The clock of who believes its tokens: 8:01 in the city.</summary>
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

    /// <summary>The settings of an app that believes this authority.</summary>
    public Dictionary<string, string?> Settings(bool isPlatformAuth) =>
        new()
        {
            ["WEBSITE_AUTH_ENABLED"] = isPlatformAuth ? "true" : null,
            ["Identity:Authority"] = Issuer,
            ["Identity:Audience"] = Audience,
            ["Identity:TenantId"] = Tenant,
        };

    /// <summary>Of a Viewer, unless it is changed.</summary>
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
                ["tid"] = Tenant,
                ["oid"] = Person,
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
