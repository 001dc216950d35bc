using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>A page of the console as the held city has it.</summary>
/// <param name="Name">What it is called here, whatever its address.</param>
/// <param name="Status">What it answers.</param>
internal sealed record PageOf(string Name, string Path, int Status = 200)
{
    public string In(string language) =>
        Path + (Path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"lang={language}";
}

/// <summary>Every kind of page, with what stands on it.</summary>
internal static class PageList
{
    private static readonly PageOf[] Fixed =
    [
        new("today", "/console"),
        new("timeline", "/console/timeline"),
        new("cycle", "/console/cycles/1"),
        new("certificate", "/console/cycles/1/certificate"),
        new("declare", "/console/deferrals/new?ready=outage"),
        new("deferral", "/console/deferrals/outage"),
        new("protections", "/console/protections"),
        new("waiver", "/console/protections?form=waiver"),
        new("shield", "/console/protections?form=shield"),
        new("notice", "/console/protections?form=notice"),
        new("releases", "/console/releases"),
        new("imports", "/console/imports"),
        new("find", "/console/accounts"),
        new("find-hits", "/console/accounts?find=A-7"),
        new("account", "/console/accounts/A-1"),
        new("account-steps", "/console/accounts/A-3?steps=true"),
        new("explanation", "/console/accounts/A-1/debits/A-1-1-0001"),
        new("refund", "/console/accounts/A-3/do/refund?of=A-3-1-0001"),
        new("skip", "/console/accounts/A-1/do/skip?of=B-1"),
        new("exempt", "/console/accounts/A-1/do/exempt?of=B-1&under=outage"),
        new("work", "/console/work"),
        new("work-filtered", "/console/work?kind=letters&olderThan=30"),
        new("work-item", "/console/work-item/suspense/R-9?account=A-9"),
        new("work-gone", "/console/work-item/suspense/GONE-1?account=A-9", 404),
        new("reconcile", "/console/reconcile"),
        new("receipts", "/console/receipts"),
        new("month", "/console/months/2020-01"),
        new("payouts", "/console/payouts"),
        new("audit", "/console/audit"),
        new("health", "/console/health"),
        new("halt", "/console/halt"),
        new("no-cycle", "/console/cycles/77", 404),
        new("no-account", "/console/accounts/A-77", 404),
        new("no-debit", "/console/accounts/A-1/debits/A-1-1-0077", 404),
        new("no-import", "/console/imports/no-such-file", 404),
        new("not-any-more", "/console/accounts/A-1/do/lift", 409),
    ];

    /// <summary>Of a city that has nothing yet.</summary>
    public static IReadOnlyList<PageOf> Empty { get; } =
    [
        new("today", "/console"),
        new("timeline", "/console/timeline"),
        new("declare", "/console/deferrals/new?ready=outage"),
        new("protections", "/console/protections"),
        new("releases", "/console/releases"),
        new("imports", "/console/imports"),
        new("work", "/console/work"),
        new("reconcile", "/console/reconcile"),
        new("receipts", "/console/receipts"),
        new("month", "/console/months/2020-01"),
        new("payouts", "/console/payouts"),
        new("audit", "/console/audit"),
        new("health", "/console/health"),
    ];

    /// <summary>What residents read.</summary>
    public static IReadOnlyList<PageOf> Public { get; } =
    [new("front", "/"), new("status", "/status"), new("estado", "/estado")];

    /// <summary>With the addresses that only the city itself knows.</summary>
    public static async Task<IReadOnlyList<PageOf>> OfAsync(AppHost app)
    {
        var import = (await app.GetAsync("api/imports?kind=payments"))["items"][0].GetProperty("id").GetString();
        var run = (await app.GetAsync("api/reconcile"))["items"][0].GetProperty("id").GetString();
        return
        [
            .. Fixed,
            new("import", $"/console/imports/{import}"),
            new("reconcile-run", $"/console/reconcile/{run}"),
        ];
    }
}
