using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Hosting.Identity;

/// <summary>
/// A bearer token, checked here: issuer, audience, times and signature against the keys that the authority publishes.
/// </summary>
internal sealed class BearerIdentity(IdentityOptions options, TimeProvider time) : IIdentitySource
{
    private const string Scheme = "Bearer ";
    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };

    private readonly ConfigurationManager<OpenIdConnectConfiguration> authority = new(
        $"{options.Authority.TrimEnd('/')}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever { RequireHttps = !new Uri(options.Authority).IsLoopback }
    );

    public async Task<Caller> IdentifyAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header is not [{ } text] || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new AccessDeniedException(StatusCodes.Status401Unauthorized, "Expected a bearer token.");
        }

        var known = await authority.GetConfigurationAsync(http.RequestAborted);
        var result = await tokens.ValidateTokenAsync(text[Scheme.Length..].Trim(), Expected(known));
        if (!result.IsValid)
        {
            // Keys rotate: the next request asks for the list again, at most every few minutes.
            authority.RequestRefresh();
            throw new AccessDeniedException(StatusCodes.Status401Unauthorized, "The bearer token is not valid here.");
        }

        var token = (JsonWebToken)result.SecurityToken;
        var caller = options.ToCaller(Values(token, "tid"), Values(token, "oid"), Values(token, "roles"));
        return caller with { Name = Caller.NameOf(Values(token, "name")) };
    }

    private TokenValidationParameters Expected(OpenIdConnectConfiguration known) =>
        new()
        {
            ValidIssuer = known.Issuer,
            IssuerSigningKeys = known.SigningKeys,
            ValidAudience = options.Audience,
            ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256,
                SecurityAlgorithms.RsaSsaPssSha256,
                SecurityAlgorithms.EcdsaSha256,
            ],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromMinutes(2),
            LifetimeValidator = (from, until, _, expected) =>
                until is not null
                && time.GetUtcNow() < until.Value + expected.ClockSkew
                && (from is null || time.GetUtcNow() > from.Value - expected.ClockSkew),
        };

    private static IEnumerable<string> Values(JsonWebToken token, string type) =>
        token.Claims.Where(claim => claim.Type == type).Select(claim => claim.Value);
}
