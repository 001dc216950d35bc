using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;
using Autopay.Tests.Rules.Samples;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Runs every command of the README's walkthrough; only ports and the data folder differ.</summary>
public sealed partial class WalkthroughTests
{
    private const string Start = "dotnet run --project Functions.LocalHost -- ";

    [Fact]
    public async Task Every_command_of_the_walkthrough_works_and_the_money_is_what_was_worked_out_by_hand()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The walkthrough is written for bash.");
        var readme = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "README.md"));
        var document = readme.Split("\n## Walk through an outage\n")[1].Split("\n## ")[0];
        var blocks = BashDocument.BlocksOf(document);
        Assert.StartsWith(Start, blocks[0], StringComparison.Ordinal);
        await using var app = await AppProcess.StartAsync(blocks[0][Start.Length..].Trim().Split(' '));

        var told = await BashDocument.RunAsync(
            string.Concat(blocks.Skip(1))
                .Replace("localhost:7071", app.Address.Authority, StringComparison.Ordinal)
                .Replace("127.0.0.1:12111", app.Sandbox.Authority, StringComparison.Ordinal)
        );

        Assert.All(
            Promises().Matches(BashDocument.WithoutBlocks(document)).Select(match => match.Groups[1].Value),
            promise => Assert.Contains(promise, told, StringComparison.Ordinal)
        );
        var ledger = await LedgerAsync(app.Sandbox);
        Assert.Equal(
            WorkedOutByHand(),
            ledger
                .GetProperty("groups")
                .EnumerateArray()
                .ToDictionary(
                    group => group.GetProperty("name").GetString()!.Replace("-1-0001", "", StringComparison.Ordinal),
                    group => group.GetProperty("netCents").GetInt64()
                )
        );
        Assert.Empty(ledger.GetProperty("chargedTwice").EnumerateArray());
        Assert.Equal((62400, 5575), (Total(ledger, "succeededCents"), Total(ledger, "failedCents")));
    }

    // In the walkthrough one customer pays some more at the counter, and the bill of another one is corrected.
    internal static Dictionary<string, long> WorkedOutByHand()
    {
        var collected = FromTheSample();
        collected["10-0016"] -= 2000;
        collected.Remove("10-0015");
        return collected;
    }

    // The January bills of cycle 1 whose debit left on February 20, from the sample's README: account and cents
    // collected.
    private static Dictionary<string, long> FromTheSample() =>
        File.ReadLines(Path.Combine(CapeGirardeauFolder, "README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 12 && cells[3] == "2020-01-22" && cells[9] == "2020-02-20")
            .ToDictionary(cells => cells[1], cells => CityFiles.Cents(cells[6]));

    private static string CapeGirardeauFolder => Path.Combine(SourceTree.Root, "samples", "cape-girardeau-2020");

    private static async Task<JsonElement> LedgerAsync(Uri sandbox)
    {
        using var http = new HttpClient();
        return JsonDocument
            .Parse(await http.GetStringAsync(new Uri(sandbox, "_sandbox/ledger?by=debit_id")))
            .RootElement;
    }

    private static int Total(JsonElement ledger, string name) =>
        ledger.GetProperty("totals").GetProperty(name).GetInt32();

    /// <summary>Pieces of JSON in the text: what the reader is told to see.</summary>
    [GeneratedRegex("`(\\{?\"[^`]+)`")]
    private static partial Regex Promises();
}
