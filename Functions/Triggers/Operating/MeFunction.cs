using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Notifying;
using Autopay.Application.Texts;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Operating;

/// <summary>Who asks, as the app knows that person.</summary>
/// <param name="Who">What histories name: tenant and object id.</param>
/// <param name="Name">For reading only, where the directory told it.</param>
/// <param name="May">The functions that this person may call, by name: the table of access itself.</param>
/// <param name="TimeZone">Due dates are civil days there.</param>
/// <param name="ReleaseApproval">Without it a clear sends money by itself.</param>
/// <param name="Warning">What of two people's work is switched off; null when nothing is.</param>
internal sealed record Me(
    string Who,
    string? Name,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> May,
    IReadOnlyList<CycleName> Cycles,
    string TimeZone,
    bool ReleaseApproval,
    string? Warning
)
{
    /// <summary>The city's name, as its customers know it.</summary>
    public required string City { get; init; }

    /// <summary>In which pages are shown: <c>en</c> or <c>es</c>.</summary>
    public required string Language { get; init; }

    /// <summary>How long the token of the browser's session is good; null of whoever brings a token.</summary>
    public long? SignedInSeconds { get; init; }
}

/// <summary>What a page must know before it shows anything. Nothing is read from storage.</summary>
public sealed class MeFunction(CityOptions city, NoticeOptions notices, Policies policies, CityClock clock)
{
    [Function("GetMe")]
    [AllowedToEverybody]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/me")] HttpRequest request)
    {
        var caller = HttpJson.CallerOf(request);
        return HttpJson.Ok(
            new Me(
                caller.Who,
                caller.Name,
                [.. caller.Roles.Order()],
                [.. Access.Functions.Where(name => Access.Allows(name, caller)).Order(StringComparer.Ordinal)],
                city.Cycles,
                city.TimeZone,
                policies.ReleaseApproval,
                SwitchedOff.WarningOf(policies)
            )
            {
                City = notices.CityName,
                Language = ShowPage.LanguageOf(request) == Language.Spanish ? "es" : "en",
                SignedInSeconds = (long?)(caller.SignedInUntil - clock.Now.Utc)?.TotalSeconds,
            }
        );
    }
}
