using System.Text.Json.Nodes;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Infra;

/// <summary>No placeholder is deployed to production: the parameters are not even built.</summary>
public sealed class ParametersTests
{
    private const string Nobody = "00000000-0000-0000-0000-000000000000";
    private static readonly string Infra = Path.Combine(SourceTree.Root, "infra");

    private static readonly Dictionary<string, string> Placeholders = new()
    {
        ["AUTOPAY_PAGE_EMAIL"] = "on-call@city.example",
        ["AUTOPAY_PAGE_PHONE"] = "",
        ["AUTOPAY_SECOND_EMAIL"] = "second@CITY.EXAMPLE",
        ["AUTOPAY_TEAM_EMAIL"] = "team@autopay.example.org",
        ["AUTOPAY_RUNBOOKS"] = "https://github.com/city-of-example/autopay/blob/main/docs/operating.md",
        ["AZURE_TENANT_ID"] = Nobody,
        ["AUTOPAY_CLIENT_ID"] = Nobody,
    };

    [Fact]
    public async Task Parameters_of_a_real_city_are_built_without_a_word()
    {
        var (code, printed) = await BuildAsync(Cities.Real);

        Assert.Equal(0, code);
        Assert.StartsWith("{", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_placeholder_is_refused_by_its_name()
    {
        var (code, printed) = await BuildAsync(Placeholders);

        Assert.Equal(Cities.Real.Keys.Order(), Placeholders.Keys.Order());
        Assert.NotEqual(0, code);
        Assert.Contains(
            $"Empty or a placeholder: {string.Join(", ", Placeholders.Keys)}",
            printed,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_placeholder_among_good_values_is_enough()
    {
        var (code, printed) = await BuildAsync(
            new Dictionary<string, string>(Cities.Real) { ["AUTOPAY_TEAM_EMAIL"] = "team@city.example" }
        );

        Assert.NotEqual(0, code);
        Assert.Contains("Empty or a placeholder: AUTOPAY_TEAM_EMAIL", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTOPAY_TEAM_EMAIL,", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_production_asks_for_has_no_default()
    {
        var (code, printed) = await BuildAsync(new Dictionary<string, string>());

        Assert.NotEqual(0, code);
        Assert.All(
            Cities.Real.Keys,
            name => Assert.Contains($"\"{name}\" does not exist", printed, StringComparison.Ordinal)
        );
    }

    // With azd or with a file of its own a city goes round the parameters: the template asks once more.
    [Theory]
    [InlineData("on-call@city.example", "11111111-1111-1111-1111-111111111111", "an address of receivers")]
    [InlineData("on-call@springfield.gov", Nobody, "users.tenantId")]
    public async Task The_template_itself_takes_no_placeholder_in_production(
        string email,
        string tenant,
        string refused
    )
    {
        using var copy = Deployment.Copy();
        var folder = Path.Combine(copy.Path, "infra");
        var given = await File.ReadAllTextAsync(Path.Combine(folder, "environments", "test.bicepparam"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "environments", "own.bicepparam"),
            given
                .Replace("'test'", "'production'", StringComparison.Ordinal)
                .Replace("autopay-test@city.example", email, StringComparison.Ordinal)
                .Replace("city-of-example", "springfield", StringComparison.Ordinal)
                .Replace("'AZURE_TENANT_ID', '" + Nobody, $"'NONE', '{tenant}", StringComparison.Ordinal)
                .Replace("'AUTOPAY_CLIENT_ID', '" + Nobody, $"'NONE', '{tenant}", StringComparison.Ordinal)
        );

        var (code, printed) = await Deployment.SnapshotAsync(folder, "own", new Dictionary<string, string>());

        Assert.NotEqual(0, code);
        Assert.Contains(refused, printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_of_the_city_is_peered_and_knows_the_private_names()
    {
        using var copy = Deployment.Copy();
        var folder = Path.Combine(copy.Path, "infra");
        var given = Path.Combine(folder, "environments", "prod.bicepparam");
        await File.WriteAllTextAsync(
            given,
            (await File.ReadAllTextAsync(given)).Replace(
                "peers: []",
                "peers: ['/subscriptions/x/resourceGroups/city/providers/Microsoft.Network/virtualNetworks/city']",
                StringComparison.Ordinal
            )
        );

        var (code, printed) = await Deployment.SnapshotAsync(folder, "prod", Cities.Real);

        Assert.True(code == 0, printed);
        var types = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(given, "snapshot.json")))![
            "predictedResources"
        ]!
            .AsArray()
            .CountBy(resource => (string)resource!["type"]!)
            .ToDictionary();
        Assert.Equal(1, types["Microsoft.Network/virtualNetworks/virtualNetworkPeerings"]);
        Assert.Equal(2 * 4, types["Microsoft.Network/privateDnsZones/virtualNetworkLinks"]);
    }

    private static Task<(int ExitCode, string Printed)> BuildAsync(IReadOnlyDictionary<string, string> variables) =>
        Bicep.RunAsync(Infra, variables, "build-params", "environments/prod.bicepparam", "--stdout");
}
