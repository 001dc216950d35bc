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
        "whose tokens are validated, such as `https://login.microsoftonline.com/{tenant}/v2.0`",
        SetBy = SettingSource.Deployment
    )]
    public string Authority { get; init; } = "";

    [Setting(
        "whom a token must be meant for: this app's client id or application URI",
        SetBy = SettingSource.Deployment
    )]
    public string Audience { get; init; } = "";

    /// <summary>The platform says that it has checked the principal header itself: the outer gate.</summary>
    public bool IsPlatformAuth { get; init; }

    public bool IsBearer => Authority.Length > 0;

    /// <summary>What is missing before anybody can be believed, a sentence; null when nothing is.</summary>
    /// <param name="isEmulator">The books are on this machine alone: there the platform's word is enough.</param>
    public string? WhyNobody(bool isEmulator) =>
        (IsBearer && Audience.Length > 0) || (IsPlatformAuth && !IsBearer && isEmulator) ? null
        : IsPlatformAuth
            ? "Identity:Authority with Identity:Audience is not set: tokens cannot be validated behind Easy Auth"
        : $"{PlatformFlag} is not true (Easy Auth is off) and Identity:Authority with Identity:Audience is not set";

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
