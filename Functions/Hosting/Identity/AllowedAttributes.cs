namespace Autopay.Hosting.Identity;

/// <summary>Who may call a function over HTTP. A function without such an attribute nobody may call.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class AccessAttribute(params Role[] roles) : Attribute
{
    /// <summary>None: no identity is asked for.</summary>
    public IReadOnlyList<Role> Roles => roles;
}

/// <summary>Who has one of these roles.</summary>
internal sealed class AllowedToAttribute(params Role[] roles) : AccessAttribute(roles);

/// <summary>Who has any role.</summary>
internal sealed class AllowedToEverybodyAttribute() : AccessAttribute(Enum.GetValues<Role>());

/// <summary>The provider signs its webhooks, and probes carry no identity.</summary>
internal sealed class OpenToAllAttribute : AccessAttribute;
