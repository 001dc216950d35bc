using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Outage;

/// <summary>
/// The pictures of <c>docs/console</c>, taken on the way where a folder is named for them: the sample city's, with the
/// README's numbers.
/// </summary>
internal sealed class Album(Chromium chromium, AppHost app)
{
    private const string Variable = "AUTOPAY_SHOTS";

    private static readonly Dictionary<Moment, (string Name, string? Role, string Path, int Width)[]> Shots = new()
    {
        [Moment.Morning] = [("declare", "preparer", "/console/deferrals/new?ready=outage", Visitor.Desk)],
        [Moment.Held] =
        [
            ("today", "preparer", "/console", Visitor.Desk),
            ("today-phone", "preparer", "/console", Visitor.Phone),
            ("timeline", "viewer", "/console/timeline", Visitor.Desk),
            ("halt", "preparer", "/console/halt", Visitor.Desk),
            ("status-phone", null, "/status", Visitor.Phone),
            ("estado", null, "/estado", Visitor.Desk),
        ],
        [Moment.Differs] = [("certificate", "preparer", "/console/cycles/1/certificate", Visitor.Desk)],
        [Moment.Sealed] =
        [
            ("release-sealed", "approver", "/console/releases/R-1", Visitor.Desk),
            ("release-phone-es", "approver", "/console/releases/R-1?lang=es", Visitor.Phone),
        ],
        [Moment.WaitsForGo] = [("release-go", "approver", "/console/releases/R-1", Visitor.Desk)],
        [Moment.Answered] =
        [
            ("cycle", "viewer", "/console/cycles/1", Visitor.Desk),
            ("account", "preparer", "/console/accounts/10-0004", Visitor.Desk),
            (
                "explanation-phone-es",
                "viewer",
                "/console/accounts/10-0004/debits/10-0004-1-0001?lang=es",
                Visitor.Phone
            ),
            ("imports", "importer", "/console/imports", Visitor.Desk),
            ("work", "preparer", "/console/work", Visitor.Desk),
            ("month", "operator", "/console/months/2020-02", Visitor.Desk),
            ("audit", "auditor", "/console/audit", Visitor.Desk),
            ("health", "operator", "/console/health", Visitor.Desk),
            ("protections", "preparer", "/console/protections", Visitor.Desk),
        ],
    };

    public async Task TakeAsync(Moment moment)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (name, role, path, width) in Shots[moment])
        {
            await using var visitor = await Visitor.ComeAsync(chromium, app, role, width);
            Assert.Equal(200, (await visitor.OpenAsync(path)).Status);
            await visitor.ShootAsync(Path.Combine(folder, $"{name}.png"));
        }
    }
}

/// <summary>Days of the outage on which pictures are taken.</summary>
internal enum Moment
{
    Morning,
    Held,
    Differs,
    Sealed,
    WaitsForGo,
    Answered,
}
