using System.Text.RegularExpressions;
using Autopay.Hosting.Identity;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.Identity;

/// <summary>A function, a request that reaches it, and who may send it.</summary>
/// <param name="Roles">None: nobody is asked who it is.</param>
internal sealed record RoleTableRow(string Function, string Method, string Path, IReadOnlyList<Role> Roles)
{
    public bool IsOpen => Roles.Count == 0;

    public bool IsChange => Method != "GET";

    /// <summary>What somebody is told who may not.</summary>
    public string Refusal => $"This needs the role {string.Join(" or ", Roles)}.";
}

/// <summary>roles.txt: who may do what, written by hand.</summary>
internal static partial class RoleTable
{
    public static IReadOnlyList<Role> AllRoles { get; } = Enum.GetValues<Role>();

    public static IReadOnlyList<RoleTableRow> All { get; } =
    [
        .. SourceTree
            .Read("Functions.Tests/App/Identity/roles.txt")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => BlankPattern().Split(line))
            .Select(words => new RoleTableRow(words[0], words[1], words[2], RolesOf(words[3..]))),
    ];

    /// <summary>Those that change something and ask who it is.</summary>
    public static IReadOnlyList<RoleTableRow> Changes { get; } =
    [.. All.Where(row => row is { IsChange: true, IsOpen: false })];

    private static IReadOnlyList<Role> RolesOf(string[] words) =>
        words switch
        {
            ["open"] => [],
            ["everybody"] => AllRoles,
            _ => [.. words.Select(Enum.Parse<Role>)],
        };

    [GeneratedRegex(@"\s+")]
    private static partial Regex BlankPattern();
}
