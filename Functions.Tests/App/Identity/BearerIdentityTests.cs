using System.Security.Cryptography;
using Autopay.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Tests.App.Identity;

/// <summary>What of a token counts, against the keys of an authority that publishes them, without an app.</summary>
public sealed class BearerIdentityTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_token_says_who_it_is_what_it_may_and_what_it_is_called()
    {
        await using var authority = await TestAuthority.StartAsync();

        var caller = await IdentityOf(authority)
            .IdentifyAsync(Request($"bearer {authority.Token(token => token.Claims["name"] = "Ann Bell")} "));

        Assert.Equal($"{TestAuthority.Tenant}/{TestAuthority.Person}", caller.Who);
        Assert.Equal((Role.Viewer, "Ann Bell"), (caller.Roles.Single(), caller.Name));
    }

    [Fact]
    public async Task A_token_is_good_from_its_first_instant_to_its_last_and_two_minutes_around()
    {
        await using var authority = await TestAuthority.StartAsync();
        var (now, tick) = (TestAuthority.Now, TimeSpan.FromSeconds(1));

        Assert.Null(await WhyNotAsync(authority, token => token.Expires = now - Skew + tick));
        Assert.Equal(401, await WhyNotAsync(authority, token => token.Expires = now - Skew));
        Assert.Equal(401, await WhyNotAsync(authority, token => token.Expires = null));
        Assert.Null(await WhyNotAsync(authority, token => token.NotBefore = now + Skew - tick));
        Assert.Equal(401, await WhyNotAsync(authority, token => token.NotBefore = now + Skew));
        Assert.Null(await WhyNotAsync(authority, token => token.NotBefore = null));
    }

    [Fact]
    public async Task Another_audience_issuer_or_key_is_nobody_and_so_is_a_token_that_nobody_signed()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var stranger = RSA.Create(2048);

        Assert.Equal(401, await WhyNotAsync(authority, token => token.Audience = "api://other"));
        Assert.Equal(401, await WhyNotAsync(authority, token => token.Audience = null));
        Assert.Equal(401, await WhyNotAsync(authority, token => token.Issuer = "https://evil.example"));
        Assert.Equal(401, await WhyNotAsync(authority, token => token.SigningCredentials = null));
        Assert.Equal(
            401,
            await WhyNotAsync(
                authority,
                token => token.SigningCredentials = new(new RsaSecurityKey(stranger), SecurityAlgorithms.RsaSha256)
            )
        );
        Assert.Equal(
            401,
            await WhyNotAsync(
                authority,
                token => token.SigningCredentials = new(token.SigningCredentials.Key, SecurityAlgorithms.RsaSha512)
            )
        );
    }

    [Fact]
    public async Task A_request_carries_one_token_or_is_nobodys()
    {
        await using var authority = await TestAuthority.StartAsync();
        var (identity, token) = (IdentityOf(authority), authority.Token(_ => { }));

        foreach (var headers in new string[][] { [], [token], [$"Basic {token}"], [$"Bearer {token}", "Bearer e30"] })
        {
            var refused = await Assert.ThrowsAsync<AccessDeniedException>(() =>
                identity.IdentifyAsync(Request(headers))
            );
            Assert.Equal((401, "Expected a bearer token."), (refused.Status, refused.Message));
        }
    }

    private static async Task<int?> WhyNotAsync(TestAuthority authority, Action<SecurityTokenDescriptor> change)
    {
        try
        {
            await IdentityOf(authority).IdentifyAsync(Request($"Bearer {authority.Token(change)}"));
            return null;
        }
        catch (AccessDeniedException denied)
        {
            return denied.Status;
        }
    }

    private static BearerIdentity IdentityOf(TestAuthority authority) =>
        new(
            new IdentityOptions
            {
                Authority = authority.Issuer,
                Audience = TestAuthority.Audience,
                TenantId = TestAuthority.Tenant,
            },
            new FakeTimeProvider(new DateTimeOffset(TestAuthority.Now)),
            NullLogger<BearerIdentity>.Instance
        );

    private static DefaultHttpContext Request(params string[] headers)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = headers;
        return http;
    }
}
