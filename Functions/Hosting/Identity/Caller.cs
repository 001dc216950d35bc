using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting.Identity;

/// <summary>Who asks: never a name or an address, which two people can share and one can change.</summary>
/// <param name="Who">Tenant and object id; in the local host the name of a development identity.</param>
public sealed record Caller(string Who, IReadOnlySet<Role> Roles)
{
    private const string Item = "Autopay.Caller";

    /// <summary>Role names that are none of ours say nothing.</summary>
    public static IReadOnlySet<Role> RolesOf(IEnumerable<string> names) =>
        names
            .Where(name => Enum.GetNames<Role>().Contains(name, StringComparer.Ordinal))
            .Select(Enum.Parse<Role>)
            .ToHashSet();

    public void KeepIn(HttpContext http) => http.Items[Item] = this;

    /// <summary>The caller of a request that was let through; routes that are open to all have none.</summary>
    public static Caller? Of(HttpContext http) => http.Items[Item] as Caller;
}
