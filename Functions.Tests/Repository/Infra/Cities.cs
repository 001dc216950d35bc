namespace Autopay.Tests.Repository.Infra;

/// <summary>What a city exports before it deploys: everything that production's parameters ask for.</summary>
internal static class Cities
{
    public static IReadOnlyDictionary<string, string> Real { get; } =
        new Dictionary<string, string>
        {
            ["AUTOPAY_PAGE_EMAIL"] = "on-call@springfield.gov",
            ["AUTOPAY_PAGE_PHONE"] = "5550100",
            ["AUTOPAY_SECOND_EMAIL"] = "second@springfield.gov",
            ["AUTOPAY_TEAM_EMAIL"] = "team@springfield.gov",
            ["AUTOPAY_RUNBOOKS"] = "https://git.springfield.gov/autopay/docs/operating.md",
            ["AUTOPAY_CLIENT_ID"] = "22222222-2222-2222-2222-222222222222",
            ["AZURE_TENANT_ID"] = "11111111-1111-1111-1111-111111111111",
        };
}
