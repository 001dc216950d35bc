using System.Security.Cryptography;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Tests.App.Identity;

/// <summary>
/// Where Easy Auth is not used, a token is checked in code against the keys that a real authority publishes over HTTP.
/// </summary>
public sealed class BearerTests(AzuriteFixture azurite)
{
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
                        ["Identity:Audience"] = TestAuthority.Audience,
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
}
