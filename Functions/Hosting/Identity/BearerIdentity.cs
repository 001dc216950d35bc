using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Hosting.Identity;

/// <summary>
/// A bearer token, checked here: issuer, audience, times and signature against the keys that the authority publishes.
/// </summary>
internal sealed class BearerIdentity(IdentityOptions options, TimeProvider time, ILogger<BearerIdentity> logger)
    : IIdentitySource
{
    private const string Scheme = "Bearer ";
    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };

    private readonly ConfigurationManager<OpenIdConnectConfiguration> authority = new(
        $"{options.Authority.TrimEnd('/')}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever { RequireHttps = !new Uri(options.Authority).IsLoopback }
    );

    public Task<Caller> IdentifyAsync(HttpContext http) =>
        TokenOf(http.Request) is { } token
            ? CallerOfAsync(token, http.RequestAborted)
            : throw new AccessDeniedException(StatusCodes.Status401Unauthorized, "Expected a bearer token.");

    /// <returns>Null without exactly one bearer token.</returns>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } text] && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? text[Scheme.Length..].Trim()
            : null;

    /// <summary>When a token that is valid ends.</summary>
    public static DateTimeOffset EndOf(string token) => new(new JsonWebToken(token).ValidTo, TimeSpan.Zero);

    /// <exception cref="AccessDeniedException">401: it is not valid here. 403: it is of another tenant.</exception>
    /// <exception cref="NotReadyException">The authority's keys cannot be read.</exception>
    public async Task<Caller> CallerOfAsync(string token, CancellationToken cancel)
    {
        var result = await tokens.ValidateTokenAsync(token, Expected(await KnownAsync(cancel)));
        if (!result.IsValid)
        {
            // Keys rotate: the next request asks for the list again, at most every few minutes.
            authority.RequestRefresh();
            throw new AccessDeniedException(StatusCodes.Status401Unauthorized, "The token is not valid here.");
        }

        var valid = (JsonWebToken)result.SecurityToken;
        var caller = options.ToCaller(Values(valid, "tid"), Values(valid, "oid"), Values(valid, "roles"));
        return caller with { Name = Caller.NameOf(Values(valid, "name")) };
    }

    private async Task<OpenIdConnectConfiguration> KnownAsync(CancellationToken cancel)
    {
        try
        {
            return await authority.GetConfigurationAsync(cancel);
        }
        catch (InvalidOperationException away)
        {
            logger.AuthorityAway(away.GetType().Name);
            throw new NotReadyException("Who asks cannot be found out: the authority's keys cannot be read.");
        }
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
