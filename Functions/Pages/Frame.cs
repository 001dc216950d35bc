using System.Collections.Frozen;
using Autopay.Hosting.Identity;

namespace Autopay.Pages;

/// <summary>What every page of the console shows around its own part.</summary>
/// <param name="Who">Tenant and object id; what the directory calls this person stands beside it, where it is known.
/// </param>
/// <param name="May">The functions that this person may call: the table of access itself, never the page's own idea.
/// </param>
/// <param name="Here">Path and query of this page.</param>
/// <param name="Version">Of the controls that the page shows; every form sends it back.</param>
/// <param name="Now">The instant at which it was made.</param>
public sealed record Frame(
    string City,
    string Who,
    string? Name,
    IReadOnlyList<Role> Roles,
    FrozenSet<string> May,
    string Here,
    PageWords Words,
    CityCalendar Calendar,
    Moment Now,
    long Version
)
{
    /// <summary>The gravest thing that holds for everything that a page shows; null on an ordinary day.</summary>
    public Banner? Banner { get; init; }

    /// <summary>What was just recorded, as the record has it; null when the page was opened otherwise.</summary>
    public string? Done { get; init; }

    /// <summary>When the token of the browser's session ends; null where nothing ends by itself.</summary>
    public DateTimeOffset? SignedInUntil { get; init; }

    /// <summary>Names to try the console with on one machine; empty in every deployment.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    /// <summary>The key <c>/</c> leads to the find box; false for whoever needs it as a letter.</summary>
    public bool HasKeys { get; init; } = true;

    /// <summary>The city's time zone, named once a page.</summary>
    public required string Zone { get; init; }

    /// <summary>Whom a person without a role asks; empty when the city has not said.</summary>
    public string Contact { get; init; } = "";

    public bool Allows(string function) => May.Contains(function);

    public bool Has(Role role) => Roles.Contains(role);

    public DateOnly Today => Now.Today;

    /// <summary>Civil day and time of an instant.</summary>
    public Moment Civil(DateTimeOffset at) => Calendar.At(at);

    /// <summary>A new one for each form: the same click twice is one act.</summary>
    public static string NewOperation() => Guid.NewGuid().ToString("N");
}

/// <summary>How grave a banner is; the gravest alone is shown.</summary>
public enum BannerKind
{
    Feed,
    Halted,
    Restored,
}

/// <param name="Text">One or two sentences.</param>
public sealed record Banner(BannerKind Kind, string Text);
