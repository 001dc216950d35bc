using System.Reflection;

namespace Autopay.Application;

/// <summary>Which build of the app runs: what a deploy is looked at for, and what a report names.</summary>
/// <param name="Version">Of the release, such as <c>1.2.0</c>.</param>
/// <param name="Build">The commit that it was built from; null when it was built outside a repository.</param>
public sealed record ThisBuild(string Version, string? Build)
{
    public static readonly ThisBuild Current = Of(
        typeof(ThisBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
    );

    /// <summary>The compiler joins the two by a plus.</summary>
    public static ThisBuild Of(string informational) =>
        informational.Split('+', 2) is [var version, { Length: > 0 } build]
            ? new ThisBuild(version, build)
            : new ThisBuild(informational.TrimEnd('+'), null);
}
