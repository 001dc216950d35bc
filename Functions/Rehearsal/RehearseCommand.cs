using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Rehearsal;

/// <summary><c>rehearse FOLDER [--report FILE] [--account ID]</c>: exit code 0 when all holds, 1 when not, 2 when the input is wrong.</summary>
public static class RehearseCommand
{
    private static readonly JsonSerializerOptions ReportJson = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Converters = { new JsonStringEnumConverter() },
    };

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder with timeline.json and the CSV files that it names" };
        var report = new Option<string?>("--report") { Description = "Write the whole report as JSON to this file" };
        var account = new Option<string?>("--account") { Description = "Tell the story of this account (default: the one with the most to tell)" };
        var command = new Command("rehearse", "Play a city's outage with a virtual clock and a bank without a network") { folder, report, account };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(report), parsed.GetValue(account), Console.Out, Console.Error));
        return command;
    }

    public static async Task<int> RunAsync(string folder, string? reportFile, string? account, TextWriter output, TextWriter errors)
    {
        try
        {
            var timeline = TimelineFile.Read(folder);
            await using var world = new RehearsalWorld(timeline);
            var result = await RehearsalRun.PlayAsync(timeline, folder, world, line => output.WriteLine(line));
            Print(result, world, account, output);
            if (reportFile is not null)
            {
                await File.WriteAllTextAsync(reportFile, JsonSerializer.Serialize(result.Report, ReportJson));
            }

            foreach (var failure in result.Failures)
            {
                await errors.WriteLineAsync(failure);
            }

            await output.WriteLineAsync(result.Failures.Count == 0 ? "All invariants and expectations hold." : $"{result.Failures.Count} failed.");
            return result.Failures.Count == 0 ? 0 : 1;
        }
        catch (RehearsalInputException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }
    }

    private static void Print(RehearsalResult result, RehearsalWorld world, string? account, TextWriter output)
    {
        var chosen = account is null
            ? result.Report.Accounts.MaxBy(it => world.Ledgers.HistoryOf(new AccountId(it.Account)).Sum(row => row.Events.Count))
            : result.Report.Accounts.FirstOrDefault(it => it.Account == account) ?? throw new RehearsalInputException($"--account: there is no account {account}.");
        var story = chosen is null ? [] : ReportText.Story(chosen, world.Ledgers.HistoryOf(new AccountId(chosen.Account)), world.City);
        foreach (var line in ReportText.Table(result.Report).Prepend("").Append("").Concat(story).Append("").Concat(ReportText.Totals(result.Report)))
        {
            output.WriteLine(line);
        }

        output.WriteLine($"invariants: {string.Join(", ", result.Report.Invariants.Select(it => $"{it.Id} {(it.Holds ? "holds" : "FAILS")} ({it.Looked})"))}");
    }
}
