using System.Text.Json.Nodes;

namespace Autopay.Tests.Repository.Infra;

/// <summary>A role assignment in words: to the app or to the job of commands, on what, and which role.</summary>
internal static class Grants
{
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    public static string Describe(JsonNode assignment)
    {
        var scope = (string)assignment["id"]!;
        var on =
            scope.Contains("/stmoney", StringComparison.Ordinal) ? "money"
            : scope.Contains("/sthost", StringComparison.Ordinal) ? "host"
            : scope.Contains("/stcopy", StringComparison.Ordinal) ? "copies"
            : scope.Contains("/vaults/", StringComparison.Ordinal) ? "vault"
            : scope.Contains("/components/", StringComparison.Ordinal) ? "insights"
            : scope;
        var properties = assignment["properties"]!;
        var who = ((string)properties["principalId"]!).Contains("'operator", StringComparison.Ordinal) ? "job" : "app";
        var role = ((string)properties["roleDefinitionId"]!).Split('/')[^1];
        return $"{who} on {on}: {Roles.GetValueOrDefault(role, "a role of our own")}";
    }
}
