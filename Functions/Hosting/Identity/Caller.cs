using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting.Identity;

/// <summary>Who asks: never a name or an address, which two people can share and one can change.</summary>
/// <param name="Who">Tenant and object id; in the local host the name of a development identity.</param>
public sealed record Caller(string Who, IReadOnlySet<Role> Roles)
{
    private const string Item = "Autopay.Caller";
    private const int LongestName = 100;

    /// <summary>What the directory calls this person: shown beside who it is, and nothing depends on it.</summary>
    public string? Name { get; init; }

    /// <summary>When the token of a browser's session ends; null of everybody else.</summary>
    public DateTimeOffset? SignedInUntil { get; init; }

    /// <summary>Those of the roles that the function asks for.</summary>
    public IReadOnlyList<Role> ActsAs { get; init; } = [];

    public Person ToPerson() => new(Who, Name, ActsAs.Count == 0 ? null : string.Join(", ", ActsAs));

    /// <summary>One name of a length that a page can show; several are none.</summary>
    public static string? NameOf(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).ToList() is [var only]
        && new string([.. only.Where(letter => !char.IsControl(letter)).Take(LongestName)]).Trim()
            is { Length: > 0 } name
            ? name
            : null;

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
