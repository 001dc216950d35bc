namespace Autopay.Hosting.Identity;

/// <summary>Section <c>Identity</c> of the configuration: whom the app believes.</summary>
public sealed record IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>Set by the platform, and by nobody else, when Easy Auth guards the app.</summary>
    public const string PlatformFlag = "WEBSITE_AUTH_ENABLED";

    [Setting("the directory whose people and apps may come in", SetBy = SettingSource.Deployment)]
    public string TenantId { get; init; } = "";

    [Setting(
        "issuer of bearer tokens, such as `https://login.microsoftonline.com/{tenant}/v2.0`, where Easy Auth is not used",
        SetBy = SettingSource.Deployment
    )]
    public string Authority { get; init; } = "";

    [Setting(
        "whom a bearer token must be meant for: this app's client id or application URI",
        SetBy = SettingSource.Deployment
    )]
    public string Audience { get; init; } = "";

    /// <summary>The platform says that it has checked the principal header itself.</summary>
    public bool IsPlatformAuth { get; init; }

    public bool IsBearer => Authority.Length > 0;

    /// <summary>Of what an identity claims: two object ids, or two tenants, are none.</summary>
    /// <exception cref="AccessDeniedException">401 without the ids, 403 when they are of another tenant.</exception>
    public Caller ToCaller(IEnumerable<string> tenants, IEnumerable<string> objectIds, IEnumerable<string> roles)
    {
        var (tenant, objectId) = (Only(tenants), Only(objectIds));
        if (!Guid.TryParse(tenant, out _) || !Guid.TryParse(objectId, out _))
        {
            throw new AccessDeniedException(401, "Expected an identity with a tenant id and an object id.");
        }

        return string.Equals(tenant, TenantId, StringComparison.OrdinalIgnoreCase)
            ? new Caller($"{tenant}/{objectId}", Caller.RolesOf(roles))
            : throw new AccessDeniedException(403, "This identity is of another tenant.");
    }

    private static string? Only(IEnumerable<string> ids) =>
        ids.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;
}
